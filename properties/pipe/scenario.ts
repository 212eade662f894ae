import {
  AdapterError,
  type Arbitrary,
  array,
  constantFrom,
  integer,
  isThenable,
  type Kind,
  kind,
  nat,
  oneof,
  record,
  type SourceCall,
  type SourcePolicy,
  sourceCall,
  tuple,
  valueName,
  type World,
} from '../../src/core/index.js'
import { Bench, type Stage } from './bench.js'
import type { PipeAdapter, PipePolicy } from './contract.js'

/** What a pipe begins with: a plain value, or what a source gives. */
type Input = { readonly plain: string } | { readonly call: SourceCall }

/** A pipe that goes on from another one: from the n-th of those made so far, counted from the last. */
interface Branch {
  readonly from: number
  readonly stage: Stage
}

/** One client's await of the n-th pipe, counted from the last one, so that shrinking keeps the end of a chain. */
interface Asking {
  readonly of: number
  readonly inject: number
}

interface Scenario {
  readonly input: Input
  readonly branches: readonly Branch[]
  /** Who awaits what; pipes that nobody awaits are part of it. */
  readonly clients: readonly (readonly Asking[])[]
}

const CLIENTS = ['A', 'B', 'C']

/** Most stages succeed: behind one that fails there is little to see. */
const stage = (source: SourcePolicy): Arbitrary<Stage> =>
  record({
    call: oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: sourceCall(source, { outcome: 'fulfil' }) },
      { weight: 1, arbitrary: sourceCall(source) },
    ),
    gives: constantFrom('own', 'own', 'label', 'input'),
  })

const input = (source: SourcePolicy): Arbitrary<Input> =>
  oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: record({ plain: valueName() }) },
    {
      weight: 1,
      arbitrary: record({
        call: record({
          give: constantFrom('promise', source === 'promise' ? 'promise' : 'thenable'),
          outcome: constantFrom('fulfil', 'fulfil', 'reject'),
          value: valueName(),
        }),
      }),
    },
  )

/** One pipe after the other; each begins where the last one ended. */
const straight = (source: SourcePolicy): Arbitrary<Scenario> =>
  record({
    input: input(source),
    branches: array(
      stage(source).map((stage) => ({ from: 0, stage })),
      { maxLength: 4 },
    ),
    clients: array(array(asking(0), { minLength: 1, maxLength: 2 }), { maxLength: CLIENTS.length }),
  })

const branching = (source: SourcePolicy): Arbitrary<Scenario> =>
  record({
    input: input(source),
    branches: array(record({ from: nat(2), stage: stage(source) }), { minLength: 1, maxLength: 5 }),
    clients: array(array(asking(3), { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: CLIENTS.length,
    }),
  })

const asking = (back: number): Arbitrary<Asking> =>
  record({ of: nat(back), inject: constantFrom(0, 0, 0, 1, 2) })

function drive(world: World<PipePolicy>, adapter: PipeAdapter, { input, branches, clients }: Scenario): void {
  const bench = new Bench(world, adapter)
  const made = [begin(bench, input)]
  for (const { from, stage } of branches) {
    const parent = made[made.length - 1 - (from % made.length)]!
    made.push(bench.map(parent, stage))
  }
  for (const [index, askings] of clients.entries()) {
    const steps = askings.map(({ of, inject }, n) =>
      bench.await(made[made.length - 1 - (of % made.length)]!, inject, n > 0),
    )
    world.client(CLIENTS[index]!, steps)
  }
}

const begin = (bench: Bench, input: Input): number =>
  'plain' in input ? bench.fromPlain(input.plain) : bench.fromSource(input.call)

/** The same stages, put together in different ways: all pipes must come to the same. */
interface Grouped {
  readonly plain: string
  readonly stages: readonly Stage[]
  /** Before which stages one pipe has a seam, as bits; what lies between two seams is a single stage there. */
  readonly seams: readonly number[]
}

/** A stage whose outcome follows from its input alone: an own value, or an error, is the same at every call. */
const steady = (source: SourcePolicy): Arbitrary<Stage> =>
  tuple(stage(source), constantFrom("'text'", '0', 'null', 'Object.freeze({})', '7n')).map(
    ([{ call, gives }, value]) => ({ call: { ...call, value }, gives }),
  )

const grouped = (source: SourcePolicy): Arbitrary<Grouped> =>
  record({
    plain: valueName(),
    stages: array(steady(source), { minLength: 2, maxLength: 4 }),
    seams: array(integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 2 }),
  })

function driveGrouped(
  world: World<PipePolicy>,
  adapter: PipeAdapter,
  { plain, stages, seams }: Grouped,
): void {
  const bench = new Bench(world, adapter)
  const value = world.value(plain)
  // The first pipe has a seam before every stage: it is what the others are compared with.
  for (const [index, bits] of [7, ...seams].entries()) {
    let pipe = bench.from(value)
    for (const group of groups(stages, bits)) pipe = bench.map(pipe, ...group)
    const alike = {
      alike: true,
      groups: groups(stages, bits)
        .map(({ length }) => length)
        .join('+'),
    }
    world.client(CLIENTS[index]!, [bench.await(pipe, 0, false, alike)])
  }
}

function groups(stages: readonly Stage[], bits: number): Stage[][] {
  const all: Stage[][] = []
  for (const [index, stage] of stages.entries()) {
    if (index === 0 || bits & (1 << (index - 1))) all.push([stage])
    else all.at(-1)!.push(stage)
  }
  return all
}

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const own: Stage = { call: fulfils, gives: 'own' }
const ask: readonly Asking[] = [{ of: 0, inject: 0 }]

export const kinds: Readonly<Record<string, Kind<PipeAdapter, PipePolicy>>> = {
  straight: kind({
    weight: 3,
    arbitrary: ({ policy }) => straight(policy.source),
    drive,
    scope: () => [
      { input: { plain: 'fresh' }, branches: [{ from: 0, stage: own }], clients: [ask, ask] },
      {
        input: { call: fulfils },
        branches: [
          { from: 0, stage: own },
          { from: 0, stage: own },
        ],
        clients: [ask],
      },
    ],
  }),
  branching: kind({
    weight: 3,
    arbitrary: ({ policy }) => branching(policy.source),
    drive,
    scope: () => [
      {
        input: { plain: 'fresh' },
        branches: [0, 0, 1].map((from) => ({ from, stage: own })),
        clients: [ask, [{ of: 1, inject: 0 }]],
      },
    ],
  }),
  grouped: kind({
    weight: 2,
    arbitrary: ({ policy }) => grouped(policy.source),
    drive: driveGrouped,
  }),
}

/** Makes sure that what is to be awaited is a thenable. */
export function examine(world: World<PipePolicy>, adapter: PipeAdapter): Record<string, boolean> {
  const pipe = world.create(() => adapter.from(1))
  const awaited: unknown = adapter.toAwaitable ? world.create(() => adapter.toAwaitable!(pipe)) : pipe
  if (isThenable(awaited)) return {}
  const what = adapter.toAwaitable ? '`toAwaitable`' : '`from`'
  throw new AdapterError(`${what} of ${adapter.name} must give a thenable, not ${world.note(awaited).text}`)
}
