import type { Case, Offence, Slot } from './case.js'
import { counterexample, scopeOf, UsageError, validate } from './check.js'
import type { Draw } from './generate.js'
import type { HistoryEvent } from './history.js'
import type { Host } from './host.js'
import type { Suite, SuiteLaw } from './protocol.js'
import { type Origin, parseReplay, type Replay } from './replay.js'
import type { Counterexample, Verdict } from './report.js'
import { scheduler } from './schedulers.js'
import { nearestPassing } from './shorten.js'
import { Survey } from './survey.js'
import type { Played } from './world/stage.js'

/** What playing a replay string shows. */
export interface Replayed {
  readonly law: SuiteLaw
  /** Undefined when the law holds on that run. */
  readonly counterexample: Counterexample | undefined
  readonly verdict: Verdict
  readonly history: readonly HistoryEvent[]
}

/** Plays the run that a replay string names, and judges it by the law that it names. */
export async function replay(host: Host, suite: Suite, text: string): Promise<Replayed> {
  const parsed = parseReplay(text)
  if (!parsed)
    throw new UsageError(`'${text}' is no replay string; one looks like 'lazy/single-flight:42:0.3.1'`)
  validate(suite, { seed: parsed.seed, runs: 1, laws: [parsed.law] })
  const { seed, origin } = parsed
  const scope = origin.how === 'enumerated' ? scopeOf({ scope: origin.size }) : undefined
  const survey = new Survey(host, suite, seed, scope ? { scope } : {})
  try {
    return await replayed(survey, parsed, text)
  } finally {
    await survey.stage.close()
  }
}

async function replayed(survey: Survey, parsed: Replay, text: string): Promise<Replayed> {
  const { suite, seed } = survey
  const { law, origin } = parsed
  await survey.open((id) => id === law)
  const [one] = survey.cases
  const slot = survey.slots[parsed.kind]
  const located = slot && locate(slot, origin)
  if (!one || !slot || !located)
    throw new UsageError(`'${text}' names a run that ${suite.subject} does not have`)
  const { scenario } = located
  const played = await survey.stage.play(survey.run(slot, scenario, scheduler(located.schedule)))
  const blame = one.excused === undefined ? one.law.violation(played.history, one.context) : undefined
  const seen = { law: one.entry, history: played.history.events }
  if (!blame) return { ...seen, counterexample: undefined, verdict: unbroken(one, played) }
  const offence: Offence = { slot, origin, blame, played, scenario, by: located.schedule.how, afterRuns: 1 }
  const swap = await nearestPassing(survey, one, offence)
  return {
    ...seen,
    verdict: 'violated',
    counterexample: counterexample(seed, offence, one, {
      events: played.history.events.length,
      shrinks: 0,
      swap,
    }),
  }
}

function locate(slot: Slot, origin: Origin): Draw | undefined {
  const { choices } = origin
  const fixed = choices && ({ how: 'deviations', choices } as const)
  if (origin.how === 'drawn') {
    const drawn = drawnAt(slot, origin.path)
    return drawn && fixed ? { scenario: drawn.scenario, schedule: fixed } : drawn
  }
  const scenario = slot.scope[origin.scope]
  return scenario === undefined || !fixed ? undefined : { scenario, schedule: fixed }
}

/** A path that leads nowhere, as this suite draws otherwise, is refused by who draws. */
function drawnAt({ stream }: Slot, path: string): Draw | undefined {
  try {
    return stream.locate(path)
  } catch {
    return undefined
  }
}

/** The verdict of one run on a law that it does not break. */
export function unbroken({ law, excused, context }: Case, { history, cutShort }: Played): Verdict {
  if (excused !== undefined) return 'not-applicable'
  if (cutShort && !law.judgesCutShort) return 'unknown'
  return law.exercised(history, context) ? 'holds' : 'unexercised'
}
