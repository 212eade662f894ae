import {
  type Arbitrary,
  array,
  boolean,
  constantFrom,
  type Kind,
  kind,
  nat,
  record,
  type SourceCall,
  sourceCall,
  tuple,
} from '../../src/core/index.js'
import type { AsyncPropertyAdapter, AsyncPropertyPolicy } from './contract.js'
import { drive } from './play.js'

/** How an instance comes to be. */
export interface Making {
  /** Of the class itself, of a subclass, or of one whose own property reads that of `super`. */
  readonly of: 'class' | 'subclass' | 'override'
  /** Whether it is frozen before anybody reads it. */
  readonly frozen: boolean
}

/** One client's doing. */
export interface Move {
  readonly op: 'read' | 'prototype'
  /** Which instance, counted round. */
  readonly instance: number
  /** How many microtasks into the drain before it. */
  readonly inject: number
}

export interface Scenario {
  /** How the loader's calls go, one after the other; the last plan stands for all further ones. */
  readonly load: readonly SourceCall[]
  readonly instances: readonly Making[]
  readonly clients: readonly (readonly Move[])[]
}

/** Up to `max` of something, and one at least. The first is apart, so that shrinking can drop all others at once. */
const some = <T>(one: Arbitrary<T>, max: number): Arbitrary<readonly T[]> =>
  tuple(one, array(one, { maxLength: max - 1 })).map(([first, rest]) => [first, ...rest])

/** What is thrown in a constructor would make no instance. */
const load = ({ source, start }: AsyncPropertyPolicy): Arbitrary<SourceCall> =>
  sourceCall(source).map((plan) =>
    start === 'eager' && plan.give === 'throw' ? { ...plan, give: 'promise' } : plan,
  )

const move: Arbitrary<Move> = record({
  op: constantFrom<Move['op'][]>('read', 'read', 'read', 'prototype'),
  instance: nat(2),
  inject: constantFrom(0, 0, 0, 1, 2, 3),
})

const making: Arbitrary<Making> = record({
  of: constantFrom<Making['of'][]>('class', 'class', 'subclass', 'override'),
  frozen: boolean(),
})

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const fails: SourceCall = { ...fulfils, outcome: 'reject' }
const plain: Making = { of: 'class', frozen: false }
const read = (instance: number): Move => ({ op: 'read', instance, inject: 0 })
const look: Move = { ...read(0), op: 'prototype' }

const scope: readonly Scenario[] = [
  { load: [fulfils], instances: [plain, plain], clients: [[read(0)], [read(1)], [read(0)]] },
  { load: [fails, fulfils], instances: [plain, plain], clients: [[read(0), read(0)], [read(1)]] },
  { load: [fulfils], instances: [plain], clients: [[look, read(0), look]] },
  { load: [fulfils], instances: [{ ...plain, frozen: true }], clients: [[read(0), read(0)]] },
  {
    load: [fulfils],
    instances: [{ ...plain, of: 'subclass' }, plain],
    clients: [[read(0), read(1), read(0)]],
  },
  { load: [fulfils], instances: [{ ...plain, of: 'override' }], clients: [[read(0), read(0)]] },
]

export const kinds: Readonly<Record<string, Kind<AsyncPropertyAdapter, AsyncPropertyPolicy>>> = {
  instances: kind({
    arbitrary: ({ policy }) =>
      record({
        load: some(load(policy), 3),
        instances: some(making, 3),
        clients: some(some(move, 4), 3),
      }),
    drive,
    scope: () => scope,
  }),
}
