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
import type { FutureAdapter, FuturePolicy } from './contract.js'
import { play } from './play.js'

/** What a future is resolved with. */
export type Resolution =
  | { readonly kind: 'value'; readonly name: string }
  /** A thenable of the kit's, which settles after a while; 0 is before anything else, unless choices say otherwise. */
  | {
      readonly kind: 'inner'
      readonly give: 'promise' | 'thenable'
      readonly outcome: 'fulfil' | 'reject'
      readonly name: string
      readonly afterMs: number
    }
  /** Another future of the same kind, which operations on `other` settle. */
  | { readonly kind: 'other' }

/** What happens inside a callback. A throw comes last, wherever it is drawn. */
export type Inside = 'state' | 'result' | 'then' | 'onSettled' | 'resolve' | 'reject' | 'cancel' | 'throw'

/** One operation on the future under test, or on the other one. */
export type Operation =
  | { readonly op: 'resolve'; readonly on: 'd' | 'other'; readonly with: Resolution }
  | { readonly op: 'reject'; readonly on: 'd' | 'other'; readonly name: string }
  /** The reason; `none` is to give none. */
  | { readonly op: 'cancel'; readonly reason: string }
  | { readonly op: 'then' | 'onSettled'; readonly inside: readonly Inside[] }
  | { readonly op: 'state' | 'result' }

export interface Move {
  readonly operation: Operation
  /** In a turn of its own, in the turn of the move before it, or once that one is answered. */
  readonly when: 'next' | 'same turn' | 'answered'
  /** How many microtasks into the drain of the action before it. */
  readonly inject: number
}

/** What clients do with one future, and what one more does who comes when everything is over. */
export interface Program {
  readonly clients: readonly (readonly Move[])[]
  readonly longAfter: readonly Look[]
}

/** What one who only looks can do. */
export type Look = 'then' | 'onSettled' | 'state' | 'result'

/** What a subject offers beside what every future has. */
type Optional = 'state' | 'result' | 'onSettled' | 'cancel'
const OPTIONAL: readonly Optional[] = ['state', 'result', 'onSettled', 'cancel']

const value: Arbitrary<Resolution> = record({ kind: constant('value' as const), name: valueName() })

const inner: Arbitrary<Resolution> = record({
  kind: constant('inner' as const),
  give: constantFrom('promise', 'thenable'),
  outcome: constantFrom('fulfil', 'reject'),
  name: valueName(),
  afterMs: constantFrom(5, 5, 0),
})

const resolves = (on: 'd' | 'other', resolutions: Arbitrary<Resolution>): Arbitrary<Operation> =>
  record({ op: constant('resolve' as const), on: constant(on), with: resolutions })

const rejects = (on: 'd' | 'other'): Arbitrary<Operation> =>
  record({ op: constant('reject' as const), on: constant(on), name: valueName() })

// A cancel with `undefined` is one without a reason, as it is for an AbortController.
const cancels: Arbitrary<Operation> = record({
  op: constant('cancel' as const),
  reason: oneof(
    { withCrossShrink: true },
    constant('none'),
    valueName().map((name) => (name === 'undefined' ? 'fresh' : name)),
  ),
})

/** Most of what happens inside is looking and subscribing: a run that settles in every callback shows little. */
const INSIDE: readonly Inside[] = [
  ...([
    'throw',
    'state',
    'result',
    'then',
    'onSettled',
    'throw',
    'state',
    'result',
    'then',
    'onSettled',
  ] as const),
  ...(['resolve', 'reject', 'cancel'] as const),
]

function subscribes({ traits }: Context<FuturePolicy>): Arbitrary<Operation> {
  const absent = (one: string) => OPTIONAL.some((name) => name === one) && !traits[one]
  const inside = array(constantFrom(...INSIDE.filter((one) => !absent(one))), { maxLength: 2 })
  const ops = traits.onSettled ? (['then', 'onSettled'] as const) : (['then'] as const)
  return record({ op: constantFrom(...ops), inside })
}

/** How often each operation is drawn, relative to the others. */
interface Mix {
  readonly resolutions: Arbitrary<Resolution>
  readonly resolve: number
  readonly reject: number
  readonly other: number
  readonly cancel: number
}

/** Operations in a mixture; those that the subject does not offer are left out. */
function operation(context: Context<FuturePolicy>, mix: Mix): Arbitrary<Operation> {
  const { traits } = context
  const reads = (['state', 'result'] as const).filter((op) => traits[op])
  return oneof(
    { withCrossShrink: true },
    { weight: 12, arbitrary: subscribes(context) },
    { weight: mix.resolve, arbitrary: resolves('d', mix.resolutions) },
    { weight: mix.reject, arbitrary: rejects('d') },
    { weight: mix.other, arbitrary: resolves('other', value) },
    { weight: mix.other, arbitrary: rejects('other') },
    { weight: traits.cancel ? mix.cancel : 0, arbitrary: cancels },
    {
      weight: 2 * reads.length,
      arbitrary: record({ op: constantFrom<('state' | 'result')[]>(...reads, 'state') }),
    },
  )
}

