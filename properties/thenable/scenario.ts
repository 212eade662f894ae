import {
  type Arbitrary,
  array,
  boolean,
  type Context,
  constant,
  constantFrom,
  type Kind,
  kind,
  oneof,
  record,
  tuple,
  valueName,
} from '../../src/core/index.js'
import type { ThenableAdapter, ThenablePolicy } from './contract.js'
import { play } from './play.js'
import { type Temper, temper } from './temper.js'

/** What a promise is resolved with, and what a handler may return. */
export type Resolution =
  | { readonly kind: 'value'; readonly name: string }
  | Temper
  /** Another promise of the same implementation, which operations on `other` settle. */
  | { readonly kind: 'other' }
  /** The promise that is being resolved. */
  | { readonly kind: 'itself' }
  /** A primitive, while its prototype has a `then`. */
  | { readonly kind: 'patched primitive' }

/** A handler: what it replies, and whether it subscribes once more from inside. */
export interface Handler {
  readonly replies: 'return' | 'throw'
  readonly with: Resolution
  readonly subscribes: boolean
}

/** An argument of `then`: a handler, or something that is none. */
export type HandlerSlot = Handler | 'undefined' | 'null' | 'not callable'

/** An operation on the promise under test, or on the other one. */
export type Operation =
  | { readonly op: 'resolve'; readonly on: 'd' | 'other'; readonly with: Resolution }
  | { readonly op: 'reject'; readonly on: 'd' | 'other'; readonly name: string }
  | { readonly op: 'then'; readonly onFulfilled: HandlerSlot; readonly onRejected: HandlerSlot }

/** A program: turns of operations, each turn synchronous, between them everything comes to rest. */
export interface Program {
  readonly turns: readonly (readonly Operation[])[]
  /** How many microtasks into the turn before it each turn runs; 0 is when everything has come to rest. */
  readonly inject: number
  /** Subscribes once more, a long time after everything. */
  readonly longAfter: boolean
  /** Make the promise by `resolved` or `rejected`, where the subject has them and the program begins that way. */
  readonly shortcut: boolean
}

/** The handler that only listens. */
export const LISTENS: Handler = {
  replies: 'return',
  with: { kind: 'value', name: 'fresh' },
  subscribes: false,
}

const LISTEN: Operation = { op: 'then', onFulfilled: LISTENS, onRejected: LISTENS }

const value: Arbitrary<Resolution> = valueName().map((name) => ({ kind: 'value', name }))

const rarely = constantFrom(false, false, false, true)

const oftenFirst = <T>(common: Arbitrary<T>, often: number, rare: Arbitrary<T>): Arbitrary<T> =>
  oneof({ withCrossShrink: true }, { weight: often, arbitrary: common }, { weight: 1, arbitrary: rare })

const patched: Arbitrary<Resolution> = constant({ kind: 'patched primitive' })
const other: Arbitrary<Resolution> = constant({ kind: 'other' })
const itself: Arbitrary<Resolution> = constant({ kind: 'itself' })

const plain = oftenFirst(value, 4, patched)

/** A handler with a reply; what is thrown is never adopted, so that a value or a thenable says all there is to say. */
const handler = (
  how: readonly Handler['replies'][],
  replies: Arbitrary<Resolution>,
): Arbitrary<HandlerSlot> =>
  record({
    replies: constantFrom(...how),
    with: replies,
    subscribes: rarely,
  }).map((drawn) =>
    drawn.replies === 'return' || drawn.with.kind === 'value' || drawn.with.kind === 'thenable'
      ? drawn
      : { ...drawn, with: { kind: 'value', name: 'fresh' } },
  )

const slot: Arbitrary<HandlerSlot> = oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: constant(LISTENS) },
  { weight: 3, arbitrary: handler(['return', 'return', 'throw'], value) },
  { weight: 2, arbitrary: constantFrom<HandlerSlot[]>('undefined', 'null', 'not callable') },
)

const then: Arbitrary<Operation> = record({ op: constant('then'), onFulfilled: slot, onRejected: slot })

/** A `then` whose handlers reply alike, so that the reply counts however the promise is settled. */
const thenReplying = (replies: Arbitrary<Resolution>): Arbitrary<Operation> =>
  handler(['return', 'return', 'return', 'return', 'throw'], replies).map((both) => ({
    op: 'then',
    onFulfilled: both,
    onRejected: both,
  }))

const resolve = (on: 'd' | 'other', resolutions: Arbitrary<Resolution>): Arbitrary<Operation> =>
  resolutions.map((resolution) => ({ op: 'resolve', on, with: resolution }))

const reject = (on: 'd' | 'other'): Arbitrary<Operation> =>
  valueName().map((name) => ({ op: 'reject', on, name }))

const settle = (on: 'd' | 'other', resolutions: Arbitrary<Resolution> = plain): Arbitrary<Operation> =>
  oneof({ withCrossShrink: true }, resolve(on, resolutions), reject(on))

type Operations = Arbitrary<readonly Operation[]>

