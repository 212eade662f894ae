/**
 * Values as a history keeps them: plain data that can be printed and serialised, with an identity number so that
 * `Object.is` can still be asked of what the subject really gave.
 */

/** A value seen in a run. Two values with the same `id` are the same by `Object.is`. */
export interface Value {
  readonly id: number
  /** How the value reads in a report, as close to JavaScript source as it can be. */
  readonly text: string
  /** Set when the value is falsy: the values that careless truth tests lose. */
  readonly falsy?: true
  /** The `name` of an error, so that a law may ask for a `TypeError` without touching the live object. */
  readonly error?: string
}

/** Values every kit-made source and call draws from, by the JavaScript expression that writes them. */
const FALSY = {
  undefined: undefined,
  null: null,
  '0': 0,
  '-0': -0,
  NaN: Number.NaN,
  "''": '',
  false: false,
  '0n': 0n,
} as const

const TRUTHY = {
  true: true,
  "'text'": 'text',
  "Symbol('s')": Symbol('s'),
  '() => 1': () => 1,
  "new Error('kept')": new Error('kept'),
  'Object.freeze({})': Object.freeze({}),
  '{}': {},
  '[]': [],
  '7n': 7n,
} as const

const SPECIMENS: Readonly<Record<string, unknown>> = { ...FALSY, ...TRUTHY }

/** The name that stands for a value of its own at each use: a new number, or a new `Error` where it is a reason. */
export const FRESH = 'fresh'

/** Names of all falsy specimens. */
export const FALSY_NAMES: readonly string[] = Object.keys(FALSY)

/** Names of all other specimens. */
export const TRUTHY_NAMES: readonly string[] = Object.keys(TRUTHY)

/** The live value of a specimen's name. */
export function specimen(name: string): unknown {
  if (!(name in SPECIMENS)) throw new RangeError(`no specimen is named ${name}`)
  return SPECIMENS[name]
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

const NEGATIVE_ZERO = Symbol('-0')
const key = (value: unknown): unknown => (Object.is(value, -0) ? NEGATIVE_ZERO : value)

const SPECIMEN_TEXT = new Map<unknown, string>(
  Object.entries(SPECIMENS).map(([text, value]) => [key(value), text]),
)

/** Side table of one run: live values to plain ones and back. */
export class ValueTable {
  readonly #known = new Map<unknown, Value>()
  readonly #live: unknown[] = []

  /** The plain form of a live value; `text` names it on first sight. */
  note(value: unknown, text?: string): Value {
    const known = this.#known.get(key(value))
    if (known) return known
    const id = this.#live.push(value) - 1
    const plain = describeValue(id, text ?? SPECIMEN_TEXT.get(key(value)) ?? describe(value, id), value)
    this.#known.set(key(value), plain)
    return plain
  }

  /** The live value behind a plain one. */
  live(value: Value): unknown {
    return this.#live[value.id]
  }
}

/** Whether two plain values are the same value, or both absent. */
export const same = (a: Value | undefined, b: Value | undefined): boolean => a?.id === b?.id

function describeValue(id: number, text: string, value: unknown): Value {
  if (!value) return { id, text, falsy: true }
  const error = errorName(value)
  return error === undefined ? { id, text } : { id, text, error }
}

function errorName(value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  // A subject may give a DOMException that is no `Error`, or a proxy whose traps throw: ask carefully.
  try {
    return 'message' in value && 'name' in value ? String(value.name) : undefined
  } catch {
    return undefined
  }
}

function describe(value: unknown, id: number): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}n`
  if (!isObject(value)) return String(value)
  try {
    if (value instanceof Error || errorName(value) !== undefined) {
      const { name, message } = value as Error
      return `${name}('${String(message).split('\n')[0]}')`
    }
    if (typeof value === 'function') return `[Function ${value.name || id}]`
    if (Array.isArray(value)) return `[…${value.length}]`
    const maker = Object.getPrototypeOf(value)?.constructor?.name
    return `[${maker && maker !== 'Object' ? maker : 'object'} ${id}]`
  } catch {
    return `[object ${id}]`
  }
}

/** An error whose stack nobody will read: thousands are made in a check. */
export function stackless(message: string): Error {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const error = new Error(message)
  Error.stackTraceLimit = stackTraceLimit
  return error
}
