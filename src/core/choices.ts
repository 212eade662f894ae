/** One of the actions that may happen next, as a scheduler sees it. */
export interface Option {
  /**
   * Whose doing it is: a client's, and that of every source call which its step led to; the `world`'s, or the `clock`'s.
   */
  readonly owner: string
  /** How a report calls it: `A's await`, `factory #1`. */
  readonly words: string
  /** Tells it from all others of the run, in whichever order things come. */
  readonly label: string
  /** What it touches and nothing else; two of different keys and owners commute. Absent, it may touch anything. */
  readonly key?: string | number | undefined
}

/** Says which of several actions happens next. */
export interface Scheduler {
  /** The place of one of the options, of which there are at least two. */
  pick(options: readonly Option[]): number
  /** Told where there is nothing to choose. */
  sole?(option: Option): void
  /** How many microtasks into the drain to inject the action that would follow, from 0 to the limit. */
  inject?(limit: number): number
  /** Set when every continuation from here is explored by another schedule. */
  readonly redundant?: boolean
}

/**
 * The one integer array that says how a run departs from first-in-first-out: at each point where several actions
 * are enabled, the next entry picks one. `0`, and a missing entry, is the FIFO default.
 */
export class Fixed implements Scheduler {
  readonly #given: readonly number[]
  #at = 0

  constructor(given: readonly number[]) {
    this.#given = given
  }

  pick(options: readonly unknown[]): number {
    return this.#next(options.length)
  }

  inject(limit: number): number {
    return this.#next(limit + 1)
  }

  /** Entries beyond the count wrap around, so that any array is valid. */
  #next(count: number): number {
    return (this.#given[this.#at++] ?? 0) % count
  }
}

/** The choices of one run as a scheduler makes them, and what they were. */
export class Choices {
  readonly #scheduler: Scheduler
  readonly #taken: number[] = []

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  /** Picks one of the enabled actions. */
  next(options: readonly Option[]): number {
    if (options.length <= 1) {
      if (options[0]) this.#scheduler.sole?.(options[0])
      return 0
    }
    const pick = this.#scheduler.pick(options)
    this.#taken.push(pick)
    return pick
  }

  /** How many microtasks into the drain of this action the next one is to be injected; 0 for after it. */
  injection(limit: number): number {
    if (limit === 0) return 0
    const depth = this.#scheduler.inject?.(limit) ?? 0
    this.#taken.push(depth)
    return depth
  }

  get redundant(): boolean {
    return this.#scheduler.redundant === true
  }

  /** What was picked, without the trailing defaults. */
  get taken(): readonly number[] {
    return trim(this.#taken)
  }
}

/** An array of choices without the defaults at its end. */
export function trim(choices: readonly number[]): readonly number[] {
  let length = choices.length
  while (length > 0 && choices[length - 1] === 0) length--
  return choices.slice(0, length)
}

/** How many entries depart from FIFO. */
export const deviations = (choices: readonly number[]): number => choices.filter((pick) => pick !== 0).length
