import type { History, HistoryEvent } from './history.js'

/** `required`: breaking it is a bug for any user. `untested`: a clause that no observer can see, listed for honesty. */
export type Level = 'required' | 'recommended' | 'optional' | 'untested'

/** Where a law comes from. `kit` is our own judgement, with the reason why. */
export type Source =
  | { readonly kind: 'ecma-262'; readonly clause: string }
  | { readonly kind: 'promises-aplus'; readonly clause: string }
  | { readonly kind: 'dom'; readonly clause: string }
  | { readonly kind: 'node'; readonly clause: string }
  | { readonly kind: 'kit'; readonly why: string }

/** What breaks a law: the events to mark, and one line that says what is wrong with them. */
export interface Blame {
  readonly events: readonly HistoryEvent[]
  readonly because: string
}

/** Declared choices of a subject; every key is a policy of its protocol. */
export type Policy = Readonly<Record<string, unknown>>

/** What a law may know of the subject beside the history. */
export interface Context<P = Policy> {
  readonly policy: P
  /** Optional members that the subject was seen to have. */
  readonly traits: Readonly<Record<string, boolean>>
}

interface LawHead {
  /** The claim, in one sentence. */
  readonly statement: string
  readonly source: Source
}

/** A law that judges histories. It never drives anything and never touches the subject. */
export interface TestedLaw<P = Policy> extends LawHead {
  readonly level: Exclude<Level, 'untested'>
  /** What usually causes a violation, and what to do. */
  readonly hint: string
  /** Also judges runs that were cut short, which all other laws leave alone. */
  readonly judgesCutShort?: true
  /** Why only a world can see what the law is about: then it does not apply to what was recorded in a live program. */
  readonly needsWorld?: string
  /** `true`, or the reason why the law does not apply to this subject. */
  appliesWhen?(context: Context<P>): true | string
  /** Whether the law's antecedent occurred, so that holding means something. */
  exercised(history: History, context: Context<P>): boolean
  violation(history: History, context: Context<P>): Blame | undefined
}

/** A clause that cannot be observed from outside, with the reason. */
export interface UntestedLaw extends LawHead {
  readonly level: 'untested'
  readonly reason: string
}

export type Law<P = Policy> = TestedLaw<P> | UntestedLaw

/** The laws of a protocol by claim; the id of a law is `protocol/claim`. */
export type Laws<P = Policy> = Readonly<Record<string, Law<P>>>

/** Blame these events. Absent ones are left out, so that a law may name an end that never came. */
export const blame = (because: string, ...events: readonly (HistoryEvent | undefined)[]): Blame => ({
  because,
  events: events.filter((event) => event !== undefined),
})

/** The first blame among items, in order: the shape of most laws. */
export function firstBlame<T>(
  items: readonly T[],
  judge: (item: T, index: number) => Blame | undefined | false,
): Blame | undefined {
  // Counting is several times faster here than `entries`, and most of what a check does is this.
  for (let index = 0; index < items.length; index++) {
    const found = judge(items[index]!, index)
    if (found) return found
  }
  return undefined
}
