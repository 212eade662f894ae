import {
  type Arbitrary,
  array,
  boolean,
  type Context,
  constant,
  constantFrom,
  FRESH,
  integer,
  type Kind,
  kind,
  nat,
  oneof,
  record,
  type ScopeSize,
  type SourceCall,
  sourceCall,
  tuple,
  valueName,
} from '../../src/core/index.js'
import type { LockAdapter, LockPolicy } from './contract.js'
import { type Abort, drive, type Scenario, type Turn } from './play.js'

type LockContext = Context<LockPolicy>

/** What sets the turns of one kind of scenario apart from those of another. */
interface Draws {
  readonly ops: readonly Turn['op'][]
  readonly extra: Arbitrary<number>
  readonly abort: Arbitrary<Abort | null>
  readonly holdMs: Arbitrary<number>
}

/** The time-outs are this long, and holds last for less, and for more. */
const TIMEOUT_MS = 50
const LONG_MS = 100

const opsOf = ({ traits }: LockContext): readonly Turn['op'][] => [
  ...(traits.acquire ? (['acquire'] as const) : []),
  ...(traits.run ? (['run'] as const) : []),
]

const plain = (context: LockContext): Draws => ({
  ops: opsOf(context),
  extra: constant(0),
  abort: constant(null),
  holdMs: constantFrom(0, 0, 0, LONG_MS),
})

const turn = ({ policy }: LockContext, { ops, extra, abort, holdMs }: Draws): Arbitrary<Turn> =>
  record({
    op: constantFrom(...ops),
    inject: constantFrom(0, 0, 0, 1, 2, 3),
    holdMs,
    work: sourceCall(policy.source),
    extra,
    atOnce: boolean(),
    abort,
  }).map((drawn) => ({ ...drawn, abort: drawn.op === 'acquire' ? drawn.abort : null }))

/** Up to `max` of something, and one at least. The first is apart, so that shrinking can drop all others at once. */
const some = <T>(one: Arbitrary<T>, max: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: max - 1 })).map(([first, rest]) => [first, ...rest])

const scenario = (
  context: LockContext,
  draws: Draws,
  { clients, turns, timeoutMs = null }: { clients: number; turns: number; timeoutMs?: number | null },
): Arbitrary<Scenario> =>
  record({
    permits: integer({ min: 1, max: Math.min(3, context.policy.maxPermits) }),
    timeoutMs: constant(timeoutMs),
    clients: some(some(turn(context, draws), turns), clients),
  })

/** Mostly in the very moment at which a permit may be on its way. */
const abort: Arbitrary<Abort | null> = oneof(
  { withCrossShrink: true },
  constant(null),
  record({
    when: constantFrom<Abort['when']>(0, 0, 'before', 'never', LONG_MS / 2),
    inject: constantFrom(0, 1, 2, 3, 4),
    reason: valueName(),
  }),
)

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }
const once = (op: Turn['op'], more: Partial<Turn> = {}): Turn => ({
  op,
  inject: 0,
  holdMs: 0,
  work: fulfils,
  extra: 0,
  atOnce: false,
  abort: null,
  ...more,
})

/** One turn for each of these clients, of a lock with one permit. */
const inTurn = (...turns: readonly Turn[]): Scenario => ({
  permits: 1,
  timeoutMs: null,
  clients: turns.map((each) => [each]),
})

const fails: SourceCall = { give: 'promise', outcome: 'reject', value: FRESH }
const throws: SourceCall = { give: 'throw', outcome: 'reject', value: FRESH }

/** So many clients of one turn each, the work of so many of whom fails first. */
const sized = (context: LockContext, { clients = 3, failures = 0 }: ScopeSize): Scenario => {
  const [op = 'run'] = opsOf(context).toReversed()
  return inTurn(...Array.from({ length: clients }, (_, n) => once(op, n < failures ? { work: fails } : {})))
}

const isSized = ({ clients, failures }: ScopeSize): boolean => clients !== undefined || failures !== undefined

const contended = ({ traits, policy }: LockContext): readonly Scenario[] => [
  ...(traits.acquire ? [inTurn(once('acquire'), once('acquire'), once('acquire'))] : []),
  ...(traits.run
    ? [fails, throws].map((work) => inTurn(once('run'), once('run', { work }), once('run')))
    : []),
  ...(traits.acquire && policy.maxPermits > 1
    ? [{ ...inTurn(once('acquire'), once('acquire'), once('acquire')), permits: 2 }]
    : []),
]

/** A waiter that is aborted in the microtasks in which the permit may be on its way to it. */
const overtaken = [0, 1, 2, 3].map((inject) => {
  const abort: Abort = { when: 0, inject, reason: FRESH }
  return inTurn(once('acquire'), once('acquire', { abort }), once('acquire'))
})

export const kinds: Readonly<Record<string, Kind<LockAdapter, LockPolicy>>> = {
  contended: kind({
    weight: 4,
    arbitrary: (context) => scenario(context, plain(context), { clients: 4, turns: 3 }),
    drive,
    scope: (context, size) => (isSized(size) ? [sized(context, size)] : contended(context)),
  }),
  'over-released': kind({
    weight: 2,
    appliesWhen: ({ traits, policy }) =>
      !traits.acquire
        ? 'the subject has no `acquire`'
        : policy.overRelease !== 'unsupported' || 'to release once is up to the caller (`overRelease`)',
    arbitrary: (context) => scenario(context, { ...plain(context), extra: nat(2) }, { clients: 4, turns: 2 }),
    drive,
    scope: (_, size) =>
      isSized(size) ? [] : [inTurn(once('acquire', { extra: 1 }), once('acquire'), once('acquire'))],
  }),
  aborted: kind({
    weight: 3,
    appliesWhen: ({ traits, policy }) =>
      (traits.acquire && policy.signal === 'supported') || 'the subject takes no signal',
    arbitrary: (context) =>
      scenario(context, { ...plain(context), ops: ['acquire'], abort }, { clients: 4, turns: 2 }),
    drive,
    scope: (_, size) => (isSized(size) ? [] : overtaken),
  }),
  timed: kind({
    weight: 3,
    appliesWhen: ({ policy }) => policy.timeout !== 'unsupported' || 'the subject knows no time-out',
    arbitrary: (context) =>
      scenario(
        context,
        { ...plain(context), holdMs: constantFrom(0, TIMEOUT_MS / 2, TIMEOUT_MS - 1, 2 * LONG_MS) },
        { clients: 4, turns: 2, timeoutMs: TIMEOUT_MS },
      ),
    drive,
    scope: (context, size) =>
      (isSized(size) ? [] : opsOf(context)).map((op) => ({
        ...inTurn(once(op, { holdMs: 2 * LONG_MS }), once(op), once(op)),
        timeoutMs: TIMEOUT_MS,
      })),
  }),
}
