import type { Option } from '../choices.js'

/** Something the world may do next. */
export class Action implements Option {
  /** Not before this time, in ms since the run began. */
  readonly dueMs: number
  /** How many microtasks into the drain of the action before it, if it comes right after that. */
  readonly inject: number
  readonly run: () => void
  readonly owner: string
  /** How a report calls it: `A's await`, `factory #1`. */
  readonly words: string
  readonly key: string | number | undefined
  readonly #mark: string | undefined

  constructor(run: () => void, traits: ActionTraits) {
    this.run = run
    this.dueMs = traits.dueMs
    this.inject = traits.inject ?? 0
    this.owner = traits.owner
    this.words = traits.words
    this.key = traits.key
    this.#mark = traits.mark
  }

  get label(): string {
    return this.#mark ?? this.words
  }
}

/** What is known of an action. */
export interface ActionTraits {
  readonly dueMs: number
  readonly inject?: number | undefined
  readonly owner: string
  readonly words: string
  readonly key?: string | number | undefined
  /** Its label, where the words do not tell it from all others. */
  readonly mark?: string | undefined
}