const move = (operations: Arbitrary<Operation>): Arbitrary<Move> =>
  record({
    operation: operations,
    when: constantFrom('next', 'next', 'same turn', 'answered'),
    inject: constantFrom(0, 0, 0, 1, 2, 3),
  })

/** A move, or now and then none: what a move can shrink to, so that each can go on its own. */
const moves = (operations: Arbitrary<Operation>): Arbitrary<readonly Move[]> =>
  array(
    oneof(
      { withCrossShrink: true },
      { weight: 1, arbitrary: constant(undefined) },
      { weight: 15, arbitrary: move(operations) },
    ),
    { maxLength: 4 },
  ).map((drawn) => drawn.filter((one) => one !== undefined))

const LOOKS: readonly Look[] = ['then', 'onSettled', 'state', 'result']

/** The late client subscribes first, and looks once it has been told. */
const lookingBack = ({ traits }: Context<FuturePolicy>): Arbitrary<readonly Look[]> =>
  tuple(boolean(), boolean(), boolean(), boolean()).map(([subscribes, ...rest]) =>
    subscribes ? LOOKS.filter((look, index) => look === 'then' || (traits[look] && rest[index - 1])) : [],
  )

/** What clients do; `opening` is what the first one does before anything else. */
function program(
  context: Context<FuturePolicy>,
  mix: Mix,
  opening: Arbitrary<readonly Move[]> = constant([]),
): Arbitrary<Program> {
  const clients = array(moves(operation(context, mix)), { minLength: 1, maxLength: 3 })
  return record({ opening, clients, longAfter: lookingBack(context) }).map((drawn) => {
    const [first = [], ...others] = drawn.clients
    return {
      clients: [[...drawn.opening, ...first], ...others].filter(({ length }) => length > 0),
      longAfter: drawn.longAfter,
    }
  })
}

const adopted = oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: value },
  { weight: 3, arbitrary: inner },
  { weight: 2, arbitrary: constant<Resolution>({ kind: 'other' }) },
)

const hasCancel = ({ traits }: Context<FuturePolicy>): true | string =>
  traits.cancel || 'the subject has no `cancel`'

const plain = { resolutions: value, resolve: 4, reject: 4, other: 0, cancel: 0 }
const adopting = { resolutions: adopted, resolve: 1, reject: 2, other: 2, cancel: 0 }
/** Somebody waits from the beginning, half of the time. */
const waiting: Arbitrary<readonly Move[]> = oneof(
  { withCrossShrink: true },
  constant([]),
  tuple(move(record({ op: constant('then' as const), inside: constant([]) }))),
)

const lockedIn: Arbitrary<readonly Move[]> = tuple(move(resolves('d', adopted)), waiting).map(
  ([first, others]) => [first, ...others],
)

/** One operation for each client: all orders of them are tried. */
const together = (...operations: readonly Operation[]): Program => ({
  clients: operations.map((operation) => [{ operation, when: 'next', inject: 0 }]),
  longAfter: [],
})

const fulfil: Operation = { op: 'resolve', on: 'd', with: { kind: 'value', name: 'fresh' } }
const fail: Operation = { op: 'reject', on: 'd', name: 'fresh' }
const wait: Operation = { op: 'then', inside: [] }
const hear: Operation = { op: 'onSettled', inside: [] }
const abandon: Operation = { op: 'cancel', reason: 'none' }
const lockIn: Operation = {
  op: 'resolve',
  on: 'd',
  with: { kind: 'inner', give: 'promise', outcome: 'fulfil', name: 'fresh', afterMs: 0 },
}

export const kinds: Readonly<Record<string, Kind<FutureAdapter, FuturePolicy>>> = {
  settling: kind({
    weight: 4,
    arbitrary: (context) => program(context, plain),
    drive: play,
    scope: ({ traits }) => [
      together(fulfil, fail, wait),
      ...(traits.onSettled ? [together(hear, fulfil, hear)] : []),
    ],
  }),
  adopting: kind({
    weight: 5,
    arbitrary: (context) => program(context, adopting, lockedIn),
    drive: play,
    scope: () => [together(lockIn, fail, wait)],
  }),
  cancelling: kind({
    weight: 6,
    appliesWhen: hasCancel,
    arbitrary: (context) => program(context, { ...plain, resolve: 1, reject: 1, cancel: 4 }, waiting),
    drive: play,
    scope: () => [together(abandon, fulfil, wait), together(abandon, wait, wait)],
  }),
  'cancelling while locked in': kind({
    weight: 6,
    appliesWhen: hasCancel,
    arbitrary: (context) => program(context, { ...adopting, reject: 0, cancel: 5 }, lockedIn),
    drive: play,
    scope: () => [together(lockIn, abandon, wait)],
  }),
}
