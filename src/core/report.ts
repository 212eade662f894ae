import type { HistoryEvent } from './history.js'
import type { Level } from './law.js'

export type Verdict = 'holds' | 'violated' | 'not-applicable' | 'unexercised' | 'unknown'

/** The shortest run found that breaks a law. */
export interface Counterexample {
  /** The kind of scenario, as its protocol names it. */
  readonly kind: string
  readonly scenario: unknown
  /** Departures from first-in-first-out: `0` is the default, the end is left out. */
  readonly choices: readonly number[]
  readonly history: readonly HistoryEvent[]
  /** `seq` of the events that break the law. */
  readonly blame: readonly number[]
  readonly shrinks: number
  /** How many runs it took to find one, how many events that one had, and what found it. */
  readonly found: { readonly afterRuns: number; readonly events: number; readonly by: Finder }
  /** The nearest run that passes, where one choice makes the difference. */
  readonly swap?: Swap
  readonly message: string
  /** The string that `lawful replay` takes; empty where the run was recorded. */
  readonly replay: string
}

/** How the run that first broke a law was scheduled. */
export type Finder = 'fifo' | 'deviations' | 'walk' | 'priorities' | 'delays' | 'enumeration' | 'recording'

/** One choice that makes the difference between a run that breaks a law and one that does not. */
export interface Swap {
  /** The step of the world at which it was made. */
  readonly step: number
  /** What happened next, and what would have to happen instead. */
  readonly taken: string
  readonly instead: string
  /** All choices of the run that passes. */
  readonly choices: readonly number[]
}

export interface LawVerdict {
  /** `protocol/claim`. */
  readonly law: string
  readonly level: Level
  readonly verdict: Verdict
  /** In how many runs the law's antecedent occurred. */
  readonly exercised: number
  /**
   * Why the law does not apply, was not exercised, or is not known; of a violated one, which policy was declared that
   * the subject does not keep.
   */
  readonly reason?: string
  readonly counterexample?: Counterexample
}

/** What a check found: plain data, the same bytes for the same seed. */
export interface Report {
  readonly subject: string
  readonly protocol: string
  readonly seed: number
  /** Runtime and version: `node 20.20.2`. */
  readonly runtime: string
  readonly drain: 'sync' | 'hop'
  readonly clock: 'virtual' | 'real'
  readonly runs: number
  readonly schedules: {
    readonly explored: number
    /** How many there are, where the scope was small enough to know. */
    readonly total: number | null
    readonly complete: boolean
    /** What was covered, in words. */
    readonly bound: string
  }
  readonly verdicts: readonly LawVerdict[]
}

/** Whether a report has a broken law that counts: a required one, or with `strict` a recommended one too. */
export const fails = (report: Report, strict = false): boolean =>
  report.verdicts.some(
    ({ verdict, level }) =>
      verdict === 'violated' && (level === 'required' || (strict && level === 'recommended')),
  )

/** Whether the subject hung: it never gave control back and its run had to be terminated. */
export const hung = (report: Report): boolean =>
  report.verdicts.some(
    ({ level, counterexample }) =>
      level === 'required' && counterexample?.history.some(({ type }) => type === 'hang'),
  )