const upTo = (maxLength: number, operation: Arbitrary<Operation>): Operations =>
  array(operation, { maxLength })

const one = (operation: Arbitrary<Operation>): Operations => operation.map((drawn) => [drawn])

/** A program of some stretches in a row; there is always somebody who subscribes. */
const program = (
  { traits }: Context<ThenablePolicy>,
  ...stretches: readonly Operations[]
): Arbitrary<Program> =>
  record({
    stretches: tuple(...stretches),
    cuts: array(boolean(), { minLength: MOST_CUTS, maxLength: MOST_CUTS }),
    inject: constantFrom(0, 0, 0, 1, 2, 3),
    longAfter: rarely,
    shortcut: traits.shortcut ? rarely : constant(false),
  }).map(({ stretches: drawn, cuts, ...rest }) => {
    const operations = drawn.flat()
    const heard = operations.some(({ op }) => op === 'then')
    return { turns: turnsOf(heard ? operations : [...operations, LISTEN], cuts), ...rest }
  })

const MOST_CUTS = 4

/** Cuts a program into turns: a new one begins after each operation for which there is a cut. */
function turnsOf(
  operations: readonly Operation[],
  cuts: readonly boolean[],
): readonly (readonly Operation[])[] {
  const turns: Operation[][] = [[]]
  for (const [index, operation] of operations.entries()) {
    turns.at(-1)!.push(operation)
    if (index < operations.length - 1 && cuts[index]) turns.push([])
  }
  return turns
}

const nothing: Operations = constant([])

/** Locked in to the other promise, which is settled before, after or not at all. */
const locking = (context: Context<ThenablePolicy>): Arbitrary<Program> => {
  const lockIn = oftenFirst(one(resolve('d', other)), 3, one(resolve('d', itself)))
  const settleOther = one(settle('other', oftenFirst(value, 4, temper)))
  const tooLate = oftenFirst(nothing, 2, one(settle('d')))
  return oneof(
    { withCrossShrink: true },
    {
      weight: 3,
      arbitrary: program(context, upTo(1, then), lockIn, tooLate, upTo(1, then), settleOther, upTo(1, then)),
    },
    { weight: 1, arbitrary: program(context, upTo(1, then), lockIn, tooLate, upTo(1, then)) },
    { weight: 1, arbitrary: program(context, upTo(1, then), settleOther, lockIn, upTo(2, then)) },
  )
}

/** Two promises of the implementation that wait for one another, around a ring of a given length. */
const cycle = (): Arbitrary<{ readonly length: number }> => record({ length: constantFrom(2, 2, 2, 3, 4) })

export const kinds: Readonly<Record<string, Kind<ThenableAdapter, ThenablePolicy>>> = {
  settling: kind({
    weight: 4,
    arbitrary: (context) =>
      program(context, upTo(3, then), one(settle('d')), upTo(2, oftenFirst(then, 4, settle('d')))),
    drive: play,
  }),
  adopting: kind({
    weight: 5,
    arbitrary: (context) =>
      program(context, upTo(1, then), one(resolve('d', temper)), upTo(2, oftenFirst(then, 6, settle('d')))),
    drive: play,
  }),
  locking: kind({ weight: 4, arbitrary: locking, drive: play }),
  chaining: kind({
    weight: 5,
    arbitrary: (context) => {
      const replies = oneof(
        { withCrossShrink: true },
        { weight: 1, arbitrary: value },
        { weight: 8, arbitrary: temper },
        { weight: 3, arbitrary: other },
        { weight: 4, arbitrary: itself },
      )
      const replying = array(thenReplying(replies), { minLength: 1, maxLength: 2 })
      return oneof(
        { withCrossShrink: true },
        { weight: 1, arbitrary: program(context, one(settle('d', value)), replying) },
        { weight: 1, arbitrary: program(context, one(settle('d', value)), replying, one(settle('other'))) },
        { weight: 1, arbitrary: program(context, replying, one(settle('d', value))) },
      )
    },
    drive: play,
  }),
  cycling: kind({
    apart: true,
    arbitrary: cycle,
    drive: (world, adapter, { length }) => cyclic(world, adapter, length),
  }),
}

type Drive = Parameters<typeof play>

function cyclic(world: Drive[0], adapter: ThenableAdapter, length: number): void {
  const ring = Array.from({ length }, () => adapter.deferred())
  const made = `(given.ring = [${ring.map(() => 'adapter.deferred()').join(', ')}])`
  const steps = ring.map(({ resolve }, index) => ({
    op: 'resolve',
    run: () => resolve(ring[(index + 1) % length]!.promise),
    answers: 'value' as const,
    detail: { on: `ring${index}`, ref: `ring${(index + 1) % length}`, ring: true },
    code: `${index === 0 ? made : 'given.ring'}[${index}].resolve(given.ring[${(index + 1) % length}].promise)`,
  }))
  const run = () => ring[0]!.promise.then((v) => v)
  const code = 'given.ring[0].promise.then((v) => v)'
  world.client('A', [...steps, { op: 'then', run, owed: false, detail: { on: 'ring0' }, code }])
}
