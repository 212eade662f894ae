/** The type-level words that the laws are written in. */

/** Whether the law holds; a text says why it does not apply. */
export type Verdict = boolean | string

export type IsAny<T> = 0 extends 1 & T ? true : false
export type IsUnknown<T> = IsAny<T> extends true ? false : unknown extends T ? true : false
export type Not<B> = B extends true ? false : true

/** One type under two names: each may stand for the other, and neither is `any` alone. */
export type Same<A, B> =
  IsAny<A> extends true
    ? IsAny<B>
    : IsAny<B> extends true
      ? false
      : [A] extends [B]
        ? [B] extends [A]
          ? true
          : false
        : false

/** Whether every `A` is a `B`, without looking at the members of a union one by one. */
export type Is<A, B> = [A] extends [B] ? true : false

/** The verdict where a condition is met, and elsewhere why there is none. */
export type Where<Condition, V, Reason extends string> = Condition extends true ? V : Reason

export type Both<A, B> = A extends true ? B : false

declare const first: unique symbol
declare const second: unique symbol
declare const impossible: unique symbol

/** Two types of values that no subject has heard of, for handlers to give. */
export interface First {
  readonly [first]: 'first'
}
export interface Second {
  readonly [second]: 'second'
}

/** Nothing is assignable to it but `any` and `never`: a type that passes for it has leaked. */
export interface Impossible {
  readonly [impossible]: never
}

/** Stands for what awaiting gives where nobody said it. */
export interface Untold {
  readonly untold: true
}

/** Whether what a function gives, as its last overload says, is `any` or a promise of `any`. */
export type Leaks<F> = F extends (...args: never) => infer R
  ? IsAny<R> extends true
    ? true
    : R extends PromiseLike<infer V>
      ? IsAny<V>
      : false
  : false

/**
 * The verdict on a function, where types can tell. Overloads that are generic are compared with `any` in place of their
 * type parameters, and then seem to give whatever is asked for, even the impossible.
 */
export type Unless<Impossible, F, V> =
  Leaks<F> extends true
    ? false
    : Impossible extends true
      ? 'only a call can tell: it has overloads, or a type parameter that no argument decides'
      : V
