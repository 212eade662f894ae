import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  oneof,
  record,
  type Value,
  valueName,
  type World,
} from '../../src/core/index.js'
import type { ThenablePolicy } from './contract.js'
import { NOT_CALLABLE, thenableSource } from './temper-source.js'

/** What a thenable does with the callbacks it is given. */
export interface Deed {
  readonly does: 'fulfil' | 'reject' | 'throw'
  /** The value or reason; a fulfilment may be by a thenable again. */
  readonly with: string | Temper
}

/** A foreign thenable, described as data: every way there is to be awkward about `then`. */
export interface Temper {
  readonly kind: 'thenable'
  /** The object itself. `no then` is an object whose `then` is no function. */
  readonly shape: 'object' | 'function' | 'proxy' | 'inherited' | 'no then' | 'throwing getter'
  /** Deeds inside the call of `then`; a throw ends them. */
  readonly now: readonly Deed[]
  /** Deeds at later times, each when the world chooses. */
  readonly later: readonly Deed[]
}

/** How a callback is called: with a value, a reason, or a thenable again. */
const callback = (nested: Arbitrary<Temper> | undefined): Arbitrary<Deed> => {
  const plain = record({ does: constantFrom('fulfil' as const, 'reject' as const), with: valueName() })
  if (!nested) return plain
  const inside = nested.map((inner): Deed => ({ does: 'fulfil', with: inner }))
  return oneof({ withCrossShrink: true }, { weight: 5, arbitrary: plain }, { weight: 1, arbitrary: inside })
}

const throws: Arbitrary<readonly Deed[]> = valueName().map((name) => [{ does: 'throw', with: name }])

const SHAPES: readonly Temper['shape'][] = [
  ...(['object', 'object', 'object', 'function', 'proxy', 'inherited'] as const),
  ...(['no then', 'throwing getter'] as const),
]

/** Mostly one deed, at once or later: each of what may go wrong should often be what decides. */
function tempers(nested: Arbitrary<Temper> | undefined): Arbitrary<Temper> {
  const deed = callback(nested)
  const deeds = (none: number) =>
    oneof(
      { withCrossShrink: true },
      { weight: none, arbitrary: constant<Deed[]>([]) },
      { weight: 4, arbitrary: array(deed, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: array(deed, { maxLength: 2 }) },
    )
  const ends = oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: constant<readonly Deed[]>([]) },
    { weight: 1, arbitrary: throws },
  )
  return record({ shape: constantFrom(...SHAPES), now: deeds(4), ends, later: deeds(12) }).map(
    ({ shape, now, ends: last, later }) => ({ kind: 'thenable', shape, now: [...now, ...last], later }),
  )
}

/** Any temper, with one more thenable inside now and then. Shrinks to a plain one that does nothing. */
export const temper: Arbitrary<Temper> = tempers(tempers(undefined))

/** Gives thenables their names and keeps track of code that runs inside somebody else's stack. */
export interface Stage {
  readonly world: World<ThenablePolicy>
  /** Runs code that must not run handlers: a handler that runs meanwhile is told so. */
  busy<T>(run: () => T): T
  /** How many such stretches are under way. */
  readonly depth: number
  nextName(): string
}

/** A live thenable, the name under which every touch of it is recorded, and the same as JavaScript. */
export interface Thenable {
  readonly name: string
  readonly thenable: unknown
  readonly code: string
}

/** A deed with the value that it is done with. */
export interface Act {
  readonly does: Deed['does']
  readonly value: unknown
  /** The thenable that it fulfils with, where it is one. */
  readonly inner: Thenable | undefined
}

/** A thenable of a given temper. */
export function makeThenable(stage: Stage, temper: Temper): Thenable {
  const { world } = stage
  const name = stage.nextName()
  const touch = (op: string, detail: Record<string, boolean | string>, value?: Value) =>
    world.record({ type: 'touch', actor: name, op, detail, value })
  const deeds = [...temper.now, ...temper.later]
  // Of several deeds only the first counts. A rejection in what another one hands over would be nobody's to handle.
  const sure = temper.now.length > 0 || deeds.length === 1
  const acts = deeds.map((each, index) => toAct(stage, each, sure && index === 0))
  const now = acts.slice(0, temper.now.length)
  const later = acts.slice(temper.now.length)
  const perform = ({ does, value, inner }: Act, onFulfilled: unknown, onRejected: unknown) => {
    touch(does, inner ? { thenable: inner.name } : {}, world.note(value))
    if (does === 'throw') throw value
    const callback = does === 'fulfil' ? onFulfilled : onRejected
    if (typeof callback !== 'function') return
    try {
      stage.busy(() => callback(value))
    } catch (error) {
      touch('thrown at', {}, world.note(error))
    }
  }
  function then(this: unknown, onFulfilled: unknown, onRejected: unknown): void {
    touch('then', {
      self: this === thenable,
      functions: typeof onFulfilled === 'function' && typeof onRejected === 'function',
      inline: stage.depth > 0,
    })
    for (const act of later) world.enable(world.nowMs, () => perform(act, onFulfilled, onRejected))
    for (const act of now) perform(act, onFulfilled, onRejected)
  }
  const { shape } = temper
  const reason = shape === 'throwing getter' ? world.reason('fresh') : undefined
  const thenable = shaped(shape, () => {
    if (shape === 'throwing getter') {
      touch('read', { throws: true }, world.note(reason))
      throw reason
    }
    touch('read', { callable: shape !== 'no then' })
    return shape === 'no then' ? NOT_CALLABLE : then
  })
  world.values.note(thenable, name)
  const text = (value: unknown) => world.note(value).text
  const source = thenableSource(shape, { now, later, reason: text(reason) }, text)
  return { name, thenable, code: `kit.named('${name}', ${source})` }
}

function toAct(stage: Stage, { does, with: what }: Deed, first: boolean): Act {
  if (typeof what === 'string') {
    const { world } = stage
    return { does, value: does === 'fulfil' ? world.value(what) : world.reason(what), inner: undefined }
  }
  const inner = makeThenable(stage, first ? what : harmless(what))
  return { does, value: inner.thenable, inner }
}

function shaped(shape: Temper['shape'], get: () => unknown): object {
  const descriptor = { get, configurable: true }
  switch (shape) {
    case 'function':
      return Object.defineProperty(() => {}, 'then', descriptor)
    case 'inherited':
      return Object.create(Object.defineProperty({}, 'then', descriptor))
    case 'proxy':
      return new Proxy({}, { get: (_, key) => (key === 'then' ? get() : undefined) })
    default:
      return Object.defineProperty({}, 'then', descriptor)
  }
}

/** The same thenable without a rejection in it, for where nobody is bound to hear of one. */
export const harmless = (temper: Temper): Temper => ({
  ...temper,
  shape: temper.shape === 'throwing getter' ? 'object' : temper.shape,
  now: temper.now.map(fulfilling),
  later: temper.later.map(fulfilling),
})

const fulfilling = ({ with: what }: Deed): Deed => ({
  does: 'fulfil',
  with: typeof what === 'string' ? what : harmless(what),
})
