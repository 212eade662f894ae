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
  tuple,
  valueName,
} from '../../src/core/index.js'
import type { DelayAdapter, DelayPolicy } from './contract.js'
import {
  type AbortPlan,
  type ClientPlan,
  drive,
  driveLate,
  LONGEST_TIMER_MS,
  type Move,
  type Ms,
  type Scenario,
} from './play.js'

const shrinking = { withCrossShrink: true } as const

/** Times that any subject can take. A few come up again and again, so that there are ties. */
const ordinary: Arbitrary<Ms> = oneof(
  shrinking,
  { weight: 2, arbitrary: constantFrom<Ms>(10, 10, 0, 1, 2, 20) },
  { weight: 1, arbitrary: nat(300) },
)

const invalid: Arbitrary<Ms> = constantFrom<Ms>(-1, 'NaN', -1000, '-Infinity', -(2 ** 31))

/** Just beyond what a timer can take, and what wraps round to something short in 32 bits. */
const tooLong: Arbitrary<Ms> = constantFrom<Ms>(
  2 ** 31,
  'Infinity',
  2 ** 32,
  2 ** 32 + 10,
  2 ** 31 + 1000,
  2 ** 33,
)

const move = (ms: Arbitrary<Ms>, signal: Arbitrary<number | undefined>): Arbitrary<Move> =>
  record({ ms, value: valueName(), inject: constantFrom(0, 0, 0, 1, 2), after: boolean(), signal })

const unsignalled = constant(undefined)

/** A first one, apart from the others so that these can be dropped at once, and up to so many more. */
const some = <T>(one: Arbitrary<T>, more: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: more })).map(([first, rest]) => [first, ...rest])

const client = (one: Arbitrary<Move>, more: number): Arbitrary<ClientPlan> =>
  record({ atMs: constantFrom(0, 0, 5, 10), moves: some(one, more) })

const timed: Arbitrary<Scenario> = record({
  clients: some(client(move(ordinary, unsignalled), 2), 3),
  aborts: constant([]),
})

/** As long as one timer can take, and a day. */
const long: Arbitrary<Ms> = constantFrom<Ms>(86_400_000, LONGEST_TIMER_MS)

/** One client alone: a subject may go by many short timers, and then nobody else should have to wait for them. */
const limits: Arbitrary<Scenario> = record({
  clients: client(move(oneof(shrinking, invalid, tooLong, long, ordinary), unsignalled), 1).map((one) => [
    one,
  ]),
  aborts: constant([]),
})

const abort: Arbitrary<AbortPlan> = record({
  atMs: constantFrom(0, 5, 10, 12, 50),
  inject: constantFrom(0, 0, 0, 1, 2),
})

/** With one or two signals, each of which may abort. What is too long is tried where the subject waits for it. */
const aborted = (waits: boolean): Arbitrary<Scenario> =>
  oneof(shrinking, ...[1, 2].map((signals) => abortedBy(signals, waits)))

function abortedBy(signals: number, waits: boolean): Arbitrary<Scenario> {
  const ms = oneof(
    shrinking,
    { weight: 6, arbitrary: ordinary },
    { weight: waits ? 1 : 0, arbitrary: constantFrom<Ms>('Infinity', 2 ** 32) },
  )
  const signal = oneof({ weight: 3, arbitrary: nat(signals - 1) }, { weight: 1, arbitrary: unsignalled })
  return record({
    clients: some(client(move(ms, signal), 1), 2),
    aborts: tuple(abort, array(option(abort), { minLength: signals - 1, maxLength: signals - 1 })).map(
      ([first, rest]) => [first, ...rest],
    ),
  })
}

const one = (ms: Ms, signal?: number): ClientPlan => ({
  atMs: 0,
  moves: [{ ms, value: 'fresh', inject: 0, after: false, signal }],
})

export const kinds: Readonly<Record<string, Kind<DelayAdapter, DelayPolicy>>> = {
  timed: kind({
    weight: 4,
    arbitrary: () => timed,
    drive,
    scope: () => [
      { clients: [one(10), one(10)], aborts: [] },
      { clients: [one(0), one(10)], aborts: [] },
    ],
  }),
  limits: kind({
    weight: 2,
    arbitrary: () => limits,
    drive,
    scope: () => [
      { clients: [one(-1)], aborts: [] },
      { clients: [one(2 ** 31)], aborts: [] },
    ],
  }),
  late: kind({
    weight: 1,
    arbitrary: () =>
      record({
        ms: constantFrom(20, 0, 5, 100),
        atMs: constantFrom(0, 5),
        afterMs: constantFrom(10, 30, 200),
      }),
    drive: driveLate,
  }),
  aborted: kind({
    weight: 3,
    appliesWhen: ({ traits }) => traits.abort || 'the subject takes no signal',
    arbitrary: ({ policy }) => aborted(policy.tooLong === 'waits'),
    drive,
    scope: () => [
      { clients: [one(10, 0), one(10)], aborts: [{ atMs: 5, inject: 0 }] },
      { clients: [{ ...one(10, 0), atMs: 5 }], aborts: [{ atMs: 0, inject: 0 }] },
    ],
  }),
}
