import {
  AdapterError,
  type Arbitrary,
  array,
  constantFrom,
  isThenable,
  type Kind,
  kind,
  nat,
  oneof,
  type Recorder,
  record,
  type ScopeSize,
  type SourceCall,
  type SourcePolicy,
  type Step,
  sourceCall,
  tuple,
  type World,
} from '../../src/core/index.js'
import type { LazyAdapter, LazyHandle, LazyPolicy } from './contract.js'

/** One client's doing: what, and how many microtasks into the drain before it. */
export interface Move {
  readonly op: 'await' | 'reset'
  readonly inject: number
}

export interface Scenario {
  /** How the factory's calls go, one after the other; the last plan stands for all further ones. */
  readonly factory: readonly SourceCall[]
  readonly clients: readonly (readonly Move[])[]
}

export const CLIENTS = ['A', 'B', 'C', 'D']

const move = (ops: readonly Move['op'][]): Arbitrary<Move> =>
  record({ op: constantFrom(...ops), inject: constantFrom(0, 0, 0, 1, 2, 3) })

/** Up to `max` of something, and one at least. The first is apart, so that shrinking can drop all others at once. */
const some = <T>(one: Arbitrary<T>, max: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: max - 1 })).map(([first, rest]) => [first, ...rest])

const upTo = (max: number, source: SourcePolicy, ops: readonly Move['op'][]): Arbitrary<Scenario> =>
  record({ factory: some(sourceCall(source), max - 1), clients: some(some(move(ops), max - 1), max) })

/** Often small, since what a small scenario shows needs no shrinking. */
const scenario = (source: SourcePolicy): Arbitrary<Scenario> =>
  oneof(
    { withCrossShrink: true },
    upTo(2, source, ['await']),
    upTo(3, source, ['await']),
    upTo(CLIENTS.length, source, ['await']),
  )

/** With resets. What they can spoil takes several clients. */
const scenarioWithResets = (source: SourcePolicy): Arbitrary<Scenario> =>
  upTo(CLIENTS.length, source, ['await', 'reset'])

/** A lazy value as clients see it, with the code of reading it. */
interface Opened extends LazyHandle<unknown> {
  readonly code: string
}

/** The subject as clients see it, whichever of its two shapes it has. */
function open(world: World<LazyPolicy>, adapter: LazyAdapter, factory: () => unknown): Opened {
  const made: unknown = world.create(() => adapter.create(factory), 'adapter.create(factory)')
  if (isThenable(made)) return { get: () => made, code: 'subject' }
  const handle = made as LazyHandle<unknown> | null | undefined
  if (typeof handle?.get === 'function') {
    const reset = typeof handle.reset === 'function' && (() => handle.reset?.())
    return { get: () => handle.get(), ...(reset ? { reset } : {}), code: 'subject.get()' }
  }
  throw new AdapterError(
    `\`create\` of ${adapter.name} must return a thenable or a handle with \`get\`, not ${world.note(made).text}`,
  )
}

const get = (handle: Opened, inject = 0, afterAnswer = false): Step => ({
  op: 'await',
  run: () => handle.get(),
  inject,
  afterAnswer,
  from: 'factory',
  code: handle.code,
})

const reset = (handle: Opened, inject: number): Step => ({
  op: 'reset',
  run: () => handle.reset?.(),
  inject,
  answers: 'value',
  code: 'subject.reset()',
})

function drive(world: World<LazyPolicy>, adapter: LazyAdapter, { factory, clients }: Scenario): void {
  const handle = open(world, adapter, world.source('factory', factory))
  for (const [index, moves] of clients.entries()) {
    const steps = moves.map(({ op, inject }) =>
      op === 'await' ? get(handle, inject, true) : reset(handle, inject),
    )
    world.client(CLIENTS[index] ?? `C${index}`, steps, JSON.stringify(moves))
  }
}

/** How often the factory awaits its own lazy value, beyond the first time. */
export interface Reentry {
  readonly depth: number
}

