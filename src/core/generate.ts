import * as fc from 'fast-check'
import type { Schedule } from './schedulers.js'
import { FALSY_NAMES, FRESH, TRUTHY_NAMES } from './value.js'
import type { SourceCall } from './world/source.js'

/**
 * The only module that knows fast-check. Protocols draw their scenarios from what is exported here, which is
 * fast-check's own vocabulary.
 */
export { boolean, constant, constantFrom, integer, nat, oneof, option, record, tuple } from 'fast-check'
export type Arbitrary<T> = fc.Arbitrary<T>

/** Lists of drawn items. Shrinks to where no single item can be left out and none made smaller. */
export const array = <T>(item: Arbitrary<T>, length: Lengths): Arbitrary<T[]> =>
  new ListArbitrary(item, length)

/** How long a list may be, both ends included. */
export interface Lengths {
  readonly minLength?: number
  readonly maxLength: number
}

/**
 * fast-check's own `array` shrinks by cutting off its beginning, and so keeps items at the end that nothing depends on;
 * a counterexample would show clients who have no part in it.
 */
class ListArbitrary<T> extends fc.Arbitrary<T[]> {
  readonly #item: fc.Arbitrary<T>
  readonly #length: fc.Arbitrary<number>
  readonly #least: number

  constructor(item: fc.Arbitrary<T>, { minLength = 0, maxLength }: Lengths) {
    super()
    this.#item = item
    this.#length = fc.integer({ min: minLength, max: maxLength })
    this.#least = minLength
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T[]> {
    const length = this.#length.generate(random, undefined).value
    const items: fc.Value<T>[] = []
    while (items.length < length) items.push(this.#item.generate(random, bias))
    return list(items)
  }

  override canShrinkWithoutContext(value: unknown): value is T[] {
    return Array.isArray(value) && value.every((item) => this.#item.canShrinkWithoutContext(item))
  }

  override shrink(value: T[], context: unknown): fc.Stream<fc.Value<T[]>> {
    const items = context ?? value.map((item) => new fc.Value(item, undefined))
    return fc.stream(this.#smaller(items as fc.Value<T>[]))
  }

  *#smaller(items: readonly fc.Value<T>[]): IterableIterator<fc.Value<T[]>> {
    const { length } = items
    const half = Math.max(this.#least, Math.floor(length / 2))
    if (half < length - 1) {
      yield list(items.slice(0, half))
      yield list(items.slice(length - half))
    }
    for (let out = length - 1; out >= 0 && length > this.#least; out--) {
      yield list(items.filter((_, index) => index !== out))
    }
    for (const [at, { value, context }] of items.entries()) {
      for (const less of this.#item.shrink(value, context)) yield list(items.with(at, less))
    }
  }
}

/** The items with their own contexts travel along, so that each can go on shrinking after others are gone. */
const list = <T>(items: readonly fc.Value<T>[]): fc.Value<T[]> =>
  new fc.Value(
    items.map(({ value }) => value),
    items,
  )

/** A drawn scenario, and how to schedule it. */
export interface Draw {
  readonly scenario: unknown
  readonly schedule: Schedule
}

/** A value or a reason, by name: usually one of its own, often a falsy one. Shrinks to one of its own. */
export const valueName = (): Arbitrary<string> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: fc.constant(FRESH) },
    { weight: 3, arbitrary: fc.constantFrom(...FALSY_NAMES) },
    { weight: 2, arbitrary: fc.constantFrom(...TRUTHY_NAMES) },
  )

/** What a subject may be handed as a source, as its policy says. */
export type SourcePolicy = 'any' | 'thenable' | 'promise'

/** How a source answers one call, within what the subject accepts. Shrinks to a promise that fulfils. */
export function sourceCall(
  accepts: SourcePolicy,
  options: { readonly outcome?: 'fulfil' | 'reject' } = {},
): Arbitrary<SourceCall> {
  const give: readonly SourceCall['give'][] =
    accepts === 'any'
      ? ['promise', 'thenable', 'value', 'throw']
      : accepts === 'thenable'
        ? ['promise', 'thenable', 'throw']
        : ['promise', 'promise', 'throw']
  return fc
    .record({
      give: fc.oneof(
        { withCrossShrink: true },
        { weight: 2, arbitrary: fc.constant('promise' as const) },
        { weight: 1, arbitrary: fc.constantFrom(...give) },
      ),
      outcome: options.outcome ? fc.constant(options.outcome) : fc.constantFrom('fulfil', 'reject'),
      value: valueName(),
    })
    .map((plan) => consistent(plan, accepts))
}

/** A value cannot be a rejection, nor a throw a fulfilment: where the two disagree the outcome decides. */
function consistent(plan: SourceCall, accepts: SourcePolicy): SourceCall {
  if (plan.give === 'value' && plan.outcome === 'reject') return { ...plan, give: 'throw' }
  if (plan.give === 'throw' && plan.outcome === 'fulfil') {
    return { ...plan, give: accepts === 'any' ? 'value' : 'promise' }
  }
  return plan
}

/** The portfolio: no way to schedule is best at everything, so each gets its share. Shrinks to FIFO. */
function schedule(): Arbitrary<Schedule> {
  const seed = fc.nat()
  const few = array(fc.record({ at: fc.nat(15), pick: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }).map((deviations): Schedule => {
    const choices: number[] = []
    for (const { at, pick } of deviations) {
      while (choices.length <= at) choices.push(0)
      choices[at] = pick
    }
    return { how: 'deviations', choices }
  })
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant<Schedule>({ how: 'fifo' }) },
    { weight: 2, arbitrary: few },
    { weight: 1, arbitrary: unshrunk(seed.map((seed): Schedule => ({ how: 'walk', seed }))) },
    { weight: 3, arbitrary: unshrunk(changing('priorities', 'changes')) },
    { weight: 1, arbitrary: unshrunk(changing('delays', 'delays')) },
  )
}

const changing = (how: 'priorities' | 'delays', count: 'changes' | 'delays'): Arbitrary<Schedule> =>
  fc.record({ seed: fc.nat(), times: fc.nat(2) }).map(({ seed, times }) => {
    return { how, seed, [count]: times } as unknown as Schedule
  })

/** A seed has no smaller neighbour that means anything; choices are made fewer when the scenario is small. */
const unshrunk = <T>(arbitrary: Arbitrary<T>): Arbitrary<T> => fc.noShrink(arbitrary)

/** How many draws are made in advance: few, as a draw that is never played is wasted, but more the further on. */
const BATCH = 12
const BATCH_GROWTH = 1 / 8

/** The endless, seeded sequence of draws of one kind of scenario; any draw can be had again by its index. */
export class DrawStream {
  readonly #arbitrary: Arbitrary<Draw>
  readonly #seed: number
  #from = 0
  #buffer: Draw[] = []

  constructor(scenario: Arbitrary<unknown>, seed: number) {
    this.#arbitrary = fc.record({ scenario, schedule: schedule() })
    this.#seed = seed
  }

  at(index: number): Draw {
    if (index < this.#from || index >= this.#from + this.#buffer.length) {
      const numRuns = BATCH + Math.floor(index * BATCH_GROWTH)
      this.#from = index
      this.#buffer = fc.sample(this.#arbitrary, { seed: this.#seed, path: String(index), numRuns })
    }
    return this.#buffer[index - this.#from]!
  }

  /** Shrinks the draw at a path as long as it still breaks; resolves to the smallest found. */
  async shrink(path: string, breaks: (draw: Draw) => Promise<boolean>): Promise<Shrunk | undefined> {
    const property = fc.asyncProperty(this.#arbitrary, async (draw) => !(await breaks(draw)))
    const result = await fc.check(property, { seed: this.#seed, path: toFastCheck(path), numRuns: 1 })
    if (!result.counterexample || result.counterexamplePath === null) return undefined
    return {
      draw: result.counterexample[0],
      path: result.counterexamplePath.replaceAll(':', '.'),
      shrinks: result.numShrinks,
    }
  }

  /** The draw at a path, shrinks included. */
  locate(path: string): Draw | undefined {
    let found: Draw | undefined
    const property = fc.property(this.#arbitrary, (draw) => {
      found = draw
      return false
    })
    fc.check(property, { seed: this.#seed, path: toFastCheck(path), numRuns: 1, endOnFailure: true })
    return found
  }
}

/** A draw that cannot be made smaller. */
export interface Shrunk {
  readonly draw: Draw
  readonly path: string
  readonly shrinks: number
}

const toFastCheck = (path: string): string => path.replaceAll('.', ':')
