import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  oneof,
  record,
  valueName,
  type World,
} from '../../src/core/index.js'
import type { ThenablePolicy } from './contract.js'

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

const deed = (does: readonly Deed['does'][], nested: Arbitrary<Temper> | undefined): Arbitrary<Deed> =>
  record({
    does: constantFrom(...does),
    with: nested
      ? oneof(
          { withCrossShrink: true },
          { weight: 3, arbitrary: valueName() },
          { weight: 1, arbitrary: nested },
        )
      : valueName(),
  }).map((drawn) =>
    drawn.does === 'fulfil' || typeof drawn.with === 'string' ? drawn : { ...drawn, with: 'fresh' },
  )

const SHAPES: readonly Temper['shape'][] = [
  'object',
  'function',
  'proxy',
  'inherited',
  'no then',
  'throwing getter',
]

function tempers(nested: Arbitrary<Temper> | undefined): Arbitrary<Temper> {
  return record({
    kind: constant('thenable' as const),
    shape: oneof(
      { withCrossShrink: true },
      { weight: 4, arbitrary: constant('object' as const) },
      { weight: 3, arbitrary: constantFrom(...SHAPES) },
    ),
    now: array(deed(['fulfil', 'reject', 'throw'], nested), { maxLength: 2 }),
    later: array(deed(['fulfil', 'reject'], nested), { maxLength: 2 }),
  })
}

/** Any temper, with one more thenable inside now and then. Shrinks to a plain one that does nothing. */
export const temper = (): Arbitrary<Temper> => tempers(tempers(undefined))

/** Gives thenables their names and keeps track of code that runs inside somebody else's stack. */
export interface Stage {
  readonly world: World<ThenablePolicy>
  /** Runs code that must not run handlers: a handler that runs meanwhile is told so. */
  busy<T>(run: () => T): T
  /** How many such stretches are under way. */
  readonly depth: number
  nextName(): string
}

/** A thenable of a given temper, every touch of which is recorded under its name. */
export function makeThenable(
  stage: Stage,
  temper: Temper,
): { readonly name: string; readonly thenable: unknown } {
  const { world } = stage
  const name = stage.nextName()
  const touch = (op: string, detail: Record<string, boolean | string> = {}, ...value: readonly [unknown?]) =>
    world.record({
      type: 'touch',
      actor: name,
      op,
      detail,
      ...(value.length > 0 ? { value: world.note(value[0]) } : {}),
    })
  let called = false
  const perform = ({ does, with: what }: Deed, onFulfilled: unknown, onRejected: unknown) => {
    const inner = typeof what === 'string' ? undefined : makeThenable(stage, called ? harmless(what) : what)
    called = true
    const value =
      inner?.thenable ?? (does === 'fulfil' ? world.value(what as string) : world.reason(what as string))
    touch(does, inner ? { thenable: inner.name } : {}, value)
    if (does === 'throw') throw value
    const callback = does === 'fulfil' ? onFulfilled : onRejected
    if (typeof callback !== 'function') return
    try {
      stage.busy(() => callback(value))
    } catch (error) {
      touch('thrown at', {}, error)
    }
  }
  function then(this: unknown, onFulfilled: unknown, onRejected: unknown): void {
    touch('then', {
      self: this === thenable,
      functions: typeof onFulfilled === 'function' && typeof onRejected === 'function',
      inline: stage.depth > 0,
    })
    for (const next of temper.later) world.enable(world.nowMs, () => perform(next, onFulfilled, onRejected))
    for (const next of temper.now) perform(next, onFulfilled, onRejected)
  }
  const thenable = shaped(temper.shape, {
    get: () => {
      if (temper.shape === 'throwing getter') {
        const reason = world.reason('fresh')
        touch('read', { throws: true }, reason)
        throw reason
      }
      touch('read', { callable: temper.shape !== 'no then' })
      return temper.shape === 'no then' ? 'not a function' : then
    },
  })
  world.values.note(thenable, name)
  return { name, thenable }
}

function shaped(shape: Temper['shape'], getter: { get: () => unknown }): object {
  const descriptor = { ...getter, configurable: true }
  switch (shape) {
    case 'function':
      return Object.defineProperty(() => {}, 'then', descriptor)
    case 'inherited':
      return Object.create(Object.defineProperty({}, 'then', descriptor))
    case 'proxy':
      return new Proxy({}, { get: (_, key) => (key === 'then' ? getter.get() : undefined) })
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
