import type { TypeLaws } from './law.js'

/** What only a compiler with the declaration before it can tell: how calls infer, and how the declaration itself fares. */
export const lawsOfDeclarations = {
  'await-infers': {
    level: 'required',
    statement: 'An await expression gives T, whichever overloads then has.',
    source: { kind: 'kit', why: 'docs/types.md#await-infers' },
    hint: 'await looks at every overload of then, Awaited at the last: let all of them call onFulfilled with T.',
    by: 'calls',
    code: '(async () => { const value = await x; return value })()',
    gives: 'Promise<T>',
  },
  'return-infers': {
    level: 'required',
    statement: 'Returned by an asynchronous function, it makes a Promise<T>.',
    source: { kind: 'ecma-262', clause: '27.7.5.2' },
    hint: 'Look for an overload of then that calls onFulfilled with something else.',
    by: 'calls',
    code: '(async () => x)()',
    gives: 'Promise<T>',
  },
  'all-infers': {
    level: 'required',
    statement: 'Promise.all gives a tuple with T in its place.',
    source: { kind: 'ecma-262', clause: '27.2.4.1' },
    hint: 'Promise.all goes by Awaited, which looks at the last overload of then.',
    by: 'calls',
    code: 'Promise.all([x, 0n] as const)',
    gives: 'Promise<[T, 0n]>',
  },
  'declares-no-implicit-any': {
    level: 'required',
    statement:
      'Every type in the declaration is written down or inferred; none is any because it is missing.',
    source: { kind: 'kit', why: 'docs/types.md#declares-no-implicit-any' },
    hint: 'Annotate what is missing: who compiles without skipLibCheck gets the error, all others get an any.',
    by: 'compiler',
  },
  'compiles-strictly': {
    level: 'required',
    statement: 'The declaration compiles under every strict setting, exactOptionalPropertyTypes among them.',
    source: { kind: 'kit', why: 'docs/types.md#compiles-strictly' },
    hint: 'Compile with strict, exactOptionalPropertyTypes and without skipLibCheck.',
    by: 'compiler',
  },
  'claims-no-absent-member': {
    level: 'required',
    statement: 'Members that the type says are there are there at run time: then, catch, finally.',
    source: { kind: 'kit', why: 'docs/types.md#claims-no-absent-member' },
    hint: 'Extend Promise only where all of it is implemented; otherwise declare PromiseLike and the members there are.',
    by: 'values',
  },
  'hides-no-member': {
    level: 'optional',
    statement: 'Members that are there at run time are in the type: then, catch, finally.',
    source: { kind: 'kit', why: 'docs/types.md#hides-no-member' },
    hint: 'Declare the member, or make it private.',
    by: 'values',
  },
} as const satisfies TypeLaws
