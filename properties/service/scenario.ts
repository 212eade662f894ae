import {
  type Arbitrary,
  array,
  boolean,
  constantFrom,
  type Kind,
  kind,
  nat,
  oneof,
  record,
  type SourceCall,
  type SourcePolicy,
  sourceCall,
  tuple,
} from '../../src/core/index.js'
import { openSource } from './as-lazy.js'
import type { ServiceAdapter, ServicePolicy } from './contract.js'
import { drive, driveGraph } from './play.js'

/** One client's doing. */
export interface Move {
  readonly op: 'get' | 'dispose' | 'stats'
  /** How many microtasks into the drain before it. */
  readonly inject: number
  /** Whether it does not wait for the answer of the client's move before it. */
  readonly hasty: boolean
  /** Whether it disposes as `await using` does, where the subject knows of that. */
  readonly using: boolean
  /** Which node of a graph. */
  readonly node: number
}

export interface Scenario {
  /** How the calls of `open` and `close` go, one after the other; the last plan stands for all further ones. */
  readonly open: readonly SourceCall[]
  readonly close: readonly SourceCall[]
  readonly clients: readonly (readonly Move[])[]
}

export interface GraphScenario extends Scenario {
  /** For each node, the nodes that it needs. */
  readonly needs: readonly (readonly number[])[]
  /** Whether nodes are listed before what they need. */
  readonly reversed: boolean
}

/** How long something takes that takes its time, in ms. */
const SLOW_MS = 50
const SELDOM_SLOW = [0, 0, 0, SLOW_MS]

/** Up to `max` of something, and one at least. The first is apart, so that shrinking can drop all others at once. */
const some = <T>(one: Arbitrary<T>, max: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: max - 1 })).map(([first, rest]) => [first, ...rest])

/** A call of a source that mostly succeeds, and sometimes takes its time. */
const call = (
  source: SourcePolicy,
  failing = 1,
  timesMs: readonly number[] = SELDOM_SLOW,
): Arbitrary<SourceCall> =>
  tuple(
    oneof(
      { withCrossShrink: true },
      { weight: 2, arbitrary: sourceCall(source, { outcome: 'fulfil' }) },
      { weight: failing, arbitrary: sourceCall(source) },
    ),
    constantFrom(...timesMs),
  ).map(([plan, afterMs]) => (afterMs > 0 ? { ...plan, afterMs } : plan))

const move = (ops: readonly Move['op'][], nodes: number): Arbitrary<Move> =>
  record({
    op: constantFrom(...ops),
    inject: constantFrom(0, 0, 0, 0, 1, 2, 3),
    hasty: constantFrom(false, false, false, true),
    using: constantFrom(false, false, true),
    node: nat(nodes - 1),
  })

const scenario = (policy: ServicePolicy): Arbitrary<Scenario> =>
  oneof(
    { withCrossShrink: true },
    clientsOf(policy, 2, 3, call(openSource(policy))),
    clientsOf(policy, 3, 3, call(openSource(policy))),
    clientsOf(policy, 4, 4, call(openSource(policy))),
  )

/** With clients that look at the figures as well, which are more telling where time passes. */
const observedScenario = (policy: ServicePolicy): Arbitrary<Scenario> =>
  clientsOf(policy, 3, 4, call(openSource(policy), 1, [0, SLOW_MS]), [
    'get',
    'get',
    'stats',
    'stats',
    'dispose',
  ])

const clientsOf = (
  policy: ServicePolicy,
  clients: number,
  moves: number,
  open: Arbitrary<SourceCall>,
  ops: readonly Move['op'][] = ['get', 'get', 'get', 'dispose', 'dispose'],
): Arbitrary<Scenario> =>
  record({
    open: some(open, 3),
    close: some(call(policy.source, 2), 3),
    clients: some(some(move(ops, 1), moves), clients),
  })

/** Clients that first get one thing and another, and then do whatever comes. */
const graphScenario = ({ source }: ServicePolicy): Arbitrary<GraphScenario> =>
  record({
    open: some(call(source), 3),
    close: some(call(source, 2), 3),
    clients: some(
      tuple(some(move(['get'], 3), 3), array(move(['dispose', 'dispose', 'get'], 3), { maxLength: 2 })).map(
        ([first, then]) => [...first, ...then],
      ),
      2,
    ),
    needs: some(array(nat(2), { maxLength: 2 }), 3).map((nodes) =>
      nodes.map((needs, index) => [...new Set(needs)].filter((need) => need < index)),
    ),
    reversed: boolean(),
  })

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const fails: SourceCall = { give: 'promise', outcome: 'reject', value: 'fresh' }
const failsFalsily: SourceCall = { ...fails, value: '0' }
const slow: SourceCall = { ...fulfils, afterMs: SLOW_MS }
const get: Move = { op: 'get', inject: 0, hasty: false, using: false, node: 0 }
const dispose: Move = { ...get, op: 'dispose' }
const stats: Move = { ...get, op: 'stats' }
const node = (index: number): Move => ({ ...get, node: index })

const small: readonly Scenario[] = [
  { open: [fulfils], close: [fulfils], clients: [[get], [dispose]] },
  { open: [fulfils], close: [fulfils], clients: [[get, dispose, get], [get]] },
  { open: [fulfils], close: [fails, fulfils], clients: [[get, dispose, get]] },
  { open: [fulfils], close: [failsFalsily], clients: [[get, dispose]] },
  { open: [fulfils], close: [slow], clients: [[get, dispose], [dispose]] },
  { open: [fulfils], close: [fails], clients: [[get, dispose, get, dispose]] },
]

const smallGraphs: readonly GraphScenario[] = [
  {
    open: [fulfils],
    close: [fulfils],
    clients: [[node(1), dispose]],
    needs: [[], [0]],
    reversed: false,
  },
  {
    open: [fulfils],
    close: [fails],
    clients: [[node(0), node(1), dispose]],
    needs: [[], []],
    reversed: false,
  },
  {
    open: [fulfils],
    close: [failsFalsily, fails],
    clients: [[node(0), node(1), dispose]],
    needs: [[], []],
    reversed: false,
  },
  {
    open: [fulfils],
    close: [slow],
    clients: [[node(0), node(1), dispose]],
    needs: [[], []],
    reversed: false,
  },
]

export const kinds: Readonly<Record<string, Kind<ServiceAdapter, ServicePolicy>>> = {
  concurrent: kind({
    weight: 4,
    arbitrary: ({ policy }) => scenario(policy),
    drive,
    scope: () => small,
  }),
  observed: kind({
    weight: 1,
    appliesWhen: ({ traits }) => traits.stats || 'the subject has no `stats`',
    arbitrary: ({ policy }) => observedScenario(policy),
    drive,
    scope: () => [
      { open: [slow], close: [fulfils], clients: [[get, stats, get, stats]] },
      { open: [fulfils], close: [fulfils], clients: [[stats, get, stats, dispose, stats]] },
    ],
  }),
  graph: kind({
    weight: 3,
    appliesWhen: ({ traits }) => traits.graph || 'the adapter has no `createGraph`',
    arbitrary: ({ policy }) => graphScenario(policy),
    drive: driveGraph,
    scope: () => smallGraphs,
  }),
}
