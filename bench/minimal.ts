import type { Case, Slot } from '../src/core/case.js'
import { Fixed, type Scheduler } from '../src/core/choices.js'
import { Enumeration } from '../src/core/explore.js'
import type { Suite } from '../src/core/protocol.js'
import { Survey } from '../src/core/survey.js'
import { detectHost } from '../src/host/host.js'
import type { Counterexample } from '../src/index.js'

/** How many schedules of a smaller scenario are tried. */
const SCHEDULES = 50

/**
 * Everything that is left of plain data when one element of one of its arrays is taken away. How a source goes cannot be
 * left open: the last such plan stays.
 */
function* smaller(data: unknown): Generator<unknown> {
  if (Array.isArray(data)) {
    const isLastPlan = data.length === 1 && typeof data[0] === 'object' && 'give' in data[0]
    if (!isLastPlan) for (const index of data.keys()) yield data.toSpliced(index, 1)
    for (const [index, one] of data.entries()) for (const less of smaller(one)) yield data.with(index, less)
  } else if (typeof data === 'object' && data !== null) {
    for (const [key, one] of Object.entries(data))
      for (const less of smaller(one)) yield { ...data, [key]: less }
  }
}

/**
 * The scenarios with one element less, be it a client, a step of one or the outcome of a call, that break the law in fewer
 * events, with the schedule of the counterexample or with another one: none, of a counterexample that is minimal.
 */
export async function removable(suite: Suite, law: string, found: Counterexample): Promise<unknown[]> {
  const survey = new Survey(detectHost(), suite, 42)
  try {
    await survey.open((id) => id === law)
    const [one] = survey.cases
    const slot = survey.slots.find(({ name, part }) => name === found.kind && part === one!.entry.part)
    const less: unknown[] = []
    for (const scenario of smaller(found.scenario)) {
      if (await breaks(survey, one!, slot!, scenario, found)) less.push(scenario)
    }
    return less
  } finally {
    await survey.stage.close()
  }
}

async function breaks(
  survey: Survey,
  { law, context }: Case,
  slot: Slot,
  scenario: unknown,
  { choices, history: { length } }: Counterexample,
): Promise<boolean> {
  const violates = async (scheduler: Scheduler): Promise<boolean> => {
    const { gaveUp, cutShort, history } = await survey.stage.play(survey.run(slot, scenario, scheduler))
    const isShorter = !gaveUp && !cutShort && history.events.length < length
    return isShorter && law.violation(history, context) !== undefined
  }
  try {
    if (await violates(new Fixed(choices))) return true
    const enumeration = new Enumeration()
    for (let count = 0; count < SCHEDULES; count++) {
      const walk = enumeration.next()
      if (!walk) return false
      if (await violates(walk)) return true
      enumeration.played(walk)
    }
    return false
  } catch {
    // Not every scenario can be played with less: of no outcomes at all, for instance.
    return false
  }
}