/** A factory that awaits its own lazy value in its first turn; the flight goes as that await goes. */
function driveReentry(world: World<LazyPolicy>, adapter: LazyAdapter, { depth }: Reentry): void {
  const plan: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
  let entered = 0
  const during = () => {
    // Bounded, so that a subject which simply recurses is seen to do so and comes to an end.
    if (entered++ > depth) return undefined
    const inner = handle.get()
    // Subscribed to in this very turn: of a thenable, that is what asks for its value.
    return new Promise((onFulfilled, onRejected) => inner.then(onFulfilled, onRejected))
  }
  const factory = world.source('factory', [plan], { during })
  const handle = open(world, adapter, factory)
  world.client('A', [{ ...get(handle), detail: { reentrant: true } }])
}

export const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const fails: SourceCall = { give: 'promise', outcome: 'reject', value: 'fresh' }
const forget: Move = { op: 'reset', inject: 0 }
const awaits: readonly Move[] = [{ op: 'await', inject: 0 }]

/**
 * A second client that comes while the first flight lands, in whose microtasks state is out of step. The first lands in
 * the very turn of its call, since that is where a follower is injected.
 */
function joining({ source }: LazyPolicy): readonly Scenario[] {
  const throws: SourceCall = { give: 'throw', outcome: 'reject', value: 'fresh' }
  const gives: SourceCall = { give: 'value', outcome: 'fulfil', value: 'fresh' }
  const landing = source === 'any' ? [throws, gives] : [throws]
  return landing.flatMap((first) =>
    [1, 2, 3, 4].map((inject) => ({
      factory: [first, fulfils],
      clients: [awaits, [{ op: 'await' as const, inject }]],
    })),
  )
}

const isSized = ({ clients, failures }: ScopeSize): boolean => clients !== undefined || failures !== undefined

/** So many clients who await once each, and so many failures before a success. */
const sized = ({ clients = 3, failures = 0 }: ScopeSize): Scenario => ({
  factory: [...Array.from({ length: failures }, () => fails), fulfils],
  clients: Array.from({ length: clients }, () => awaits),
})

export const kinds: Readonly<Record<string, Kind<LazyAdapter, LazyPolicy>>> = {
  concurrent: kind({
    weight: 4,
    arbitrary: ({ policy }) => scenario(policy.source),
    drive,
    scope: ({ policy }, size) =>
      isSized(size)
        ? [sized(size)]
        : [
            { factory: [fulfils], clients: [awaits, awaits, awaits] },
            { factory: [fails, fulfils], clients: [[...awaits, ...awaits], awaits] },
            ...joining(policy),
          ],
  }),
  reset: kind({
    weight: 3,
    appliesWhen: ({ traits }) => traits.reset || 'the subject has no `reset`',
    arbitrary: ({ policy }) => scenarioWithResets(policy.source),
    drive,
    scope: (_, size) =>
      isSized(size)
        ? []
        : [
            { factory: [fulfils], clients: [awaits, [forget, ...awaits]] },
            { factory: [fails, fulfils], clients: [awaits, [forget, ...awaits, ...awaits]] },
          ],
  }),
  reentrant: kind({
    weight: 0.2,
    arbitrary: () => record({ depth: nat(2) }),
    drive: driveReentry,
  }),
}

/** Which optional members the subject has. */
export function examine(world: World<LazyPolicy>, adapter: LazyAdapter): Record<string, boolean> {
  const handle = open(world, adapter, world.source('factory', [fulfils]))
  return { reset: typeof handle.reset === 'function' }
}

/** A live lazy value whose awaits are recorded; it is read by `get`, and awaited where it could be awaited before. */
export function observe(
  recorder: Recorder,
  adapter: LazyAdapter,
  factory: () => PromiseLike<unknown>,
): LazyHandle<unknown> & Partial<PromiseLike<unknown>> {
  const made = adapter.create(recorder.source('factory', factory))
  const { get: read, reset } = made as Partial<LazyHandle<unknown>>
  recorder.traits = { reset: typeof reset === 'function' }
  const ask = () => (read ? read.call(made) : (made as PromiseLike<unknown>))
  const get = () => recorder.call({ op: 'await', detail: { from: 'factory' } }, ask)
  return {
    get,
    ...(isThenable(made) ? { then: (...handlers) => get().then(...handlers) } : {}),
    ...(reset ? { reset: () => recorder.call({ op: 'reset' }, () => reset.call(made)) } : {}),
  }
}
