import {
  type Arbitrary,
  array,
  boolean,
  type Context,
  constant,
  constantFrom,
  FRESH,
  type Kind,
  kind,
  oneof,
  record,
  type SourceCall,
  sourceCall,
  tuple,
  valueName,
} from '../../src/core/index.js'
import type { CallAdapter, CallPolicy } from './contract.js'
import { type Abort, drive, type Move, type Scenario } from './play.js'
import * as waiting from './waiting.js'

type CallContext = Context<CallPolicy>

/** What is wrapped waits for so long. */
const WAIT_MS = 100
/** Gaps between calls: none, some well within the wait, one well beyond it. */
const GAPS_MS = [0, 0, 40, 70, 250]
/** When the function is done: as soon as may be, well before the wait is over, and well after. */
const LASTS_MS = [0, 0, 40, 160]

const some = <T>(one: Arbitrary<T>, max: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: max - 1 })).map(([first, rest]) => [first, ...rest])

const move: Arbitrary<Move> = record({
  gapMs: constantFrom(...GAPS_MS),
  inject: constantFrom(0, 0, 0, 1, 2),
})

const plan = ({ policy }: CallContext, lastsMs: readonly number[]): Arbitrary<SourceCall> =>
  record({ call: sourceCall(policy.source), afterMs: constantFrom(...lastsMs) }).map(({ call, afterMs }) =>
    afterMs > 0 ? { ...call, afterMs } : call,
  )

const abort: Arbitrary<Abort> = record({
  atMs: constantFrom(0, 0, 40, 120),
  inject: constantFrom(0, 0, 1, 2, 3),
  reason: valueName(),
})

const scenario = (
  context: CallContext,
  abort: Arbitrary<Abort | null>,
  signal: boolean,
  lastsMs = LASTS_MS,
): Arbitrary<Scenario> =>
  record({
    waitMs: constant(WAIT_MS),
    moves: some(move, 5),
    plans: some(plan(context, lastsMs), 3),
    abort,
    signal: constant(signal),
  })

const wraps = ({ traits }: CallContext): true | string =>
  !traits.event || 'the subject waits for an event, and wraps no function'

const aborts = (context: CallContext): true | string =>
  context.policy.abort === 'unsupported'
    ? 'the subject takes no signal (`abort: unsupported`)'
    : wraps(context)

const plain = (gaps: readonly number[], plans: readonly SourceCall[]): Scenario => ({
  waitMs: WAIT_MS,
  moves: gaps.map((gapMs) => ({ gapMs, inject: 0 })),
  plans,
  abort: null,
  signal: false,
})

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }
const fails: SourceCall = { give: 'promise', outcome: 'reject', value: FRESH }

/** So many calls at once, and so many runs that fail before one succeeds. */
const sized = (clients = 3, failures = 0): Scenario =>
  plain(
    Array.from({ length: clients }, () => 0),
    [...Array.from({ length: failures }, () => fails), fulfils],
  )

const emission: Arbitrary<waiting.Emission> = record({
  event: constantFrom<waiting.EventName>(waiting.DONE, waiting.DONE, 'other', 'error'),
  dueMs: constantFrom(0, 0, 50, 150),
  inject: constantFrom(0, 0, 1, 2, 3),
  value: valueName(),
})

const waitAbort: Arbitrary<waiting.Abort> = record({
  when: constantFrom<waiting.Abort['when']>(0, 'before', 'never', 50),
  inject: constantFrom(0, 1, 2),
  reason: valueName(),
})

const wait = ({ policy }: CallContext): Arbitrary<waiting.Wait> =>
  record({
    dueMs: constantFrom(0, 0, 50),
    abort:
      policy.abort === 'unsupported'
        ? constant(null)
        : oneof({ withCrossShrink: true }, constant(null), waitAbort),
    timed: policy.timeout === 'unsupported' ? constant(false) : boolean(),
  })

/** A date as programs know it: what only goes wrong at the epoch itself concerns no caller. */
const EPOCH_MS = Date.UTC(2030, 0, 1)
const epochMs = () => EPOCH_MS

export const kinds: Readonly<Record<string, Kind<CallAdapter, CallPolicy>>> = {
  calls: kind({
    weight: 4,
    appliesWhen: wraps,
    arbitrary: (context) => scenario(context, constant(null), false),
    drive,
    scope: (_, { clients, failures }) =>
      clients !== undefined || failures !== undefined
        ? [sized(clients, failures)]
        : [
            plain([0, 40], [fulfils]),
            plain([0, 0, 250], [fails, fulfils]),
            plain([0, 250], [{ ...fulfils, afterMs: 160 }]),
          ],
    epochMs,
  }),
  /** Functions that take no time of their own, so that who waits for the one before has not to. */
  'swift calls': kind({
    weight: 3,
    appliesWhen: wraps,
    arbitrary: (context) => scenario(context, constant(null), false, [0]),
    drive,
    epochMs,
  }),
  aborted: kind({
    weight: 3,
    appliesWhen: aborts,
    arbitrary: (context) => scenario(context, oneof({ withCrossShrink: true }, constant(null), abort), true),
    drive,
    scope: () => [
      { ...plain([0], [{ ...fulfils, afterMs: 40 }]), signal: true },
      {
        ...plain([0, 0], [{ ...fulfils, afterMs: 160 }]),
        signal: true,
        abort: { atMs: 40, inject: 0, reason: FRESH },
      },
    ],
    epochMs,
  }),
  events: kind({
    weight: 4,
    appliesWhen: ({ traits }) => traits.event || 'the subject wraps a function, and waits for no event',
    arbitrary: (context): Arbitrary<waiting.Scenario> =>
      record({ waits: some(wait(context), 3), emissions: array(emission, { maxLength: 4 }) }),
    drive: waiting.drive,
    epochMs,
  }),
}
