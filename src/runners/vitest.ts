import '../setup.js'
import { describe, inject, it, type TestContext } from 'vitest'
import type { CheckOptions } from '../core/check.js'
import type { Suite, SuiteLaw } from '../core/protocol.js'
import type { LawVerdict } from '../core/report.js'
import { renderFailure } from '../render/text.js'
import { type Asked, describeSuite, type SuiteRecord } from './record.js'
import { runSuite, wantedLaws } from './session.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by the command line. */
    lawful?: Asked
  }
  interface TaskMeta {
    /** On the first test of a suite that ran: what the suite's run left behind. */
    lawful?: SuiteRecord
  }
}

/** Options of a check, and how strictly its verdicts are taken. */
export interface LawsOptions extends CheckOptions {
  /** Whether a broken law that is only recommended fails its test. Default false. */
  readonly strict?: boolean
}

/**
 * One test per law of a suite. All of them share one check, which runs when the first of them does.
 */
export function describeLaws(suite: Suite, options: LawsOptions = {}): void {
  const asked = inject('lawful') ?? {}
  const strict = asked.strict ?? options.strict ?? false
  const wanted = wantedLaws(suite, options, asked)
  let run: Promise<SuiteRecord> | undefined
  const shared = async (context: TestContext): Promise<SuiteRecord> => {
    const first = run === undefined
    run ??= runSuite(suite, options, asked)
    const record = await run
    if (first) context.task.meta.lawful = record
    return record
  }
  // The check has limits of its own, so no test needs one.
  describe(`${suite.subject} (${suite.protocol})`, { timeout: 0 }, () => {
    const laws = suite.laws.filter(({ id }) => wanted.includes(id))
    if (laws.length === 0) noneOf(suite, wanted, shared)
    for (const entry of laws) {
      it(`${entry.id}: ${entry.law.statement}`, async (context) => {
        await judge(context, suite, entry, await shared(context), strict)
      })
    }
  })
}

/** A suite without any of the laws asked for still says that it is there; a mistaken id is for the check to report. */
function noneOf(
  suite: Suite,
  wanted: readonly string[],
  shared: (context: TestContext) => Promise<SuiteRecord>,
): void {
  it('has none of the laws asked for', async (context) => {
    if (wanted.length === 0) {
      context.task.meta.lawful = { ...describeSuite(suite), laws: {}, members: {}, views: [] }
      context.skip()
    }
    const { trouble } = await shared(context)
    if (trouble) throw new LawFailure(trouble.message)
  })
}

async function judge(
  context: TestContext,
  { subject }: Suite,
  { id, law }: SuiteLaw,
  record: SuiteRecord,
  strict: boolean,
): Promise<void> {
  const { report, replayed, trouble } = record
  if (trouble) {
    if (context.task.meta.lawful) throw new LawFailure(trouble.message)
    context.skip('the check could not be made')
  }
  if (replayed?.counterexample) throw new LawFailure(`${id} is broken: ${replayed.counterexample.message}`)
  const verdict = report?.verdicts.find((each) => each.law === id)
  if (!report || !verdict || verdict.verdict === 'holds') return
  const counts = verdict.level === 'required' || (strict && verdict.level === 'recommended')
  if (verdict.verdict === 'violated') {
    const text = renderFailure({ subject, seed: report.seed, verdict, law })
    // On a line of its own: runners put the error's name before the message.
    if (counts) throw new LawFailure(`\n${text}`)
    await context.annotate?.(text, 'warning')
    return
  }
  if (verdict.verdict === 'unknown' && counts) throw new LawFailure(unknown(verdict))
  context.skip(`${verdict.verdict}: ${verdict.reason ?? ''}`)
}

const unknown = ({ law, reason }: LawVerdict): string => `${law} could not be judged: ${reason}`

/** Its message is the whole story: a stack would only point into the kit. */
class LawFailure extends Error {
  override readonly name = 'LawFailure'

  constructor(message: string) {
    super(message)
    this.stack = `${this.name}: ${message}`
  }
}
