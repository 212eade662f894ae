import { type Arbitrary, constantFrom, UnplayableError, type World } from '../../src/core/index.js'
import type { MemoAdapter, MemoPolicy } from './contract.js'

/**
 * Keys by the JavaScript expression that writes them, made anew for each run. The simplest comes first, as what shrinks
 * ends there; the others are those that careless caches take for one another, or for no key at all.
 */
const SPECIMENS = {
  "'a'": () => 'a',
  "'b'": () => 'b',
  '0': () => 0,
  "'0'": () => '0',
  "''": () => '',
  undefined: () => undefined,
  "'undefined'": () => 'undefined',
  null: () => null,
  "'null'": () => 'null',
  NaN: () => Number.NaN,
  "'NaN'": () => 'NaN',
  false: () => false,
  '-0': () => -0,
  '1': () => 1,
  "'1'": () => '1',
  '1n': () => 1n,
  true: () => true,
  '{ id: 1 }': () => ({ id: 1 }),
  '{ "id": 1 }': () => ({ id: 1 }),
  "'[object Object]'": () => '[object Object]',
  '\'{"id":1}\'': () => '{"id":1}',
  "['a', 'b']": () => ['a', 'b'],
  "'a,b'": () => 'a,b',
  "'constructor'": () => 'constructor',
  "'__proto__'": () => '__proto__',
  "Symbol('key')": () => Symbol('key'),
  '() => 1': () => () => 1,
} as const satisfies Readonly<Record<string, () => unknown>>

type KeyName = keyof typeof SPECIMENS
const NAMES = Object.keys(SPECIMENS) as KeyName[]

/**
 * Keys that are drawn together. After the simplest, those that some careless way to make a text of a key, or to look one
 * up, takes for one another.
 */
const GROUPS: readonly (readonly KeyName[])[] = [
  ["'a'", "'b'", '1'],
  ['0', "'0'", "''"],
  ['{ id: 1 }', '{ "id": 1 }', "'[object Object]'"],
  ['undefined', "'undefined'", 'null'],
  ['NaN', 'null', "'NaN'"],
  ["['a', 'b']", "'a,b'", "'a'"],
  ['1', "'1'", '1n'],
  ['true', '1', "'1'"],
  ['{ id: 1 }', '\'{"id":1}\'', "'b'"],
  ['-0', "'0'", 'false'],
  ['null', "'null'", 'undefined'],
  ["'constructor'", "'__proto__'", "'a'"],
  ["Symbol('key')", '() => 1', 'undefined'],
]

/** The names of up to `max` keys. */
export const keyNames = (max: number): Arbitrary<readonly string[]> =>
  max === 1
    ? constantFrom(...NAMES).map((name) => [name])
    : constantFrom(...GROUPS).map((names) => names.slice(0, max))

/**
 * The names of the keys that a report shows by these texts. Of an object it shows only that it is one: those that are
 * drawn hold the same, so that it is enough to tell them apart.
 */
export function namesOf(texts: readonly string[]): readonly string[] {
  const objects: string[] = ['{ id: 1 }', '{ "id": 1 }']
  return texts.map((text) => {
    const shown = text.startsWith('[…') ? "['a', 'b']" : text.startsWith('[object') ? objects.shift() : text
    const name = NAMES.find((each) => each === shown)
    if (name === undefined) throw new UnplayableError(`no key is named ${text}`)
    return name
  })
}

/** One key of a run. */
export interface Key {
  readonly live: unknown
  /** What the events of this key have in common: the number of its value. */
  readonly label: number
  /** The key as JavaScript; an object is the same one each time. */
  readonly code: string
}

type Alike = (a: unknown, b: unknown) => boolean

/**
 * The keys of one run: no two of them are the same under what the subject declares, so that the laws never ask about
 * keys that may share an entry.
 */
export class Keys {
  readonly all: readonly Key[]
  readonly #alike: Alike

  constructor(world: World<MemoPolicy>, adapter: MemoAdapter, names: readonly string[]) {
    const { keys: policy } = world.context.policy
    this.#alike = alikeUnder(policy, adapter)
    const all: Key[] = []
    for (const name of names) {
      const live = SPECIMENS[name as KeyName]()
      const usable = this.#alike(live, live) && (adapter.keyOf !== undefined || isTold(policy, live))
      if (!usable || all.some((key) => this.#alike(key.live, live))) continue
      const { id } = typeof live === 'object' ? world.note(live) : world.values.note(live, name)
      const code = isIdentity(live) ? `(given.key${all.length} ??= ${name})` : name
      all.push({ live, label: id, code })
    }
    // Whatever the policy, a plain string is a key that it can tell from nothing else.
    this.all = all.length > 0 || names[0] === NAMES[0] ? all : new Keys(world, adapter, [NAMES[0]!]).all
  }

  at(index: number): Key {
    return this.all[index % this.all.length]!
  }

  /** Which key the loader was handed: the very one, or what the subject documents to make of it. */
  label(handed: unknown): number | null {
    const very = this.all.find(({ live }) => sameValueZero(live, handed))
    return (very ?? this.all.find(({ live }) => this.#alike(live, handed)))?.label ?? null
  }
}

/** When two keys are the same, by what the subject declares. A loader may be handed the text that stands for a key. */
function alikeUnder(policy: MemoPolicy['keys'], { keyOf }: MemoAdapter): Alike {
  if (keyOf) return (a, b) => attempt(() => Object.is(keyOf(a), keyOf(b)))
  if (policy === 'string') return (a, b) => attempt(() => String(a) === String(b))
  if (policy === 'json') return (a, b) => json(a) === json(b) || json(a) === b
  return policy === 'structure' ? sameStructure : sameValueZero
}

/** What is made for some keys may throw at others: it takes these for nothing. */
function attempt(ask: () => boolean): boolean {
  try {
    return ask()
  } catch {
    return false
  }
}

/** Whether a cache that makes a text of its keys can tell this one from all others. */
function isTold(policy: MemoPolicy['keys'], key: unknown): boolean {
  if (policy === 'same-value-zero') return true
  if (typeof key === 'symbol' || typeof key === 'function') return false
  if (policy === 'string') return true
  return typeof key !== 'bigint' && key !== undefined && !Number.isNaN(key) && !Object.is(key, -0)
}

const isIdentity = (key: unknown): boolean =>
  (typeof key === 'object' && key !== null) || typeof key === 'function' || typeof key === 'symbol'

const sameValueZero: Alike = (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b))

const json = (key: unknown): string | undefined => (typeof key === 'bigint' ? undefined : JSON.stringify(key))

/** The keys here are flat and hold nothing that JSON would lose, so that their texts and types decide. */
const sameStructure: Alike = (a, b) =>
  sameValueZero(a, b) || (isObject(a) && isObject(b) && json(a) === json(b))

const isObject = (key: unknown): boolean => typeof key === 'object' && key !== null
