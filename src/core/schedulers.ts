import { Fixed, type Option, type Scheduler } from './choices.js'
import { Random } from './random.js'

/** How to schedule a run, as plain data: what is drawn, and what a report says found a fault. */
export type Schedule =
  | { readonly how: 'fifo' }
  /** A few departures from first-in-first-out. */
  | { readonly how: 'deviations'; readonly choices: readonly number[] }
  /** Any action at any time. */
  | { readonly how: 'walk'; readonly seed: number }
  /** Priorities for everybody that change a few times, as probabilistic concurrency testing has them. */
  | { readonly how: 'priorities'; readonly seed: number; readonly changes: number }
  /** First-in-first-out, but that a few times whoever is next is put off behind all others. */
  | { readonly how: 'delays'; readonly seed: number; readonly delays: number }

/** Choices within which a scheduler's changes of mind fall. */
const HORIZON = 24

/** Makes the scheduler of a schedule. */
export function scheduler(schedule: Schedule): Scheduler {
  switch (schedule.how) {
    case 'fifo':
      return new Fixed([])
    case 'deviations':
      return new Fixed(schedule.choices)
    case 'walk':
      return new RandomWalk(schedule.seed)
    case 'priorities':
      return new Priorities(schedule.seed, schedule.changes, true)
    case 'delays':
      return new Priorities(schedule.seed, schedule.delays, false)
  }
}

class RandomWalk implements Scheduler {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  pick(options: readonly Option[]): number {
    return this.#random.below(options.length)
  }
}

/**
 * Whoever has the highest priority goes on, until at one of a few points drawn beforehand the one who would be next
 * falls behind everybody (Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs"). With
 * equal priorities at first this is delay-bounded scheduling (Emmi et al.).
 */
class Priorities implements Scheduler {
  readonly #random: Random
  readonly #shuffled: boolean
  readonly #changes: ReadonlySet<number>
  readonly #priorities = new Map<string, number>()
  #at = 0

  constructor(seed: number, changes: number, shuffled: boolean) {
    this.#random = new Random(seed)
    this.#shuffled = shuffled
    this.#changes = new Set(Array.from({ length: changes }, () => this.#random.below(HORIZON)))
  }

  pick(options: readonly Option[]): number {
    const at = this.#at++
    const first = this.#best(options)
    if (!this.#changes.has(at)) return first
    this.#priorities.set(options[first]!.owner, -1 - at)
    return this.#best(options)
  }

  #best(options: readonly Option[]): number {
    let best = 0
    for (let index = 1; index < options.length; index++) {
      if (this.#of(options[index]!) > this.#of(options[best]!)) best = index
    }
    return best
  }

  #of({ owner }: Option): number {
    const known = this.#priorities.get(owner)
    if (known !== undefined) return known
    const priority = this.#shuffled ? this.#random.below(1_000_000) : 0
    this.#priorities.set(owner, priority)
    return priority
  }
}
