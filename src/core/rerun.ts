import { concerns, type Slot } from './case.js'
import { UsageError } from './check.js'
import type { HistoryEvent } from './history.js'
import type { Host } from './host.js'
import { InOrder } from './in-order.js'
import type { Suite } from './protocol.js'
import { replay, unbroken } from './replayed.js'
import type { Verdict } from './report.js'
import { Survey } from './survey.js'
import { type Transcript, UnplayableError } from './transcript.js'

/** What playing a printed run again shows. */
export interface Rerun {
  readonly subject: string
  /** Of the law that the text names; of all that judge such runs together where it names none. */
  readonly verdict: Verdict
  /** The law that the text names. */
  readonly law: string | undefined
  /** What the run breaks now, each with what is wrong and the `seq` of the events to blame. */
  readonly broken: readonly {
    readonly law: string
    readonly because: string
    readonly blame: readonly number[]
  }[]
  /**
   * Whether the lanes and steps of the text were played, or the run that its replay string names; nothing, where the law
   * does not apply.
   */
  readonly by: 'lanes' | 'replay' | 'nothing'
  /** Why it was not the lanes. */
  readonly reason?: string
  readonly history: readonly HistoryEvent[]
}

/**
 * Plays a printed run on a suite: by what it tells where that can be played, else by its replay string.
 *
 * @throws UsageError when neither can be played, or the suite does not have the law
 */
export async function rerun(host: Host, suite: Suite, transcript: Transcript): Promise<Rerun> {
  const { law, replay: text } = transcript
  if (law !== undefined && !suite.laws.some(({ id }) => id === law)) {
    throw new UsageError(`${suite.subject} (${suite.protocol}) has no law ${law}, which the text names`)
  }
  const survey = new Survey(host, suite, 0)
  try {
    await survey.open((id) => law === undefined || id === law)
    const [{ excused = undefined } = {}] = law === undefined ? [] : survey.cases
    if (excused !== undefined) return notApplicable(suite, transcript, excused)
    const found = retold(survey, transcript)
    if (typeof found !== 'string') return await played(survey, transcript, found)
    if (text === undefined) throw new UsageError(`${found}, and it has no replay string`)
    return await replayed(host, suite, text, found)
  } finally {
    await survey.stage.close()
  }
}

const notApplicable = ({ subject }: Suite, { law }: Transcript, reason: string): Rerun => ({
  subject,
  verdict: 'not-applicable',
  law,
  broken: [],
  by: 'nothing',
  reason,
  history: [],
})

/** A scenario of one of the suite's kinds. */
interface Staged {
  readonly slot: Slot
  readonly scenario: unknown
}

/** The scenario that a transcript tells, or why it cannot be played. */
function retold({ suite, slots, cases }: Survey, transcript: Transcript): Staged | string {
  if (transcript.incomplete !== undefined) return transcript.incomplete
  const own = slots.filter((slot) => cases.some((one) => concerns(one, slot)))
  let reason = `runs of ${suite.protocol} cannot be played by their lanes`
  for (const { part, context } of own.filter(
    (slot, at) => own.findIndex(({ part }) => part === slot.part) === at,
  )) {
    try {
      const told = part.protocol.retell?.(transcript, context)
      const slot = told && own.find((each) => each.part === part && each.name === told.kind)
      if (slot) return { slot, scenario: told.scenario }
    } catch (error) {
      if (!(error instanceof UnplayableError)) throw error
      reason = `the lanes cannot be played: ${error.message}`
    }
  }
  return reason
}

async function played(survey: Survey, transcript: Transcript, { slot, scenario }: Staged): Promise<Rerun> {
  const order = new InOrder(transcript)
  const run = survey.run(slot, scenario, order)
  const shown = await survey.stage.play({
    ...run,
    drive: (world) => {
      order.attend(world)
      run.drive(world)
    },
  })
  const { history, cutShort } = shown
  const judging = survey.cases.filter((one) => concerns(one, slot))
  const broken = judging.flatMap(({ entry, law, context, excused }) => {
    if (excused !== undefined || (cutShort && !law.judgesCutShort)) return []
    const blame = law.violation(history, context)
    return blame ? [{ law: entry.id, because: blame.because, blame: blame.events.map(({ seq }) => seq) }] : []
  })
  const verdicts = judging.map((one) => unbroken(one, shown))
  return {
    subject: survey.suite.subject,
    verdict:
      broken.length > 0 ? 'violated' : (ORDER.find((each) => verdicts.includes(each)) ?? 'unexercised'),
    law: transcript.law,
    broken,
    by: 'lanes',
    history: history.events,
  }
}

/** Of several laws, what is said of all of them: that one holds, unless the run could not be judged. */
const ORDER: readonly Verdict[] = ['unknown', 'holds', 'unexercised', 'not-applicable']

async function replayed(host: Host, suite: Suite, text: string, reason: string): Promise<Rerun> {
  const { law, verdict, counterexample, history } = await replay(host, suite, text).catch(
    (error: unknown) => {
      throw error instanceof UsageError ? new UsageError(`${reason}; ${error.message}`) : error
    },
  )
  return {
    subject: suite.subject,
    verdict,
    law: law.id,
    broken: counterexample
      ? [{ law: law.id, because: counterexample.message, blame: counterexample.blame }]
      : [],
    by: 'replay',
    reason,
    history,
  }
}
