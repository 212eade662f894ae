import type { Option, Scheduler } from './choices.js'

/** Which schedules are taken for one and the same. */
export interface Reduction {
  /** Of clients that do the same and have done nothing yet, whichever goes first. */
  readonly symmetry: boolean
  /** Of actions on different keys, whichever comes first. */
  readonly independence: boolean
}

/** Every single schedule. */
export const UNREDUCED: Reduction = { symmetry: false, independence: false }
/** Each schedule once. */
export const REDUCED: Reduction = { symmetry: true, independence: true }

/** Choices to begin with; beyond them the first action that is not explored elsewhere. */
interface Prefix {
  readonly picks: readonly number[]
  readonly deviations: number
}

/**
 * Every schedule of one scenario, in order of how many choices depart from first-in-first-out: play what `next` gives
 * and hand it to `played`. The tree is not known beforehand; each schedule shows where it branches.
 *
 * What need not be explored twice is found by sleep sets (Godefroid): an action whose every continuation has been taken
 * care of sleeps until something happens that it depends on.
 */
export class Enumeration {
  readonly #waiting: Prefix[][] = [[{ picks: [], deviations: 0 }]]
  readonly #reduction: Reduction

  constructor(reduction: Reduction = UNREDUCED) {
    this.#reduction = reduction
  }

  /** The next schedule to play; undefined when all have been. */
  next(): Walk | undefined {
    const least = this.#waiting.find((prefixes) => prefixes.length > 0)
    const prefix = least?.shift()
    return prefix && new Walk(prefix.picks, prefix.deviations, this.#reduction)
  }

  /** Takes in where a schedule branched. */
  played(walk: Walk): void {
    for (const { at, picks } of walk.branches) {
      const head = walk.picks.slice(0, at)
      const count = head.reduce((sum, pick) => sum + (pick === 0 ? 0 : 1), 0)
      for (const pick of picks)
        this.#push({ picks: [...head, pick], deviations: count + (pick === 0 ? 0 : 1) })
    }
  }

  #push(prefix: Prefix): void {
    while (this.#waiting.length <= prefix.deviations) this.#waiting.push([])
    this.#waiting[prefix.deviations]!.push(prefix)
  }
}

/** One schedule of an enumeration, under way. */
export class Walk implements Scheduler {
  /** All choices so far. */
  readonly picks: number[] = []
  /** Beyond the prefix: what else could have been picked, and is not explored elsewhere. */
  readonly branches: { readonly at: number; readonly picks: readonly number[] }[] = []
  redundant = false
  readonly #prefix: readonly number[]
  readonly #reduction: Reduction
  #asleep: readonly Option[] = []

  constructor(
    prefix: readonly number[],
    readonly deviations: number,
    reduction: Reduction,
  ) {
    this.#prefix = prefix
    this.#reduction = reduction
  }

  pick(options: readonly Option[]): number {
    const { symmetry, independence } = this.#reduction
    return symmetry || independence ? this.#pickAwake(options) : this.#pickAny(options.length)
  }

  #pickAny(count: number): number {
    const at = this.picks.length
    const begun = at < this.#prefix.length
    const pick = begun ? this.#prefix[at]! : 0
    this.picks.push(pick)
    if (!begun) this.branches.push({ at, picks: Array.from({ length: count - 1 }, (_, index) => index + 1) })
    return pick
  }

  #pickAwake(options: readonly Option[]): number {
    const awake = options.map((option, index) => this.#isAwake(option, index, options))
    const at = this.picks.length
    const begun = at < this.#prefix.length
    const pick = begun ? this.#prefix[at]! : awake.indexOf(true)
    if (pick < 0) {
      this.redundant = true
      return 0
    }
    this.picks.push(pick)
    const others = awake.flatMap((isAwake, index) => (isAwake && index > pick ? [index] : []))
    if (!begun && others.length > 0) this.branches.push({ at, picks: others })
    // Siblings that come before are explored in full, whatever follows.
    const before = options.filter((_, index) => index < pick && awake[index])
    this.#pass(options[pick]!, [...this.#asleep, ...before])
    return pick
  }

  sole(option: Option): void {
    if (this.#asleep.some(({ label }) => label === option.label)) this.redundant = true
    this.#pass(option, this.#asleep)
  }

  inject(limit: number): number {
    const at = this.picks.length
    const begun = at < this.#prefix.length
    const depth = begun ? this.#prefix[at]! : 0
    this.picks.push(depth)
    if (!begun) this.branches.push({ at, picks: Array.from({ length: limit }, (_, index) => index + 1) })
    // Two actions in one drain are no longer two that commute.
    if (depth > 0) this.#asleep = []
    return depth
  }

  #isAwake(option: Option, index: number, options: readonly Option[]): boolean {
    if (this.#asleep.some(({ label }) => label === option.label)) return false
    return !this.#reduction.symmetry || options.findIndex(({ label }) => label === option.label) === index
  }

  #pass(taken: Option, asleep: readonly Option[]): void {
    this.#asleep = this.#reduction.independence ? asleep.filter((option) => commute(option, taken)) : []
  }
}

const commute = (a: Option, b: Option): boolean =>
  a.key !== undefined && b.key !== undefined && a.key !== b.key && a.owner !== b.owner
