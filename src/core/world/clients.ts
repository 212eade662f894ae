import type { HistoryEvent, Outcome } from '../history.js'
import type { Value } from '../value.js'
import type { ActionTraits } from './action.js'
import type { Step } from './step.js'

/** The adapter itself is at fault: it throws, or gives something that its contract does not allow. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError'
}

/** What clients need of their world. */
interface ClientWorld {
  readonly nowMs: number
  nextId(): number
  record(event: Omit<HistoryEvent, 'seq' | 'step' | 'timeMs'>): unknown
  note(value: unknown): Value
  facts(detail: HistoryEvent['detail']): HistoryEvent['detail']
  schedule(run: () => void, traits: ActionTraits): unknown
}

/** The clients of one run: the calls they make, and which of these are answered. */
export class Clients {
  readonly #world: ClientWorld
  readonly #unanswered = new Map<number, (id: number) => boolean>()
  readonly #answered = new Set<number>()
  readonly #afterAnswer = new Map<number, () => void>()

  constructor(world: ClientWorld) {
    this.#world = world
  }

  /** A client that takes its steps in order; `mark` is what it shares with others that do the same. */
  add(client: string, steps: readonly Step[], mark?: string, index = 0): void {
    const step = steps[index]
    if (!step) return
    const run = () => {
      let at = index
      let last = 0
      do last = this.call(client, steps[at++]!)
      while (steps[at]?.sameTurn)
      const next = () => this.add(client, steps, undefined, at)
      if (steps[at]?.afterAnswer && !this.#answered.has(last)) this.#afterAnswer.set(last, next)
      else next()
    }
    const { op, dueMs = this.#world.nowMs, inject, detail } = step
    const key = keyOf(detail)
    const words = `${client}'s ${op}`
    this.#world.schedule(run, { dueMs, inject, owner: client, words, key, mark: mark ?? `${words}/${index}` })
  }

  /** A call now, in this very turn. Returns its id. */
  call(actor: string, step: Step): number {
    const id = this.#world.nextId()
    const { op, value, code, from, owed = true } = step
    const detail = this.#world.facts(from === undefined ? step.detail : { ...step.detail, from })
    this.#world.record({ type: 'call', actor, op, id, value, detail, code })
    if (owed !== false) this.#unanswered.set(id, owed === true ? () => true : owed)
    this.#perform(actor, step, id)
    return id
  }

  /** Calls that are owed an answer and have none. */
  owedIds(): readonly number[] {
    if (this.#unanswered.size === 0) return []
    return [...this.#unanswered].filter(([id, owed]) => owed(id)).map(([id]) => id)
  }

  /** Whether a client still waits for an answer it is owed. */
  waiting(): boolean {
    for (const [id, owed] of this.#unanswered) if (owed(id)) return true
    return false
  }

  /** Whether any call, owed an answer or not, is still open. */
  get unanswered(): boolean {
    return this.#unanswered.size > 0
  }

  #perform(actor: string, step: Step, id: number): void {
    const answer = (outcome: Outcome, value: unknown) => this.#answer(actor, step.op, id, outcome, value)
    let result: unknown
    try {
      result = step.run(id)
    } catch (error) {
      if (error instanceof AdapterError) throw error
      answer('threw', error)
      return
    }
    if (step.answers === 'value' || !isThenable(result)) {
      answer('returned', result)
      return
    }
    try {
      result.then(
        (value) => answer('fulfilled', value),
        (reason) => answer('rejected', reason),
      )
    } catch (error) {
      answer('threw', error)
    }
  }

  #answer(actor: string, op: string, id: number, outcome: Outcome, value: unknown): void {
    this.#unanswered.delete(id)
    this.#answered.add(id)
    this.#world.record({ type: 'return', actor, op, id, outcome, value: this.#world.note(value) })
    const next = this.#afterAnswer.get(id)
    this.#afterAnswer.delete(id)
    next?.()
  }
}

/** What a call or a source call touches, where its protocol says so. */
export function keyOf(detail: HistoryEvent['detail']): string | number | undefined {
  const key = detail?.key
  return typeof key === 'string' || typeof key === 'number' ? key : undefined
}

/** Whether a value has a callable `then`, asked once and carefully. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof (value as { then?: unknown }).then === 'function'
}
