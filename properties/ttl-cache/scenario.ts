import {
  type Arbitrary,
  array,
  type Context,
  constant,
  constantFrom,
  FRESH,
  type Kind,
  kind,
  nat,
  oneof,
  record,
  sourceCall,
  tuple,
} from '../../src/core/index.js'
import type { TtlCacheAdapter, TtlCachePolicy } from './contract.js'
import { COPIED, drive, type Jump, LONG_MS, type Load, type Move, type Scenario, type Wait } from './play.js'

const wait = (ttls: number, loads = 0, units = 0): Wait => ({ ttls, loads, units })
const NONE = wait(0)

/** At, one unit before and one after the deadlines, wherever they count from; and a little while. */
const WAITS: readonly Wait[] = [
  NONE,
  wait(1),
  wait(1, 0, -1),
  wait(1, 0, 1),
  wait(1, 1),
  wait(1, 1, -1),
  wait(1, 1, 1),
  wait(0, 1),
  wait(0, 0, 1),
  wait(0, 0, 2),
  wait(2),
]
/** A load that takes no time, a little, and longer than what it brings will live. */
const LOAD_TIMES: readonly Wait[] = [NONE, wait(0, 0, 1), wait(0, 0, 2), wait(1), wait(1, 0, 1)]
/** How the system clock is set: by a deadline or more, ahead or back. */
const LEAPS: readonly Wait[] = [wait(1), wait(2), wait(1, 0, -2), wait(-1), wait(-2), wait(-1, 0, 2)]
/** A system clock in its first moments finds those who take 0 for "never". */
const EPOCHS_MS = [0, 1_600_000_000_000]

/** Up to `max` of something, and one at least. The first is apart, so that shrinking can drop all others at once. */
const some = <T>(one: Arbitrary<T>, max: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: max - 1 })).map(([first, rest]) => [first, ...rest])

function load({ source, values }: TtlCachePolicy): Arbitrary<Load> {
  const call = oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: sourceCall(source, { outcome: 'fulfil' }) },
    { weight: 1, arbitrary: sourceCall(source) },
  )
  return tuple(call, constantFrom(1, 1, 0, 2)).map(([plan, slow]) => {
    const kept = values === 'identity' || plan.outcome === 'reject' || COPIED.has(plan.value)
    return { ...plan, value: kept ? plan.value : FRESH, slow }
  })
}

/** A few sizes that round well, in units of the subject's clock. */
const ttls = ({ resolutionMs }: TtlCachePolicy): Arbitrary<number> =>
  constantFrom(...(resolutionMs === 1 ? [10, 1, 3, 100, 1000] : [10, 20, 60])).map(
    (units) => units * resolutionMs,
  )

interface Size {
  readonly clients: number
  readonly moves: number
  readonly keys?: number
  readonly ops?: readonly Move['op'][]
}

const move = ({ keys = 1, ops = ['get'] }: Size): Arbitrary<Move> =>
  record({
    op: constantFrom(...ops),
    key: nat(keys - 1),
    wait: constantFrom(...WAITS),
    inject: constantFrom(0, 0, 0, 0, 1, 2, 3),
  })

const scenario = (
  policy: TtlCachePolicy,
  ttlMs: Arbitrary<Scenario['ttlMs']>,
  size: Size,
  jumps: Arbitrary<readonly Jump[]> = constant([]),
): Arbitrary<Scenario> =>
  record({
    ttlMs,
    epochMs: constantFrom(...EPOCHS_MS),
    loadTime: constantFrom(...LOAD_TIMES),
    loads: some(load(policy), 3),
    clients: some(some(move(size), size.moves), size.clients),
    jumps,
  })

const timed = (policy: TtlCachePolicy, size: Size): Arbitrary<Scenario> =>
  scenario(policy, ttls(policy), size)

/** One client that comes again and again is who meets a deadline; more of them meet each other. */
const deadlines = (policy: TtlCachePolicy): Arbitrary<Scenario> =>
  oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: timed(policy, { clients: 1, moves: 4 }) },
    { weight: 2, arbitrary: timed(policy, { clients: 2, moves: 4 }) },
    { weight: 1, arbitrary: timed(policy, { clients: 3, moves: 3, keys: 2 }) },
  )

