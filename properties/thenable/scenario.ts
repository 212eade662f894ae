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
  record,
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

const value: Arbitrary<Resolution> = record({ kind: constant('value' as const), name: valueName() })

const own: Arbitrary<Resolution> = constantFrom<Resolution[]>({ kind: 'other' }, { kind: 'itself' })

const resolution = (mix: { values: number; foreign: number; own: number }): Arbitrary<Resolution> =>
  oneof(
    { withCrossShrink: true },
    { weight: 5 * mix.values, arbitrary: value },
    { weight: 5 * mix.foreign, arbitrary: temper() },
    { weight: 5 * mix.own, arbitrary: own },
    { weight: 1, arbitrary: constant<Resolution>({ kind: 'patched primitive' }) },
  )

const handler = (replies: Arbitrary<Resolution>): Arbitrary<HandlerSlot> =>
  oneof(
    { withCrossShrink: true },
    {
      weight: 4,
      arbitrary: record({
        replies: constantFrom('return' as const, 'return' as const, 'throw' as const),
        with: replies,
        subscribes: boolean().map((yes) => yes),
      }).map(
        (drawn): Handler => (drawn.replies === 'throw' ? { ...drawn, with: thrown(drawn.with) } : drawn),
      ),
    },
    { weight: 1, arbitrary: constantFrom<HandlerSlot[]>('undefined', 'null', 'not callable') },
  )

/** What is thrown is never adopted: a plain value says all there is to say. */
const thrown = (resolution: Resolution): Resolution =>
  resolution.kind === 'value' || resolution.kind === 'thenable'
    ? resolution
    : { kind: 'value', name: 'fresh' }

const then = (replies: Arbitrary<Resolution>): Arbitrary<Operation> =>
  record({ op: constant('then' as const), onFulfilled: handler(replies), onRejected: handler(replies) })

const settle = (resolutions: Arbitrary<Resolution>, on: readonly ('d' | 'other')[]): Arbitrary<Operation> =>
  oneof(
    { withCrossShrink: true },
    {
      weight: 3,
      arbitrary: record({ op: constant('resolve' as const), on: constantFrom(...on), with: resolutions }),
    },
    {
      weight: 2,
      arbitrary: record({ op: constant('reject' as const), on: constantFrom(...on), name: valueName() }),
    },
  )

const program = (operations: Arbitrary<Operation>, turns = 4): Arbitrary<Program> =>
  record({
    turns: array(array(operations, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: turns }),
    inject: oneof({ withCrossShrink: true }, constant(0), nat(3)),
    longAfter: boolean(),
    shortcut: boolean(),
  })

const plain = () => resolution({ values: 1, foreign: 0, own: 0 })

const mixed = (settled: Arbitrary<Operation>, subscribed: Arbitrary<Operation>): Arbitrary<Operation> =>
  oneof({ withCrossShrink: true }, { weight: 1, arbitrary: subscribed }, { weight: 1, arbitrary: settled })

/** Two promises of the implementation that wait for one another, around a ring of a given length. */
const cycle = (): Arbitrary<{ readonly length: number }> => record({ length: nat(2).map((more) => more + 2) })

export const kinds: Readonly<Record<string, Kind<ThenableAdapter, ThenablePolicy>>> = {
  settling: kind({
    weight: 3,
    arbitrary: () => program(mixed(settle(plain(), ['d']), then(plain()))),
    drive: play,
  }),
  adopting: kind({
    weight: 3,
    arbitrary: () =>
      program(mixed(settle(resolution({ values: 1, foreign: 6, own: 1 }), ['d']), then(plain())), 3),
    drive: play,
  }),
  locking: kind({
    weight: 3,
    arbitrary: () =>
      program(
        mixed(settle(resolution({ values: 1, foreign: 1, own: 3 }), ['d', 'd', 'other']), then(plain())),
      ),
    drive: play,
  }),
  chaining: kind({
    weight: 3,
    arbitrary: () =>
      program(mixed(settle(plain(), ['d', 'other']), then(resolution({ values: 2, foreign: 3, own: 3 }))), 3),
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
  const steps = ring.map(({ resolve }, index) => ({
    op: 'resolve',
    run: () => resolve(ring[(index + 1) % length]!.promise),
    answers: 'value' as const,
    detail: { on: `ring${index}`, ref: `ring${(index + 1) % length}`, ring: true },
  }))
  world.client('A', [
    ...steps,
    { op: 'then', run: () => ring[0]!.promise.then((v) => v), owed: false, detail: { on: 'ring0' } },
  ])
}
