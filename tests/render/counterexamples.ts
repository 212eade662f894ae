import { type Counterexample, check, type LawVerdict, lazy, type Report } from 'lawful'
import { catalogue } from '../../src/catalogue.js'
import type { HistoryEvent } from '../../src/core/history.js'
import type { Failure } from '../../src/render/text.js'

/** Keeps the value, not the promise: two clients at once start two initialisations. */
export class ForgetfulLazy {
  #value: unknown

  constructor(readonly factory: () => unknown) {}

  async get(): Promise<unknown> {
    if (this.#value === undefined) this.#value = await this.factory()
    return this.#value
  }
}

/** A real check of a subject that is really broken. */
export const checkForgetful = (laws?: readonly string[]): Promise<Report> =>
  check(lazy({ name: 'ForgetfulLazy', create: (factory) => new ForgetfulLazy(factory) }), {
    ...(laws ? { laws } : {}),
  })

/** Every failure of a report. */
export const failuresOf = ({ subject, seed, verdicts }: Report): Failure[] =>
  verdicts
    .filter(({ verdict }) => verdict === 'violated')
    .map((verdict) => ({ subject, seed, verdict, law: textOf(verdict.law) }))

const textOf = (id: string) => {
  const law = catalogue.laws.find((each) => each.id === id)?.law
  return law && { statement: law.statement, ...(law.level === 'untested' ? {} : { hint: law.hint }) }
}

type Written = Omit<HistoryEvent, 'seq' | 'timeMs'> & { readonly timeMs?: number }

/** A failure written by hand, for what a real check seldom shows. */
export function failure(
  written: readonly Written[],
  more: Partial<Counterexample> & { readonly law?: string; readonly statement?: string } = {},
): Failure {
  const history = written.map((event, seq) => ({ timeMs: 0, ...event, seq }))
  const { law = 'retry/waits-between-attempts', statement = 'Attempts are apart.', ...rest } = more
  const counterexample: Counterexample = {
    kind: 'timed',
    scenario: {},
    choices: [],
    history,
    blame: [],
    shrinks: 0,
    found: { afterRuns: 1, events: history.length, by: 'fifo' },
    message: 'something is wrong',
    replay: `${law}:42:0.1`,
    ...rest,
  }
  const verdict: LawVerdict = { law, level: 'required', verdict: 'violated', exercised: 1, counterexample }
  return { subject: 'HandMade', seed: 42, verdict, law: { statement, hint: 'Wait.' } }
}
