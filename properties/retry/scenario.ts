import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  type Kind,
  kind,
  oneof,
  record,
  type SourceCall,
  sourceCall,
  tuple,
  valueName,
  type World,
} from '../../src/core/index.js'
import type { RetryAdapter, RetryPolicy } from './contract.js'
import { type Abort, type Asked, drive, type Predicate, type Scenario } from './play.js'

/** Reasons for a subject that takes nothing but errors. */
const ERRORS = ['fresh', "new Error('kept')"] as const

/** How long an attempt takes. */
const lastingMs = (...ms: readonly number[]): Arbitrary<number> => constantFrom(0, ...ms)

const lasting = (plan: Arbitrary<SourceCall>, ms: Arbitrary<number>): Arbitrary<SourceCall> =>
  tuple(plan, ms).map(([one, afterMs]) => (afterMs > 0 ? { ...one, afterMs } : one))

/** How an attempt fails, within what the subject documents. */
function failure({ source, reasons, error }: RetryPolicy): Arbitrary<SourceCall> {
  const plan = sourceCall(source, { outcome: 'reject' })
  // Which reason is the most frequent shows only where one comes twice.
  if (reasons === 'any' && error !== 'most-frequent') return plan
  const value = reasons === 'errors' ? constantFrom(...ERRORS) : oneof(constantFrom(...ERRORS), valueName())
  return tuple(plan, value).map(([one, name]) => ({ ...one, value: name }))
}

/** Attempts that fail. Where a throw is let through, only the first of all can throw at its caller. */
const failures = (policy: RetryPolicy, ms: Arbitrary<number>, max: number): Arbitrary<SourceCall[]> =>
  array(lasting(failure(policy), ms), { maxLength: max }).map((plans) =>
    plans.map((plan, index) =>
      policy.syncThrow === 'throw' && index > 0 && plan.give === 'throw'
        ? { ...plan, give: 'promise' }
        : plan,
    ),
  )

interface Wish {
  readonly asked?: Arbitrary<Asked>
  readonly ms?: Arbitrary<number>
  readonly failures?: number
}

const some = constantFrom<Asked[]>('2', '1', '3', '4')

/** What every kind of scenario has. */
const base = (
  policy: RetryPolicy,
  { asked = some, ms = lastingMs(0, 20, 50), failures: max = 4 }: Wish = {},
) =>
  record({
    asked,
    baseMs: constantFrom(20, 20, 10, 50, 1, 0),
    factor: constantFrom(2, 2, 1, 3, 1.5),
    cap: constantFrom(1000, 1000, 2, 1, 5),
    failures: failures(policy, ms, max),
    success: lasting(sourceCall(policy.source, { outcome: 'fulfil' }), ms),
    looksLater: boolean(),
  })

const predicate = ({ shouldRetry }: RetryPolicy): Arbitrary<Predicate | undefined> =>
  shouldRetry === 'unsupported'
    ? constant(undefined)
    : oneof(
        { withCrossShrink: true },
        { weight: 3, arbitrary: constant(undefined) },
        {
          weight: 2,
          arbitrary: record({
            attempt: integer({ min: 1, max: 3 }),
            answer: constantFrom('no' as const, 'no' as const, 'throws' as const),
          }),
        },
      )

/** Beforehand, or some time after an attempt began: while it lasts, or in the wait behind it. */
const abort = (): Arbitrary<Abort> =>
  record({
    attempt: constantFrom(1, 1, 1, 2, 2, 3, 0),
    afterMs: constantFrom(0, 10, 10, 20, 30, 60),
    inject: constantFrom(0, 0, 0, 1, 2, 3),
    // `null` has a law of its own.
    reason: oneof(
      { withCrossShrink: true },
      { weight: 4, arbitrary: valueName() },
      { weight: 1, arbitrary: constant('null') },
    ),
  })

const again = ({ again: declared }: RetryPolicy): Arbitrary<Scenario['again']> =>
  declared === 'rerun' ? constant('later') : constantFrom('later', 'meanwhile')

const extended = <T extends object>(
  scenario: Arbitrary<Scenario>,
  more: Arbitrary<T>,
): Arbitrary<Scenario & T> => tuple(scenario, more).map(([one, two]) => ({ ...one, ...two }))

const noAbort = 'declared `abort: unsupported`'
const noTimeout = 'declared `timeout: unsupported`'

const play = (world: World<RetryPolicy>, adapter: RetryAdapter, scenario: Scenario): void =>
  drive(world, adapter, scenario)

const fails: SourceCall = { give: 'promise', outcome: 'reject', value: 'fresh' }
const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const small: Scenario = {
  asked: '2',
  baseMs: 20,
  factor: 2,
  cap: 1000,
  failures: [fails, fails],
  success: fulfils,
  looksLater: false,
}
const stop: Abort = { attempt: 1, afterMs: 10, inject: 0, reason: 'fresh' }

export const kinds: Readonly<Record<string, Kind<RetryAdapter, RetryPolicy>>> = {
  runs: kind({
    weight: 4,
    arbitrary: ({ policy }) => extended(base(policy), record({ predicate: predicate(policy) })),
    drive: play,
    scope: () => [small, { ...small, failures: [fails] }],
  }),
  aborted: kind({
    weight: 4,
    appliesWhen: ({ policy }) => policy.abort !== 'unsupported' || noAbort,
    arbitrary: ({ policy }) => extended(base(policy), record({ abort: abort() })),
    drive: play,
    scope: () => [
      { ...small, abort: stop },
      { ...small, abort: { ...stop, attempt: 0 } },
      { ...small, failures: [{ ...fails, afterMs: 20 }], abort: stop },
    ],
  }),
  timed: kind({
    weight: 3,
    appliesWhen: ({ policy }) => policy.timeout !== 'unsupported' || noTimeout,
    arbitrary: ({ policy }) =>
      extended(
        base(policy, { ms: lastingMs(20, 50, 150) }),
        record({ timeoutMs: constantFrom(30, 30, 100, 10) }),
      ),
    drive: play,
  }),
  numbers: kind({
    weight: 0.5,
    arbitrary: ({ policy }) =>
      base(policy, { asked: constantFrom<Asked[]>('0', '0', '-1', 'NaN'), failures: 2 }),
    drive: play,
  }),
  awaitedAgain: kind({
    weight: 1,
    arbitrary: ({ policy }) => extended(base(policy, { failures: 2 }), record({ again: again(policy) })),
    drive: play,
  }),
  beside: kind({
    weight: 1,
    arbitrary: ({ policy }) =>
      extended(base(policy, { failures: 2 }), record({ beside: failures(policy, lastingMs(0, 20), 2) })),
    drive: play,
  }),
}

/** Which optional members the adapter has. */
export const examine = (_: World<RetryPolicy>, adapter: RetryAdapter): Record<string, boolean> => ({
  schedule: typeof adapter.schedule === 'function',
})
