import { FALSY_NAMES, FRESH } from '../../src/core/index.js'

/** Values that can be sent to another thread, by the JavaScript that writes them. */
const SENDABLE: Readonly<Record<string, () => unknown>> = {
  "{ a: [1, { b: 'c' }] }": () => ({ a: [1, { b: 'c' }] }),
  '[undefined, null, -0, NaN]': () => [undefined, null, -0, Number.NaN],
  "new Map([['k', new Set([1])]])": () => new Map([['k', new Set([1])]]),
  'new Date(7)': () => new Date(7),
  'new Uint8Array([1, 2])': () => new Uint8Array([1, 2]),
  '/x/gi': () => /x/gi,
  "'reason'": () => 'reason',
  '((a) => Object.assign(a, { a }))({})': () => ((a) => Object.assign(a, { a }))({}),
}

const REASONS: Readonly<Record<string, () => unknown>> = {
  "new RangeError('too far')": () => new RangeError('too far'),
  "new Error('a reason')": () => new Error('a reason'),
}

/** Names of values that work may be given, and of reasons that it may fail with. */
export const INPUTS: readonly string[] = [
  FRESH,
  ...FALSY_NAMES,
  '7n',
  "'text'",
  'true',
  ...Object.keys(SENDABLE),
]
export const REASON_NAMES: readonly string[] = [...FALSY_NAMES, ...Object.keys(REASONS), "'text'", '/x/gi']

/** What makes the value of a name; undefined where the world knows the name itself. */
export const made = (name: string): (() => unknown) | undefined => SENDABLE[name] ?? REASONS[name]
