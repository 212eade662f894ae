import type { Option, Scheduler } from './choices.js'
import type { Transcript, TranscriptEvent } from './transcript.js'

/** What the order of a transcript must know of the world that it is kept in. */
interface Timed {
  readonly nowMs: number
  readonly actions: readonly { readonly dueMs: number }[]
  readonly clock: { nextDueMs(): number }
}

/**
 * Lets everybody act in the order of a transcript. Whoever comes next there and cannot act, as the subject is another one
 * by now, is passed over until they can; whoever is not in it comes in the order of the world.
 */
export class InOrder implements Scheduler {
  readonly #left: TranscriptEvent[]
  #world: Timed | undefined

  constructor({ events }: Transcript) {
    this.#left = events.filter(
      ({ step, type }, index) =>
        step > 0 && LEADING.includes(type) && events.findIndex((event) => event.step === step) === index,
    )
  }

  /** The world whose actions are put in order. */
  attend(world: Timed): void {
    this.#world = world
  }

  pick(options: readonly Option[]): number {
    const time = options.findIndex(({ owner }) => owner === 'clock')
    for (const [index, event] of this.#left.entries()) {
      const waits = this.#isToCome(event)
      const found = waits ? time : options.findIndex((option) => this.#isOf(option, event))
      if (found < 0) continue
      if (!waits) this.#left.splice(index, 1)
      return found
    }
    return 0
  }

  sole(option: Option): void {
    const index = this.#left.findIndex((event) => !this.#isToCome(event) && this.#isOf(option, event))
    if (index >= 0) this.#left.splice(index, 1)
  }

  /** Whether time has to pass before an event, and will not pass beyond it. */
  #isToCome({ timeMs }: TranscriptEvent): boolean {
    return this.#world !== undefined && timeMs > this.#world.nowMs && this.#nextMs() <= timeMs
  }

  #nextMs(): number {
    const { nowMs, actions, clock } = this.#world!
    return Math.min(clock.nextDueMs(), ...actions.map(({ dueMs }) => dueMs).filter((dueMs) => dueMs > nowMs))
  }

  #isOf({ owner, words }: Option, { type, actor, op, n, timeMs }: TranscriptEvent): boolean {
    switch (type) {
      case 'call':
        return words === `${actor}'s ${op}`
      case 'settle':
        return words === `${actor} #${n}`
      case 'timer':
        return owner === 'clock' && this.#nextMs() <= timeMs
      default:
        return words === op || op.startsWith(`${words} `) || words === 'the world'
    }
  }
}

/** What the first event of a step may be where somebody has acted. */
const LEADING: readonly TranscriptEvent['type'][] = ['call', 'settle', 'act', 'timer']
