import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  type Kind,
  kind,
  nat,
  oneof,
  option,
  record,
  type Traits,
  valueName,
  type World,
} from '../../src/core/index.js'
import type { OffloadAdapter, OffloadPolicy } from './contract.js'
import { INPUTS, REASON_NAMES } from './inputs.js'
import { type Order, UNSENDABLE } from './job.js'
import { type CallMove, type Move, Play } from './play.js'
import { openPools } from './pools.js'

type Offloading = World<OffloadPolicy>

const call = (order: Order, more: Partial<CallMove> = {}): CallMove => ({ do: 'call', ...order, ...more })
const echo = call({ op: 'echo' })
const spin = call({ op: 'spin' })
const open = (index: number): Move => ({ do: 'open', call: index })
const rest: Move = { do: 'rest' }

/** Plays moves on pools with so many threads each, and sees to it that nothing outlives the run. */
function drive(
  world: Offloading,
  adapter: OffloadAdapter,
  threads: readonly number[],
  moves: readonly Move[],
): void {
  openPools(world, adapter, threads, (pools) => {
    const run = new Play(world, pools)
    world.atEnd(() => {
      run.openAll()
      // Only a run that was cut short has left any.
      for (const { destroyed, handle } of pools) if (!destroyed) handle.destroy?.()
    })
    run.play(moves)
  })
}

/** One call after the other. */
interface Values {
  readonly calls: readonly Order[]
}

const given = (op: Order['op'], names: readonly string[]): Arbitrary<Order> =>
  record({ op: constant(op), input: constantFrom(...names), signal: constantFrom(false, false, true) })

const order: Arbitrary<Order> = oneof(
  { weight: 4, arbitrary: given('echo', INPUTS) },
  { weight: 3, arbitrary: given('throwReason', REASON_NAMES) },
  { weight: 3, arbitrary: given('rejectReason', REASON_NAMES) },
)

/** Work among which is some that gives, gets or throws what cannot be sent. */
const unsendable: Arbitrary<Order> = oneof(
  { weight: 2, arbitrary: given('unclonable', ['undefined', "'reason'"]) },
  { weight: 1, arbitrary: given('echo', [UNSENDABLE]) },
  { weight: 2, arbitrary: given('echo', ['fresh']) },
)

const tour: Values = {
  calls: [
    ...['fresh', 'undefined', 'null', '0', "''", "new Map([['k', new Set([1])]])"].map(
      (input) => ({ op: 'echo', input }) as const,
    ),
    ...['null', 'undefined', "new RangeError('too far')"].flatMap((input) => [
      { op: 'throwReason', input } as const,
      { op: 'rejectReason', input, signal: true } as const,
    ]),
  ],
}

const unsendableTour: Values = {
  calls: [
    { op: 'echo', input: UNSENDABLE },
    { op: 'unclonable', input: 'undefined' },
    { op: 'unclonable', input: "'reason'" },
    { op: 'echo', input: 'fresh' },
  ],
}

/** A worker that exits, with calls that wait behind it. */
interface Exit {
  readonly code: number
  readonly queued: number
}

const exitMoves = ({ code, queued }: Exit): Move[] => [
  call({ op: 'exit', input: String(code) }, { hurry: true }),
  ...Array.from({ length: queued }, () => ({ ...echo, hurry: true })),
  rest,
  echo,
]

/** More work than threads, let go in some order. */
interface Crowd {
  readonly threads: number
  readonly more: number
  /** Which of those that are left to let go next. */
  readonly order: readonly number[]
}

function crowdMoves({ threads, more, order }: Crowd): Move[] {
  const left = Array.from({ length: threads + more }, (_, index) => index + 1)
  const calls = left.map(() => spin)
  const opens = calls.map((_, index) => open(left.splice((order[index] ?? 0) % left.length, 1)[0]!))
  return [...calls, { do: 'look' }, ...opens, rest]
}

/** Aborts of work that runs, that waits for a thread, and that was never to begin: each by the reason given. */
interface Aborts {
  readonly running: string | null
  readonly queued: string | null
  readonly before: string | null
  /** Whether what runs blocks its thread. */
  readonly blocks: boolean
  /** Whether one more call waits, which nobody aborts. */
  readonly behind: boolean
}

function abortMoves({ running, queued, before, blocks, behind }: Aborts): Move[] {
  // Work that never ends has to be aborted, or nothing else gets its thread.
  const moves: Move[] = [call({ op: blocks || running === null ? 'spin' : 'never', signal: true })]
  const calls = () => moves.filter((move) => move.do === 'call').length
  if (queued !== null) moves.push({ ...spin, signal: true })
  const aborted = calls()
  if (behind) moves.push({ ...echo, hurry: true })
  if (queued !== null) moves.push({ do: 'abort', call: aborted, reason: queued })
  if (before !== null) moves.push({ ...spin, signal: true, aborted: before })
  if (running !== null) moves.push({ do: 'abort', call: 1, reason: running })
  // What was aborted must not go on, although it may.
  for (let index = 1, count = calls(); index <= count; index++) moves.push(open(index))
  return [...moves, rest, echo]
}

