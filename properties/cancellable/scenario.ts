import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  type Kind,
  kind,
  nat,
  oneof,
  option,
  record,
  type SourceCall,
  type SourcePolicy,
  sourceCall,
  tuple,
  valueName,
} from '../../src/core/index.js'
import type { CancellableAdapter, CancellablePolicy } from './contract.js'
import {
  type AbortPlan,
  type ClientPlan,
  drive,
  driveShared,
  type Scenario,
  type SharedScenario,
} from './play.js'

const shrinking = { withCrossShrink: true } as const

/** A task that takes some time, and heeds the signal it is handed or does not. */
const task = (source: SourcePolicy): Arbitrary<SourceCall> =>
  record({
    plan: sourceCall(source),
    afterMs: constantFrom(20, 20, 0, 5, 50),
    abortable: boolean(),
  }).map(({ plan, ...rest }) => ({ ...plan, ...rest }))

/** `undefined` is no reason: the platform puts its default in its place. */
const reason: Arbitrary<string> = oneof(
  shrinking,
  { weight: 1, arbitrary: constant('fresh') },
  { weight: 1, arbitrary: constant('default') },
  { weight: 1, arbitrary: constant('null') },
  { weight: 3, arbitrary: valueName().map((name) => (name === 'undefined' ? 'default' : name)) },
)

const inject = constantFrom(0, 0, 0, 1, 2, 3)

const abort: Arbitrary<AbortPlan> = record({ atMs: constantFrom(0, 5, 10, 30, 100), inject, reason })

/** One signal at least, which mostly aborts. */
const aborts = (more: number): Arbitrary<readonly (AbortPlan | null)[]> =>
  tuple(option(abort, { freq: 3 }), array(option(abort, { freq: 3 }), { maxLength: more })).map(
    ([first, rest]) => [first, ...rest],
  )

const atMs = constantFrom(0, 0, 5, 10)

const some = <T>(one: Arbitrary<T>, more: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: more })).map(([first, rest]) => [first, ...rest])

/** Signals are drawn by numbers that count round those there are. */
const within = <T extends { readonly signal: number | undefined }>(count: number, client: T): T => ({
  ...client,
  signal: client.signal === undefined ? undefined : client.signal % count,
})

const scenario = (source: SourcePolicy): Arbitrary<Scenario> =>
  record({
    clients: some(record({ atMs, inject, signal: nat(1), task: task(source), looks: boolean() }), 2),
    aborts: aborts(1),
  }).map((drawn) => ({
    ...drawn,
    clients: drawn.clients.map((client) => within(drawn.aborts.length, client)),
  }))

const sharedScenario = (source: SourcePolicy): Arbitrary<SharedScenario> =>
  record({
    clients: some(record({ atMs, inject, signal: oneof(nat(2), constant(undefined)), looks: boolean() }), 3),
    tasks: some(task(source), 1),
    aborts: aborts(2),
  }).map((drawn) => ({
    ...drawn,
    clients: drawn.clients.map((client) => within(drawn.aborts.length, client)),
  }))

const heedful: SourceCall = {
  give: 'promise',
  outcome: 'fulfil',
  value: 'fresh',
  afterMs: 20,
  abortable: true,
}
const heedless: SourceCall = { ...heedful, abortable: false }
const one: ClientPlan = { atMs: 0, inject: 0, signal: 0, task: heedful, looks: true }
const leaver: ClientPlan = { ...one, looks: false }
const stayer: ClientPlan = { ...one, signal: undefined, looks: false }
const early: AbortPlan = { atMs: 5, inject: 0, reason: 'fresh' }

export const kinds: Readonly<Record<string, Kind<CancellableAdapter, CancellablePolicy>>> = {
  alone: kind({
    weight: 3,
    arbitrary: ({ policy }) => scenario(policy.source),
    drive,
    scope: () => [
      { clients: [one], aborts: [early] },
      { clients: [{ ...one, task: heedless }], aborts: [early] },
      { clients: [{ ...one, atMs: 5 }], aborts: [{ ...early, atMs: 0 }] },
      ...[1, 2, 3].map((inject) => ({ clients: [one], aborts: [{ ...early, atMs: 0, inject }] })),
    ],
  }),
  shared: kind({
    weight: 2,
    appliesWhen: ({ traits }) => traits.shared || 'there is no `createShared`',
    arbitrary: ({ policy }) => sharedScenario(policy.source),
    drive: driveShared,
    scope: () => [
      { clients: [leaver, stayer], tasks: [heedful], aborts: [early] },
      // Who comes while the last one leaves, in whose microtasks the state is out of step.
      ...[1, 2, 3].map((inject) => ({
        clients: [leaver, { ...stayer, atMs: 5, inject }],
        tasks: [heedful],
        aborts: [early],
      })),
    ],
  }),
}
