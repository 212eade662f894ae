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

/**
 * What could have been picked instead at one point of a schedule. Where a crowd is enabled there are very many of these, so
 * the choices before it are only written out when its turn comes.
 */
interface Siblings {
  readonly before: readonly number[]
  readonly at: number
  readonly picks: readonly number[]
  /** How many of the picks have been handed out. */
  taken: number
}

/**
 * Every schedule of one scenario, in order of how many choices depart from first-in-first-out: play what `next` gives
 * and hand it to `played`. The tree is not known beforehand; each schedule shows where it branches.
 *
 * What need not be explored twice is found by sleep sets (Godefroid): an action whose every continuation has been taken
 * care of sleeps until something happens that it depends on.
 */
export class Enumeration {
  /** By number of deviations, each level in the order in which it was found. */
  readonly #waiting: Siblings[][] = []
  readonly #reduction: Reduction
  #begun = false

  constructor(reduction: Reduction = UNREDUCED) {
    this.#reduction = reduction
  }

  /** The next schedule to play; undefined when all have been. */
  next(): Walk | undefined {
    if (!this.#begun) {
      this.#begun = true
      return new Walk([], 0, this.#reduction)
    }
    const deviations = this.#waiting.findIndex((level) => level.length > 0)
    const level = this.#waiting[deviations]
    const siblings = level?.[0]
    if (!level || !siblings) return undefined
    const picks = [...siblings.before.slice(0, siblings.at), siblings.picks[siblings.taken++]!]
    if (siblings.taken === siblings.picks.length) level.shift()
    return new Walk(picks, deviations, this.#reduction)
  }

  /** Takes in where a schedule branched. */
  played({ picks: before, branches }: Walk): void {
    let deviations = 0
    let counted = 0
    for (const { at, picks } of branches) {
      for (; counted < at; counted++) if (before[counted] !== 0) deviations++
      if (picks.length > 0) this.#level(deviations + 1).push({ before, at, picks, taken: 0 })
    }
  }

  #level(deviations: number): Siblings[] {
    while (this.#waiting.length <= deviations) this.#waiting.push([])
    return this.#waiting[deviations]!
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
    if (!begun) this.branches.push({ at, picks: upTo(count - 1) })
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
    if (!begun) this.branches.push({ at, picks: upTo(limit) })
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

const ranges: (readonly number[])[] = []

/** The numbers from 1 up to a count. Every point of every schedule asks, so they are made once. */
function upTo(count: number): readonly number[] {
  ranges[count] ??= Array.from({ length: count }, (_, index) => index + 1)
  return ranges[count]
}

const commute = (a: Option, b: Option): boolean =>
  a.key !== undefined && b.key !== undefined && a.key !== b.key && a.owner !== b.owner