/** A pool that is destroyed with work in flight, and used again. */
interface Ending {
  readonly inFlight: number
  readonly again: 'no' | 'at once' | 'later'
  readonly late: boolean
}

function endingMoves({ inFlight, again, late }: Ending, { destroy }: OffloadPolicy): Move[] {
  const calls = Array.from({ length: inFlight }, () => spin)
  const moves: Move[] = [...calls, { do: 'destroy', twice: again === 'at once' }]
  // What is in flight may finish only if somebody lets it.
  if (destroy === 'finish') moves.push(...calls.map((_, index) => open(index + 1)), rest)
  if (late) moves.push(echo)
  if (again === 'later') moves.push({ do: 'destroy' })
  return moves
}

/** Two pools, of which one is blocked and perhaps destroyed. */
interface Apart {
  readonly destroys: boolean
}

const apartMoves = ({ destroys }: Apart): Move[] => [
  spin,
  { ...echo, pool: 1 },
  open(1),
  ...(destroys ? [{ do: 'destroy' } as const] : []),
  { ...echo, pool: 1 },
]

const reason = (): Arbitrary<string | null> =>
  option(valueName().map((name) => (name === 'undefined' ? 'fresh' : name)))

export const kinds: Readonly<Record<string, Kind<OffloadAdapter, OffloadPolicy>>> = {
  values: kind<OffloadAdapter, OffloadPolicy, Values>({
    arbitrary: () => record({ calls: array(order, { minLength: 1, maxLength: 24 }) }),
    scope: () => [{ calls: [{ op: 'throwReason', input: 'null' }] }, tour],
    drive: (world, adapter, { calls }) =>
      drive(
        world,
        adapter,
        [1],
        calls.map((one) => call(one)),
      ),
  }),
  unsendable: kind<OffloadAdapter, OffloadPolicy, Values>({
    arbitrary: () => record({ calls: array(unsendable, { minLength: 1, maxLength: 8 }) }),
    scope: () => [unsendableTour],
    drive: (world, adapter, { calls }) =>
      drive(
        world,
        adapter,
        [1],
        calls.map((one) => call(one)),
      ),
  }),
  exit: kind<OffloadAdapter, OffloadPolicy, Exit>({
    arbitrary: () => record({ code: constantFrom(0, 1), queued: nat(2) }),
    scope: () => [
      { code: 1, queued: 0 },
      { code: 0, queued: 1 },
    ],
    drive: (world, adapter, scenario) => drive(world, adapter, [1], exitMoves(scenario)),
  }),
  crowd: kind<OffloadAdapter, OffloadPolicy, Crowd>({
    arbitrary: () =>
      record({
        threads: integer({ min: 1, max: 3 }),
        more: nat(2),
        order: array(nat(4), { maxLength: 5 }),
      }),
    scope: () => [{ threads: 2, more: 1, order: [] }],
    drive: (world, adapter, scenario) => drive(world, adapter, [scenario.threads], crowdMoves(scenario)),
  }),
  abort: kind<OffloadAdapter, OffloadPolicy, Aborts>({
    appliesWhen: ({ policy }) =>
      policy.abort !== 'unsupported' || 'aborting is not supported (`abort: unsupported`)',
    arbitrary: () =>
      record({ running: reason(), queued: reason(), before: reason(), blocks: boolean(), behind: boolean() }),
    scope: () => [
      { running: null, queued: 'fresh', before: null, blocks: true, behind: false },
      { running: null, queued: null, before: 'fresh', blocks: true, behind: false },
      { running: 'fresh', queued: null, before: null, blocks: true, behind: true },
    ],
    drive: (world, adapter, scenario) => drive(world, adapter, [1], abortMoves(scenario)),
  }),
  destroy: kind<OffloadAdapter, OffloadPolicy, Ending>({
    appliesWhen: ({ traits }) => traits.destroy || 'the subject has no `destroy`',
    arbitrary: () =>
      record({
        inFlight: nat(3),
        again: constantFrom('no', 'at once', 'later'),
        late: boolean(),
      }),
    scope: () => [
      { inFlight: 2, again: 'later', late: true },
      { inFlight: 1, again: 'at once', late: false },
    ],
    drive: (world, adapter, scenario) =>
      drive(world, adapter, [1], endingMoves(scenario, world.context.policy)),
  }),
  apart: kind<OffloadAdapter, OffloadPolicy, Apart>({
    weight: 0.5,
    arbitrary: ({ traits }) => record({ destroys: traits.destroy ? boolean() : constant(false) }),
    scope: ({ traits }) => [{ destroys: traits.destroy === true }],
    drive: (world, adapter, scenario) => drive(world, adapter, [1, 1], apartMoves(scenario)),
  }),
}

/** Which optional members the subject has. */
export function examine(world: Offloading, adapter: OffloadAdapter): Traits | PromiseLike<Traits> {
  return openPools(world, adapter, [1], ([pool]) => {
    const { handle } = pool!
    world.disposed = typeof handle.destroy === 'function'
    world.atEnd(() => handle.destroy?.())
    return { destroy: typeof handle.destroy === 'function' }
  })
}
