import type { Both, Impossible, Is, Leaks, Not, Second, Unless, Where } from './judged.js'
import type { TypeLaws } from './law.js'

/** What a type says beyond `then`: `catch`, `finally`, and that it is a promise. */
export const lawsOfMembers = {
  'catch-recovers-with-another-type': {
    level: 'required',
    statement: 'What catch gives is a promise of T or of what its handler returns.',
    source: { kind: 'ecma-262', clause: '27.2.5.1' },
    hint: 'Declare catch<B = never>(…): Promise<T | B>.',
    by: 'types',
    code: "x.catch(() => 'a')",
    gives: 'PromiseLike<T | string>',
  },
  'finally-gives-the-value': {
    level: 'required',
    statement: 'What finally gives is a promise of T, whatever its callback returns.',
    source: { kind: 'ecma-262', clause: '27.2.5.3' },
    hint: 'Declare finally(onFinally?: (() => void) | null): Promise<T>.',
    by: 'types',
    code: 'x.finally(() => {})',
    gives: 'PromiseLike<T>',
  },
  'finally-callback-gets-nothing': {
    level: 'required',
    statement: 'The callback of finally is declared to get no argument, since it gets none.',
    source: { kind: 'ecma-262', clause: '27.2.5.3' },
    hint: 'Remove the parameter: a callback that reads it would read undefined.',
    by: 'types',
    code: 'x.finally((...nothing) => nothing.length)',
  },
  'finally-may-wait': {
    level: 'required',
    statement: 'The callback of finally may return a thenable to wait for.',
    source: { kind: 'ecma-262', clause: '27.2.5.3' },
    hint: 'Let the callback return void, which takes everything; undefined does not.',
    by: 'types',
    code: 'x.finally(() => Promise.resolve())',
    gives: 'unknown',
  },
  'a-claimed-promise-has-catch-and-finally': {
    level: 'required',
    statement: 'What has the string tag of a promise has catch and finally.',
    source: { kind: 'ecma-262', clause: '27.2.5' },
    hint: 'Write implements Promise<T>, or leave the tag out.',
    by: 'types',
    code: '[x.catch, x.finally]',
  },
} as const satisfies TypeLaws

export type VerdictsOfMembers<X, T> = [
  [
    'catch-recovers-with-another-type',
    Where<
      Is<X, { readonly catch: unknown }>,
      X extends { readonly catch: infer F }
        ? Unless<
            CatchGives<X, Impossible>,
            F,
            Both<CatchGives<X, T | Second>, unknown extends T ? true : Not<CatchGives<X, T>>>
          >
        : false,
      'there is no catch'
    >,
  ],
  [
    'finally-gives-the-value',
    WithFinally<
      X,
      X extends { readonly finally: infer F } ? Both<FinallyGives<X, PromiseLike<T>>, Not<Leaks<F>>> : false
    >,
  ],
  ['finally-callback-gets-nothing', WithFinally<X, CallbackGetsNothing<X>>],
  [
    'finally-may-wait',
    WithFinally<X, Is<X, { readonly finally: (onFinally: () => PromiseLike<void>) => unknown }>>,
  ],
  [
    'a-claimed-promise-has-catch-and-finally',
    Where<
      Is<X, { readonly [Symbol.toStringTag]: string }>,
      Is<X, { readonly catch: (...args: never) => unknown; readonly finally: (...args: never) => unknown }>,
      'it does not claim to be a Promise'
    >,
  ],
]

type WithFinally<X, V> = Where<Is<X, { readonly finally: unknown }>, V, 'there is no finally'>

type CatchGives<X, R> = Is<X, { readonly catch: (onRejected: () => Second) => PromiseLike<R> }>
type FinallyGives<X, R> = Is<X, { readonly finally: (onFinally: () => void) => R }>

type CallbackGetsNothing<X> = X extends { finally(onFinally: infer F, ...rest: infer _Rest): unknown }
  ? NonNullable<F> extends (...args: infer A) => unknown
    ? Is<A, []>
    : false
  : false
