/**
 * The one integer array that says how a run departs from first-in-first-out: at each point where several actions
 * are enabled, the next entry picks one. `0`, and a missing entry, is the FIFO default.
 */
export class Choices {
  readonly #given: readonly number[]
  readonly #taken: number[] = []
  readonly #arities: number[] = []

  constructor(given: readonly number[]) {
    this.#given = given
  }

  /** Picks one of `count` enabled actions. Entries beyond the count wrap around, so that any array is valid. */
  next(count: number): number {
    if (count <= 1) return 0
    const pick = (this.#given[this.#taken.length] ?? 0) % count
    this.#taken.push(pick)
    this.#arities.push(count)
    return pick
  }

  /** What was picked, without the trailing defaults. */
  get taken(): readonly number[] {
    return trim(this.#taken)
  }

  /** How many actions were enabled at each point: the shape of the tree that enumeration walks. */
  get arities(): readonly number[] {
    return this.#arities
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
