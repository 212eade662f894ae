import type { Level } from './law.js'

/** A line of a user's code that shows how a declaration breaks a law. */
export interface TypeCounterexample {
  readonly code: string
  /** The type that the line has, or what the compiler says of it. */
  readonly gives?: string
  /** The type that it must have. */
  readonly expected?: string
  /** What the compiler says, where the line (or the declaration itself) does not compile. */
  readonly error?: string
}

export interface TypeVerdict {
  /** `types/claim`. */
  readonly law: string
  readonly level: Exclude<Level, 'untested'>
  readonly verdict: 'holds' | 'violated' | 'not-applicable' | 'unexercised'
  readonly reason?: string
  readonly counterexample?: TypeCounterexample
}

/** What was found of one declaration: plain data, the same for the same sources. */
export interface TypeReport {
  readonly subject: string
  readonly protocol: 'types'
  /** The version that judged. */
  readonly typescript: string
  /** What awaiting gives. */
  readonly of: string
  readonly verdicts: readonly TypeVerdict[]
}

/** Whether a declaration breaks a law that counts: a required one, or with `strict` a recommended one too. */
export const breaksTypes = ({ verdicts }: TypeReport, strict = false): boolean =>
  verdicts.some(
    ({ verdict, level }) =>
      verdict === 'violated' && (level === 'required' || (strict && level === 'recommended')),
  )
