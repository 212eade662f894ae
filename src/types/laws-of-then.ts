import type { Both, First, Impossible, Is, Leaks, Not, Second, Unless } from './judged.js'
import type { TypeLaws } from './law.js'

/** What `then` takes, and what it gives. */
export const lawsOfThen = {
  'then-leaks-no-any': {
    level: 'required',
    statement: 'What then gives is never any, nor a promise of any.',
    source: { kind: 'kit', why: 'docs/types.md#then-leaks-no-any' },
    hint: 'Declare the result: then<A = T, B = never>(…): PromiseLike<A | B>.',
    by: 'types',
    code: "x.then(() => 'a', () => 1)",
  },
  'then-maps-to-a-value': {
    level: 'required',
    statement: 'With a handler that returns an A, then gives a PromiseLike<A>.',
    source: { kind: 'promises-aplus', clause: '2.2.7.1' },
    hint: 'Let the result depend on what onFulfilled returns, and on nothing else: then<A = T, B = never>(…): PromiseLike<A | B>.',
    by: 'types',
    code: "x.then(() => 'a', () => 'b')",
    gives: 'PromiseLike<string>',
  },
  'then-adopts-a-thenable': {
    level: 'required',
    statement: 'A handler may return a thenable, and then gives a promise of its value, not of the thenable.',
    source: { kind: 'promises-aplus', clause: '2.3.3' },
    hint: 'Let handlers return A | PromiseLike<A>.',
    by: 'types',
    code: "x.then(() => Promise.resolve('a'), () => 'b')",
    gives: 'PromiseLike<string>',
  },
  'then-passes-never-on': {
    level: 'required',
    statement: 'With a handler that always throws, then gives a PromiseLike<never>.',
    source: { kind: 'promises-aplus', clause: '2.2.7.2' },
    hint: 'Nothing but what the handlers return belongs in the result: A | B, without T.',
    by: 'types',
    code: 'x.then((): never => { throw 0 }, (): never => { throw 1 })',
    gives: 'PromiseLike<never>',
  },
  'then-takes-undefined': {
    level: 'required',
    statement: 'undefined is allowed in place of each handler.',
    source: { kind: 'promises-aplus', clause: '2.2.1' },
    hint: 'Make both parameters of then optional.',
    by: 'types',
    code: 'x.then(undefined, undefined)',
    gives: 'unknown',
  },
  'then-takes-null': {
    level: 'recommended',
    statement: 'null is allowed in place of each handler.',
    source: { kind: 'promises-aplus', clause: '2.2.1' },
    hint: 'Add | null to both parameters of then, as PromiseLike has it.',
    by: 'types',
    code: 'x.then(null, null)',
    gives: 'unknown',
  },
  'then-recovers-with-another-type': {
    level: 'required',
    statement:
      'onRejected may give another type than onFulfilled, and what then gives is wide enough for both.',
    source: { kind: 'promises-aplus', clause: '2.2.7.1' },
    hint: 'Give then a type parameter for each handler: then<A = T, B = never>(…): PromiseLike<A | B>.',
    by: 'types',
    code: "x.then(() => 'a', () => 1)",
    gives: 'PromiseLike<string | number>',
  },
  'then-asks-nothing-of-this': {
    level: 'required',
    statement: 'then declares no this, so that whatever holds the object may await it.',
    source: { kind: 'ecma-262', clause: '27.2.2.2' },
    hint: 'Remove the this parameter from then; say in the type of the object when it can be awaited.',
    by: 'types',
    code: '(x as PromiseLike<unknown>).then()',
  },
  'reasons-may-be-anything': {
    level: 'recommended',
    statement: 'onRejected is declared to get any reason at all: unknown or any.',
    source: { kind: 'kit', why: 'docs/types.md#reasons-may-be-anything' },
    hint: 'Anything can be thrown: declare the reason unknown, and carry known errors in the value.',
    by: 'types',
    code: 'x.then(undefined, (reason) => reason)',
  },
  'then-needs-no-handler': {
    level: 'recommended',
    statement: 'then without handlers gives a promise of T.',
    source: { kind: 'promises-aplus', clause: '2.2.7.3' },
    hint: 'Give the type parameters of then their defaults: <A = T, B = never>.',
    by: 'calls',
    code: 'x.then()',
    gives: 'PromiseLike<T>',
  },
  'a-missing-handler-adds-nothing': {
    level: 'recommended',
    statement: 'With onFulfilled alone, what then gives is a promise of what that returns.',
    source: { kind: 'promises-aplus', clause: '2.2.7.4' },
    hint: 'Give the type parameter of onRejected the default never; without one it is inferred as unknown.',
    by: 'calls',
    code: "x.then(() => 'a')",
    gives: 'PromiseLike<string>',
  },
  'recovering-keeps-the-value': {
    level: 'recommended',
    statement: 'With onRejected alone, what then gives is a promise of T or of what that returns.',
    source: { kind: 'promises-aplus', clause: '2.2.7.3' },
    hint: 'Give the type parameter of onFulfilled the default T; look for an earlier overload that takes the call.',
    by: 'calls',
    code: 'x.then(undefined, () => [0n] as const)',
    gives: 'PromiseLike<T | readonly [0n]>',
  },
  'handlers-are-inferred': {
    level: 'required',
    statement: 'In x.then((value) => …) the value is known to be a T, without an annotation.',
    source: { kind: 'kit', why: 'docs/types.md#handlers-are-inferred' },
    hint: 'Declare handlers as functions of the value, not as Function, and put no wider overload first.',
    by: 'calls',
    code: 'x.then((value) => value, (): never => { throw 0 })',
    gives: 'PromiseLike<T>',
  },
} as const satisfies TypeLaws

export type VerdictsOfThen<X, T> = [
  ['then-leaks-no-any', X extends { readonly then: infer F } ? Not<Leaks<F>> : true],
  ['then-maps-to-a-value', Is<X, { readonly then: (onFulfilled: () => First) => PromiseLike<First> }>],
  [
    'then-adopts-a-thenable',
    Is<X, { readonly then: (onFulfilled: () => PromiseLike<First>) => PromiseLike<First> }>,
  ],
  ['then-passes-never-on', Is<X, { readonly then: (onFulfilled: () => never) => PromiseLike<never> }>],
  [
    'then-takes-undefined',
    Is<X, { readonly then: (onFulfilled: undefined, onRejected: undefined) => PromiseLike<T> }>,
  ],
  ['then-takes-null', Is<X, { readonly then: (onFulfilled: null, onRejected: null) => PromiseLike<T> }>],
  [
    'then-recovers-with-another-type',
    X extends { readonly then: infer F }
      ? Unless<
          TakesRecovery<X, Impossible>,
          F,
          Both<TakesRecovery<X, First | Second>, Not<TakesRecovery<X, First>>>
        >
      : false,
  ],
  [
    'then-asks-nothing-of-this',
    X extends { readonly then: infer F } ? Is<unknown, ThisParameterType<F>> : true,
  ],
  ['reasons-may-be-anything', ReasonsAreAnything<X>],
]

type TakesRecovery<X, R> = Is<
  X,
  { readonly then: (onFulfilled: () => First, onRejected: () => Second) => PromiseLike<R> }
>

type ReasonsAreAnything<X> = X extends {
  then(onFulfilled: infer _F, onRejected: infer R, ...rest: infer _Rest): unknown
}
  ? NonNullable<R> extends (reason: infer E, ...rest: infer _More) => unknown
    ? Is<unknown, E>
    : 'there is no onRejected'
  : 'there is no onRejected'
