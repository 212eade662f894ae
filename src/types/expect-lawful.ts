import type { Untold } from './judged.js'
import type { Claim, typeLaws } from './laws.js'
import type { VerdictsOfCancelling, VerdictsOfFactory, VerdictsOfSettling } from './laws-of-makers.js'
import type { VerdictsOfMembers } from './laws-of-members.js'
import type { VerdictsOfThen } from './laws-of-then.js'
import type { Expected, VerdictsOfValues } from './laws-of-values.js'

/** What the laws say of an awaitable `X`: pairs of a claim and whether it holds, or why it does not apply. */
export type Verdicts<X, T = Untold, Wide = never> = [
  ...VerdictsOfValues<X, Expected<X, T>, T, Wide>,
  ...VerdictsOfThen<X, Expected<X, T>>,
  ...VerdictsOfMembers<X, Expected<X, T>>,
]

/** The ids of the laws that an awaitable breaks, recommended ones among them; `never` where there is none. */
export type Broken<X, T = Untold, Wide = never> = BrokenOf<Verdicts<X, T, Wide>>

// Each verdict is asked by itself: a pair that holds one still open would be compared while it is, with any in its place.
type BrokenOf<V> = V extends readonly [readonly [infer C extends string, infer Holds], ...infer Rest]
  ? (Holds extends false ? `types/${C}` : never) | BrokenOf<Rest>
  : never

/** `unknown` where every required law holds, and otherwise a text that names the first one broken, and what to do. */
type Lawful<V> = V extends readonly [readonly [infer C extends Claim, infer Holds], ...infer Rest]
  ? Holds extends false
    ? (typeof typeLaws)[C]['level'] extends 'required'
      ? Complaint<C, (typeof typeLaws)[C]>
      : Lawful<Rest>
    : Lawful<Rest>
  : unknown

type Complaint<C extends string, L> = L extends {
  readonly statement: infer S extends string
  readonly hint: infer H extends string
}
  ? `✗ types/${C}: ${S} Hint: ${H}`
  : never

/**
 * Does not compile where `X` breaks a required type law for awaitables; the error names the law and what to do. Does nothing at
 * run time. (The error is one of `this`, because a compiler prints the type that it wanted only there.)
 *
 * @typeParam X the type of the awaitable: `MyLazy<number>`
 * @typeParam T what awaiting must give; without it, it must only be known
 * @typeParam Wide the same type of something wider (`MyLazy<number | string>`), to check that it can be read as one
 */
export function expectLawful<X, T = Untold, Wide = never>(this: Lawful<Verdicts<X, T, Wide>>): void {}

/** Does not compile where a function or class that takes a factory does not infer what the factory gives. */
export function expectLawfulFactory<F>(this: Lawful<VerdictsOfFactory<F>>): void {}

/** Does not compile where a function that settles by adopting refuses a `T` or a thenable of it, or takes anything else. */
export function expectLawfulSettling<S, T>(this: Lawful<VerdictsOfSettling<S, T>>): void {}

/** Does not compile where a function or class cannot be given an `AbortSignal`. */
export function expectLawfulCancelling<F>(this: Lawful<VerdictsOfCancelling<F>>): void {}
