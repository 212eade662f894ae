import {
  type Arbitrary,
  array,
  constantFrom,
  FRESH,
  type Kind,
  kind,
  nat,
  oneof,
  record,
  type ScopeSize,
  type SourceCall,
  sourceCall,
} from '../../src/core/index.js'
import type { MemoAdapter, MemoPolicy } from './contract.js'
import { keyNames } from './keys.js'
import { type Client, COPIED, drive, driveNested, type Move, type Nested, type Scenario } from './play.js'

type Plans = Arbitrary<readonly SourceCall[]>

/** How a load goes; values that a copy would lose are not asked of a cache that copies. */
const load = ({ source, values }: MemoPolicy): Arbitrary<SourceCall> =>
  values === 'identity'
    ? sourceCall(source)
    : sourceCall(source).map((plan) =>
        plan.outcome === 'reject' || COPIED.has(plan.value) ? plan : { ...plan, value: FRESH },
      )

/** Up to `max` of something, and one at least. */
const some = <T>(one: Arbitrary<T>, maxLength: number): Arbitrary<readonly T[]> =>
  array(one, { minLength: 1, maxLength })

const loads = (policy: MemoPolicy, max: number): Plans => some(load(policy), max)

/** What a client may do: `ops`, on one of `keys` keys. */
const move = (ops: readonly Move['op'][], keys: number): Arbitrary<Move> =>
  record({ op: constantFrom(...ops), key: nat(keys - 1), inject: constantFrom(0, 0, 0, 1, 2, 3) })

interface Size {
  readonly clients: number
  readonly moves: number
  readonly keys?: number
  readonly caches?: number
}

const upTo = (
  policy: MemoPolicy,
  ops: readonly Move['op'][],
  { clients, moves, keys = 1, caches = 1 }: Size,
): Arbitrary<Scenario> =>
  record({
    keys: keyNames(keys),
    loads: loads(policy, Math.max(2, moves)),
    clients: some(record({ cache: nat(caches - 1), moves: some(move(ops, keys), moves) }), clients),
  })

/** Often small, since what a small scenario shows needs no shrinking. */
const concurrent = (policy: MemoPolicy): Arbitrary<Scenario> =>
  oneof(
    { withCrossShrink: true },
    upTo(policy, ['get'], { clients: 2, moves: 2 }),
    upTo(policy, ['get'], { clients: 3, moves: 2 }),
    upTo(policy, ['get'], { clients: 4, moves: 3 }),
  )

/** The operations of a subject, `get` the more often. */
const opsOf = (traits: Readonly<Record<string, boolean>>): readonly Move['op'][] => [
  ...(['get', 'get'] as const),
  ...(traits.clear ? (['clear'] as const) : []),
  ...(traits.clearAll ? (['clearAll'] as const) : []),
]

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }
const fails: SourceCall = { give: 'promise', outcome: 'reject', value: FRESH }
const on = (op: Move['op'], key = 0, inject = 0): Move => ({ op, key, inject })
const get = on('get')
const clients = (...moves: readonly (readonly Move[])[]): readonly Client[] =>
  moves.map((own) => ({ cache: 0, moves: own }))

/** Two clients, of whom the second comes in the microtasks in which the first one's load lands. */
function joining({ source }: MemoPolicy): readonly Scenario[] {
  const throws: SourceCall = { give: 'throw', outcome: 'reject', value: FRESH }
  const gives: SourceCall = { give: 'value', outcome: 'fulfil', value: FRESH }
  const landing = source === 'any' ? [throws, gives] : [throws]
  return landing.flatMap((first) =>
    [1, 2, 3].map((inject) => ({
      keys: ["'a'"],
      loads: [first, fulfils],
      clients: clients([get], [on('get', 0, inject)]),
    })),
  )
}

const clearing = (op: 'clear' | 'clearAll'): readonly Scenario[] => [
  { keys: ["'a'"], loads: [fulfils], clients: clients([get], [on(op), get]) },
  { keys: ["'a'"], loads: [fails, fulfils], clients: clients([get], [on(op), get, get]) },
  { keys: ["'a'"], loads: [fails, fulfils], clients: clients([get], [on(op), get], [get]) },
]

const isSized = ({ clients, failures, keys }: ScopeSize): boolean =>
  clients !== undefined || failures !== undefined || keys !== undefined

/** Keys that no cache takes for one another. */
const PLAIN_KEYS = ["'a'", "'b'", '1', 'true']

/** So many clients for each key who get it once, and so many failed loads before the others succeed. */
const sized = ({ clients: perKey = 2, failures = 0, keys = 1 }: ScopeSize): Scenario => ({
  keys: PLAIN_KEYS.slice(0, keys),
  loads: [...Array.from({ length: failures }, () => fails), fulfils],
  perKey: true,
  clients: clients(...Array.from({ length: perKey * keys }, (_, index) => [on('get', index % keys)])),
})

export const kinds: Readonly<Record<string, Kind<MemoAdapter, MemoPolicy>>> = {
  concurrent: kind({
    weight: 3,
    arbitrary: ({ policy }) => concurrent(policy),
    drive,
    scope: ({ policy }, size) =>
      isSized(size)
        ? [sized(size)]
        : [
            { keys: ["'a'"], loads: [fulfils], clients: clients([get], [get], [get]) },
            { keys: ["'a'"], loads: [fails, fulfils], clients: clients([get, get], [get]) },
            ...joining(policy),
          ],
  }),
  keys: kind({
    weight: 2,
    arbitrary: ({ policy }) => upTo(policy, ['get'], { clients: 3, moves: 3, keys: 3 }),
    drive,
    scope: (_, size) =>
      isSized(size)
        ? []
        : [{ keys: ["'a'", "'b'"], loads: [fulfils], clients: clients([get], [on('get', 1)]) }],
  }),
  clears: kind({
    weight: 4,
    appliesWhen: ({ traits }) =>
      traits.clear || traits.clearAll || 'the subject has neither `clear` nor `clearAll`',
    arbitrary: ({ policy, traits }) => upTo(policy, opsOf(traits), { clients: 4, moves: 4, keys: 2 }),
    drive,
    scope: ({ traits }, size) => [
      ...(traits.clear && !isSized(size) ? clearing('clear') : []),
      ...(traits.clearAll && !isSized(size) ? clearing('clearAll') : []),
    ],
  }),
  instances: kind({
    weight: 1.5,
    arbitrary: ({ policy, traits }) =>
      upTo(policy, opsOf(traits), { clients: 3, moves: 3, keys: 2, caches: 2 }),
    drive,
  }),
  nested: kind({
    weight: 0.6,
    arbitrary: ({ policy }): Arbitrary<Nested> => record({ keys: keyNames(2), loads: loads(policy, 2) }),
    drive: driveNested,
  }),
}
