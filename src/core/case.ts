import type { DrawStream } from './generate.js'
import type { Blame, Context, TestedLaw } from './law.js'
import type { Kind, Part, SuiteLaw } from './protocol.js'
import type { Origin } from './replay.js'
import type { Finder } from './report.js'
import type { Played } from './world/stage.js'

/** One kind of scenario as a suite draws it. */
export interface Slot {
  /** Its place among all kinds of the suite, as replay strings count. */
  readonly ordinal: number
  readonly name: string
  readonly part: Part
  readonly kind: Kind<never, never>
  readonly context: Context
  readonly stream: DrawStream
  readonly scope: readonly unknown[]
}

/** A run that broke a law. */
export interface Offence {
  readonly slot: Slot
  readonly origin: Origin
  readonly blame: Blame
  readonly played: Played
  readonly scenario: unknown
  /** What found it. */
  readonly by: Finder
  /** Number of the first run that broke the law. */
  readonly afterRuns: number
}

/** What is known so far about one law of a suite. */
export interface Case {
  readonly entry: SuiteLaw
  readonly law: TestedLaw
  readonly context: Context
  /** Why the law does not apply; undefined when it does. */
  readonly excused: string | undefined
  exercised: number
  /** The same by kind of scenario, at the kind's `ordinal`. */
  readonly exercisedBy: number[]
  /** The smallest drawn run and the smallest enumerated run that break the law. */
  readonly offences: { drawn?: Offence; enumerated?: Offence }
}

/** Whether a law judges the runs of a kind: those of its own protocol, or of all where it draws none itself. */
export function concerns({ entry }: Case, slot: Slot): boolean {
  if (entry.part === slot.part) return true
  return !slot.kind.apart && Object.keys(entry.part.protocol.kinds).length === 0
}