const jumping = (policy: TtlCachePolicy): Arbitrary<Scenario> =>
  scenario(
    policy,
    ttls(policy),
    { clients: 1, moves: 4 },
    some(record({ at: constantFrom(...WAITS), by: constantFrom(...LEAPS) }), 2),
  )

/** The operations of a subject, `get` the more often. */
const opsOf = (traits: Context['traits']): readonly Move['op'][] => [
  ...(['get', 'get'] as const),
  ...(traits.clear ? (['clear'] as const) : []),
  ...(traits.clearAll ? (['clearAll'] as const) : []),
]

const promised: Load = { give: 'promise', outcome: 'fulfil', value: FRESH, slow: 1 }
const get = (when: Wait = NONE, key = 0): Move => ({ op: 'get', key, wait: when, inject: 0 })
const clear = (op: 'clear' | 'clearAll', when: Wait = NONE): Move => ({ op, key: 0, wait: when, inject: 0 })

/** One small run of a single key. */
const small = (
  { resolutionMs }: TtlCachePolicy,
  loadTime: Wait,
  ...clients: readonly (readonly Move[])[]
): Scenario => ({
  ttlMs: 10 * resolutionMs,
  epochMs: 0,
  loadTime,
  loads: [promised],
  clients,
  jumps: [],
})

/** A get at every instant that matters, of a load that takes no time and of one that takes some. */
const instants = (policy: TtlCachePolicy): readonly Scenario[] => [
  ...[wait(1, 0, -1), wait(1), wait(1, 0, 1)].map((when) => small(policy, NONE, [get(), get(when)])),
  ...[wait(1, 0, -1), wait(1), wait(1, 0, 1)].map((when) => small(policy, wait(0, 0, 4), [get(), get(when)])),
  small(policy, NONE, [get(), get(wait(0, 0, 2)), get(wait(1, 0, -1))]),
  small(policy, NONE, [get(), get(wait(1, 0, 1))], [get(wait(1, 0, 1))]),
]

const clearing = (policy: TtlCachePolicy, op: 'clear' | 'clearAll'): readonly Scenario[] => [
  small(policy, NONE, [get(), clear(op), get()]),
  small(policy, wait(0, 0, 2), [get()], [clear(op, wait(0, 0, 1)), get(wait(0, 2))]),
  small(policy, NONE, [get(), clear(op, wait(0, 0, 2)), get(), get(wait(1, 0, -1))]),
]

export const kinds: Readonly<Record<string, Kind<TtlCacheAdapter, TtlCachePolicy>>> = {
  deadlines: kind({
    weight: 5,
    arbitrary: ({ policy }) => deadlines(policy),
    drive,
    scope: ({ policy }) => instants(policy),
    epochMs: ({ epochMs }) => epochMs,
  }),
  keys: kind({
    weight: 2,
    appliesWhen: ({ policy }) => policy.keyed || 'there is one entry (`keyed: false`)',
    arbitrary: ({ policy }) => timed(policy, { clients: 2, moves: 4, keys: 2 }),
    drive,
    epochMs: ({ epochMs }) => epochMs,
  }),
  clears: kind({
    weight: 3,
    appliesWhen: ({ traits }) =>
      traits.clear || traits.clearAll || 'the subject has neither `clear` nor `clearAll`',
    arbitrary: ({ policy, traits }) => timed(policy, { clients: 2, moves: 5, ops: opsOf(traits) }),
    drive,
    scope: ({ policy, traits }) => [
      ...(traits.clear ? clearing(policy, 'clear') : []),
      ...(traits.clearAll ? clearing(policy, 'clearAll') : []),
    ],
    epochMs: ({ epochMs }) => epochMs,
  }),
  jumps: kind({
    weight: 2,
    arbitrary: ({ policy }) => jumping(policy),
    drive,
    epochMs: ({ epochMs }) => epochMs,
  }),
  limits: kind({
    weight: 2,
    arbitrary: ({ policy }) => scenario(policy, limit(policy), { clients: 2, moves: 3 }),
    drive,
    epochMs: ({ epochMs }) => epochMs,
  }),
}

/** 0, `Infinity`, and more than a platform timer can wait. */
const limit = ({ resolutionMs }: TtlCachePolicy): Arbitrary<Scenario['ttlMs']> =>
  constantFrom<Scenario['ttlMs'][]>(0, 'Infinity', Math.ceil(LONG_MS / resolutionMs) * resolutionMs)
