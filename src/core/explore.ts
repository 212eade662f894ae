import { deviations } from './choices.js'

/** A run as enumeration sees it: what was chosen, and from how many actions each time. */
export interface Branching {
  readonly taken: readonly number[]
  readonly arities: readonly number[]
}

/**
 * Every schedule of one scenario, in order of how many choices depart from first-in-first-out. The caller plays
 * each and reports back how the run branched; the tree is not known beforehand.
 */
export class Enumeration {
  readonly #queue: { readonly choices: readonly number[]; readonly fixed: number }[] = [
    { choices: [], fixed: 0 },
  ]

  /** The next schedule to play; undefined when all have been. */
  next(): readonly number[] | undefined {
    return this.#queue[0]?.choices
  }

  /** Takes in how the schedule just played branched. */
  branched({ arities }: Branching): void {
    const played = this.#queue.shift()
    if (!played) return
    // Each schedule is reached from exactly one other: the one without its last deviation.
    for (let at = played.fixed; at < arities.length; at++) {
      const head = Array.from({ length: at }, (_, index) => played.choices[index] ?? 0)
      for (let pick = 1; pick < arities[at]!; pick++) this.#push([...head, pick])
    }
  }

  #push(choices: readonly number[]): void {
    const count = deviations(choices)
    const last = this.#queue.findLastIndex((waiting) => deviations(waiting.choices) <= count)
    this.#queue.splice(last + 1, 0, { choices, fixed: choices.length })
  }
}
