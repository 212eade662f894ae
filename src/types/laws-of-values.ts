import type { Is, IsAny, IsUnknown, Not, Same, Untold, Where } from './judged.js'
import type { TypeLaws } from './law.js'

/** What awaiting a type gives. */
export const lawsOfValues = {
  'has-then': {
    level: 'required',
    statement: 'There is a then, always, and it is a function.',
    source: { kind: 'promises-aplus', clause: '1.1' },
    hint: 'Declare then as a method that is not optional: what lacks it is not waited for, and no error says so.',
    by: 'types',
    code: 'x.then',
  },
  'await-is-known': {
    level: 'required',
    statement: 'What await gives is not any, and is unknown only where that was asked for.',
    source: { kind: 'kit', why: 'docs/types.md#await-is-known' },
    hint: 'Give the first parameter of onFulfilled the type of the value: await takes its type from there.',
    by: 'types',
    code: 'await x',
  },
  'await-gives-the-value': {
    level: 'required',
    statement: 'Awaited<X> is exactly T.',
    source: { kind: 'kit', why: 'docs/types.md#await-gives-the-value' },
    hint: 'Compare the parameter of onFulfilled in the last overload of then with the value it is called with.',
    by: 'types',
    code: 'await x',
  },
  'handlers-get-the-value': {
    level: 'required',
    statement: 'onFulfilled is declared to get T itself, never a thenable of it.',
    source: { kind: 'promises-aplus', clause: '2.2.2.1' },
    hint: 'Unwrap what is made of a promise: Awaited<T> in onFulfilled, or V | PromiseLike<V> where V is inferred.',
    by: 'types',
    code: 'x.then((value) => value)',
  },
  'is-promise-like': {
    level: 'required',
    statement: 'X can be used wherever a PromiseLike<T> is asked for.',
    source: { kind: 'promises-aplus', clause: '2.2' },
    hint: 'Write implements PromiseLike<T>: the compiler then names the member that differs.',
    by: 'types',
    code: 'Promise.resolve<PromiseLike<T>>(x)',
    gives: 'Promise<T>',
  },
  'reads-as-a-wider-one': {
    level: 'recommended',
    statement:
      'Where a value of a wider type is awaited, one of a narrower type will do: X<Dog> is an X<Animal>.',
    source: { kind: 'kit', why: 'docs/types.md#reads-as-a-wider-one' },
    hint: 'Declare members that take a value as methods, not as properties that hold functions, or on another type than the one that is read.',
    by: 'types',
  },
} as const satisfies TypeLaws

/** What the first handler of `then` is called with, as the last overload has it. */
export type Given<X> = X extends { then(onFulfilled: infer F, ...rest: infer _Rest): unknown }
  ? NonNullable<F> extends (value: infer V, ...rest: infer _More) => unknown
    ? V
    : never
  : never

/** The type that awaiting must give: as told, or else what it does give. */
export type Expected<X, T> =
  IsAny<T> extends true ? T : [T] extends [Untold] ? ([T] extends [never] ? T : Awaited<X>) : T

export type VerdictsOfValues<X, T, Told, Wide> = [
  ['has-then', HasThen<X>],
  [
    'await-is-known',
    IsAny<Awaited<X>> extends true ? false : IsUnknown<Awaited<X>> extends true ? IsUnknown<Told> : true,
  ],
  [
    'await-gives-the-value',
    Where<Not<Same<Told, Untold>>, Same<Awaited<X>, T>, 'nobody said what it should give'>,
  ],
  ['handlers-get-the-value', Same<Given<X>, T>],
  ['is-promise-like', Is<X, PromiseLike<T>>],
  [
    'reads-as-a-wider-one',
    [Wide] extends [never] ? 'there is no wider one of the same type to compare with' : Is<X, Wide>,
  ],
]

type HasThen<X> = IsAny<X> extends true ? false : Is<X, { readonly then: (...args: never) => unknown }>
