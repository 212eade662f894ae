import type { Both, First, Impossible, Is, IsAny, Leaks, Not, Unless, Where } from './judged.js'
import type { TypeLaws } from './law.js'

/** What makes, settles and cancels an awaitable: functions, methods and constructors. */
export const lawsOfMakers = {
  'factory-infers-from-a-value': {
    level: 'required',
    statement: 'Of a factory that returns a V, it makes what gives a V.',
    source: { kind: 'kit', why: 'docs/types.md#factory-infers' },
    hint: 'Infer V from what the factory returns: <V>(factory: () => V | PromiseLike<V>).',
    by: 'types',
    code: "x(() => 'a')",
    gives: 'PromiseLike<string>',
  },
  'factory-infers-from-a-promise': {
    level: 'required',
    statement: 'Of a factory that returns a Promise<V>, it makes what gives a V.',
    source: { kind: 'kit', why: 'docs/types.md#factory-infers' },
    hint: 'Infer V from under the promise: <V>(factory: () => V | PromiseLike<V>).',
    by: 'types',
    code: "x(async () => 'a')",
    gives: 'PromiseLike<string>',
  },
  'factory-infers-from-a-thenable': {
    level: 'required',
    statement: 'Of a factory that returns a thenable of V, it makes what gives a V.',
    source: { kind: 'kit', why: 'docs/types.md#factory-infers' },
    hint: 'Ask for PromiseLike<V>, not for Promise<V>.',
    by: 'types',
    code: "x((): PromiseLike<string> => Promise.resolve('a'))",
    gives: 'PromiseLike<string>',
  },
  'factory-leaks-no-any': {
    level: 'required',
    statement: 'What is made of a typed factory gives no any.',
    source: { kind: 'kit', why: 'docs/types.md#factory-infers' },
    hint: 'Declare the factory as a function that returns the value, not as Function or () => any.',
    by: 'types',
    code: "x(() => 'a')",
  },
  'settles-with-a-value': {
    level: 'required',
    statement: 'What settles takes a T.',
    source: { kind: 'ecma-262', clause: '27.2.1.3.2' },
    hint: 'Declare the parameter T | PromiseLike<T>.',
    by: 'types',
  },
  'settles-with-a-thenable': {
    level: 'required',
    statement: 'What settles by adopting takes any PromiseLike<T>.',
    source: { kind: 'ecma-262', clause: '27.2.1.3.2' },
    hint: 'Declare the parameter T | PromiseLike<T>; Promise<T> alone refuses thenables that it would adopt.',
    by: 'types',
  },
  'settling-is-checked': {
    level: 'required',
    statement: 'What settles takes nothing but a T or a thenable of it.',
    source: { kind: 'kit', why: 'docs/types.md#settling-is-checked' },
    hint: 'Declare the parameter T | PromiseLike<T>: with any or unknown, a wrong value is found by those who await it.',
    by: 'types',
  },
  'cancels-by-abort-signal': {
    level: 'required',
    statement: 'Cancellation takes an AbortSignal, by itself or as the option signal.',
    source: { kind: 'dom', clause: '3.3' },
    hint: 'Take { signal?: AbortSignal | undefined }, so that one signal cancels everything that it is handed to.',
    by: 'types',
    code: 'x(…, { signal })',
  },
  'signal-may-be-undefined': {
    level: 'recommended',
    statement: 'The option signal may be given as undefined, under exactOptionalPropertyTypes too.',
    source: { kind: 'kit', why: 'docs/types.md#signal-may-be-undefined' },
    hint: 'Declare signal?: AbortSignal | undefined: callers hand on a signal that they may not have.',
    by: 'types',
    code: 'x(…, { signal: undefined })',
  },
} as const satisfies TypeLaws

/** What gives a `V` when it is awaited, asked, or called. */
type Giving<V> = PromiseLike<V> | { get(): PromiseLike<V> } | (() => PromiseLike<V>)

type Makes<F, Task, V> = Is<F, ((factory: Task) => Giving<V>) | (new (factory: Task) => Giving<V>)>

export type VerdictsOfFactory<F> = [
  ['factory-infers-from-a-value', Unless<Makes<F, () => First, Impossible>, F, Makes<F, () => First, First>>],
  ['factory-infers-from-a-promise', Makes<F, () => Promise<First>, First>],
  ['factory-infers-from-a-thenable', Makes<F, () => PromiseLike<First>, First>],
  ['factory-leaks-no-any', IsAny<F> extends true ? false : Not<Leaks<F>>],
]

export type VerdictsOfSettling<S, T> = [
  ['settles-with-a-value', Is<S, (value: T) => unknown>],
  ['settles-with-a-thenable', Is<S, (value: PromiseLike<T>) => unknown>],
  [
    'settling-is-checked',
    unknown extends T
      ? 'it settles with values of unknown type'
      : Both<Not<IsAny<S>>, Not<Is<S, (value: First) => unknown>>>,
  ],
]

export type VerdictsOfCancelling<F> = [
  ['cancels-by-abort-signal', Not<Is<Signals<F>, never>>],
  [
    'signal-may-be-undefined',
    Where<
      Not<Is<Options<Signals<F>>, never>>,
      Is<Refusing<Options<Signals<F>>>, never>,
      'it takes no option signal'
    >,
  ],
]

type Arguments<F> = F extends (...args: infer A) => unknown
  ? A
  : F extends abstract new (
        ...args: infer A
      ) => unknown
    ? A
    : []

/** Those parameters that take a signal: as they are, or as an option. */
type Signals<F> = SignalsIn<Required<Arguments<F>>[number]>
type SignalsIn<P> = P extends AbortSignal
  ? P
  : P extends { readonly signal?: infer S }
    ? TakingSignal<P, S>
    : never
type TakingSignal<P, S> = unknown extends S ? never : [Signal] extends [S] ? P : never

/** `AbortSignal`, wherever it is declared: libraries for browsers have it, and so have the types of Node.js. */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : never

type Options<P> = P extends unknown ? ('signal' extends keyof P ? P : never) : never

/** Those options that cannot be given an undefined signal. */
type Refusing<P> = P extends unknown
  ? { signal: undefined } extends Pick<P, 'signal' & keyof P>
    ? never
    : P
  : never
