import type { Level, Source } from '../core/law.js'

/**
 * Who can judge a type law. `types`: a predicate over types alone, so that `expectLawful` can. `calls`: only a compiler
 * that is given a line of code, since what a call infers cannot be asked of a type. `compiler`: what the compiler says
 * of the declaration itself. `values`: a comparison of the type with something that has it at run time.
 */
export type Judge = 'types' | 'calls' | 'compiler' | 'values'

/** A law that a declaration keeps or breaks. */
export interface TypeLaw {
  readonly level: Exclude<Level, 'untested'>
  /** The claim, in one sentence. */
  readonly statement: string
  readonly source: Source
  /** What usually causes a violation, and what to do. */
  readonly hint: string
  readonly by: Judge
  /** A user's line that shows what the law is about; `x` is the subject. With `calls`, it is what is judged. */
  readonly code?: string
  /** The type that the line must have, where `T` is what awaiting gives. */
  readonly gives?: string
}

/** Type laws by claim; the id of one is `types/claim`. */
export type TypeLaws = Readonly<Record<string, TypeLaw>>
