import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  oneof,
  record,
  valueName,
} from '../../src/core/index.js'

/** What a generator body does, as data. */
export type Program = readonly Instruction[]

export type Instruction =
  /** Awaits what the next call of the source gives. */
  | { readonly do: 'await' }
  /** Awaits a thenable with manners of its own. */
  | { readonly do: 'await-wild'; readonly wild: Wild }
  /** Awaits a value that cannot be awaited. */
  | { readonly do: 'await-value'; readonly name: string }
  /** Suspends, for whoever drives the body by hand. */
  | { readonly do: 'yield' }
  /** Tries to resume itself while it is running. */
  | { readonly do: 'reenter' }
  /** Looks at its own state. */
  | { readonly do: 'look' }
  | { readonly do: 'return'; readonly name: string }
  | { readonly do: 'throw'; readonly name: string }
  /** A block that cleans up, and perhaps catches what goes wrong in it. */
  | { readonly do: 'try'; readonly block: Program; readonly catches: boolean; readonly cleanUp: Program }
  /** Delegates to a generator of its own, a number of generators deep. */
  | { readonly do: 'delegate'; readonly block: Program; readonly depth: number }

/** A thenable that does not wait for the world, and what it does when it is asked. */
export interface Wild {
  /**
   * - `at-once`: calls back before its `then` has returned
   * - `twice`: the same, and then once more, with another value
   * - `twice-later`: the second time comes a microtask after the first
   * - `throws`: its `then` throws and never calls back
   * - `throws-after`: its `then` throws after it has called back
   */
  readonly manner: 'at-once' | 'twice' | 'twice-later' | 'throws' | 'throws-after'
  readonly outcome: 'fulfil' | 'reject'
  /** What it says first. Whatever comes after that is a value of its own. */
  readonly name: string
}

const MANNERS = ['at-once', 'twice', 'twice-later', 'throws', 'throws-after'] as const

const wild = (): Arbitrary<Wild> =>
  record({
    manner: constantFrom(...MANNERS),
    outcome: constantFrom('fulfil', 'reject'),
    name: valueName(),
  })

const one =
  <D extends Instruction['do']>(name: D) =>
  () =>
    constant({ do: name } as Extract<Instruction, { do: D }>)

export const awaits = one('await')
export const yields = one('yield')
const reenters = one('reenter')
const looks = one('look')
export const awaitsWild = (): Arbitrary<Instruction> =>
  wild().map((wild) => ({ do: 'await-wild', wild }) as const)
export const awaitsValue = (): Arbitrary<Instruction> =>
  constantFrom('undefined', 'null', '0', "'text'", 'true', "Symbol('s')", '7n').map(
    (name) => ({ do: 'await-value', name }) as const,
  )
const returns = (): Arbitrary<Instruction> => record({ do: constant('return' as const), name: valueName() })
const throws = (): Arbitrary<Instruction> => record({ do: constant('throw' as const), name: valueName() })

/** How many blocks and delegations are inside one another. */
const TALL = 2

/** Programs over some leaves, as deep as `levels` blocks and delegations. Shrinks to few leaves without any of them. */
function programs(
  leaf: Arbitrary<Instruction>,
  cleanUp: Arbitrary<Program>,
  levels: number,
): Arbitrary<Program> {
  if (levels === 0) return array(leaf, { maxLength: 3 })
  const block = programs(leaf, cleanUp, levels - 1)
  const tries = record({ do: constant('try' as const), block, catches: constantFrom(false, true), cleanUp })
  const delegates = record({ do: constant('delegate' as const), block, depth: constantFrom(1, 1, 2) })
  const instruction = oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: tries as Arbitrary<Instruction> },
    { weight: 1, arbitrary: delegates as Arbitrary<Instruction> },
  )
  return array(instruction, levels === TALL ? { minLength: 1, maxLength: 3 } : { maxLength: 2 })
}

/** What `run` drives: awaits of controlled tasks, now and then a return or a throw. */
export const drivenProgram = (): Arbitrary<Program> => {
  const leaf = oneof(
    { withCrossShrink: true },
    { weight: 6, arbitrary: awaits() },
    { weight: 1, arbitrary: returns() },
    { weight: 1, arbitrary: throws() },
  )
  const cleanUp = oneof(
    { weight: 2, arbitrary: constant<Program>([]) },
    { weight: 1, arbitrary: constant<Program>([{ do: 'await' }]) },
  )
  return programs(leaf, cleanUp, TALL)
}

/** What is driven by hand. A `finally` block does not suspend: then closing could not come to an end. */
export const manualProgram = (): Arbitrary<Program> => {
  const leaf = oneof(
    { withCrossShrink: true },
    { weight: 8, arbitrary: yields() },
    { weight: 2, arbitrary: looks() },
    { weight: 1, arbitrary: reenters() },
    { weight: 1, arbitrary: returns() },
    { weight: 1, arbitrary: throws() },
  )
  return programs(leaf, constant<Program>([]), TALL)
}
