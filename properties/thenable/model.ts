import type { HistoryEvent } from '../../src/core/index.js'

/** What a promise should be, by the specifications, after some events. Values are told apart by their id. */
export type Expected =
  | { readonly state: 'pending' }
  /** Promises that were resolved with themselves have laws of their own; the others ask nothing of them. */
  | { readonly state: 'unspecified' }
  | { readonly state: 'fulfilled' | 'rejected'; readonly value: number }

const PENDING: Expected = { state: 'pending' }
const UNSPECIFIED: Expected = { state: 'unspecified' }

/**
 * The promise resolution procedure over a history: what each promise of a run should be, as far as the events tell
 * what foreign thenables did. It reads what the subject touched, and never what the subject reported.
 */
export class Expectations {
  readonly #events: readonly HistoryEvent[]
  /** Foreign thenables that a promise really had to adopt; those of a settling that came too late are not. */
  readonly adopted = new Map<string, HistoryEvent>()

  /** @param before only events before this position count; all of them by default */
  constructor(events: readonly HistoryEvent[], before = Number.POSITIVE_INFINITY) {
    this.#events = before === Number.POSITIVE_INFINITY ? events : events.filter(({ seq }) => seq < before)
  }

  /** The first settling of a promise: the one that counts. */
  settling(on: string): HistoryEvent | undefined {
    return this.#events.find(
      ({ type, op, detail }) => type === 'call' && detail?.on === on && (op === 'resolve' || op === 'reject'),
    )
  }

  /** What the promise of a deferred should be. */
  of(on: string): Expected {
    const first = this.settling(on)
    if (!first?.value) return PENDING
    if (first.op === 'reject') return { state: 'rejected', value: first.value.id }
    return this.#resolution(first.value.id, first.detail?.ref, first)
  }

  /** What the promise that a call of `then` returned should be. */
  derived(call: number): Expected | undefined {
    const start = this.#events.find(({ type, id }) => type === 'call' && id === call)
    if (!start) return undefined
    const parent = this.of(String(start.detail?.on))
    if (parent.state === 'pending' || parent.state === 'unspecified') return parent
    const slot = parent.state === 'fulfilled' ? 'onFulfilled' : 'onRejected'
    if (start.detail?.[slot] !== true) return parent
    const run = this.#events.find(({ type, id, op }) => type === 'handler' && id === call && op === slot)
    if (!run?.detail) return PENDING
    const reply = Number(run.detail.reply)
    if (run.detail.replies === 'throw') return { state: 'rejected', value: reply }
    return this.#resolution(reply, run.detail.ref, run)
  }

  /** Whether a call of `then` is due an answer: its handler still has to run, or has run and settled the outcome. */
  owes(call: number): boolean {
    const start = this.#events.find(({ type, id }) => type === 'call' && id === call)
    const parent = start && this.of(String(start.detail?.on))
    if (parent?.state !== 'fulfilled' && parent?.state !== 'rejected') return false
    const slot = parent.state === 'fulfilled' ? 'onFulfilled' : 'onRejected'
    const ran = this.#events.some(({ type, id, op }) => type === 'handler' && id === call && op === slot)
    if (start?.detail?.[slot] === true && !ran) return true
    const derived = this.derived(call)?.state
    return derived === 'fulfilled' || derived === 'rejected'
  }

  #resolution(value: number, ref: unknown, by: HistoryEvent): Expected {
    if (ref === undefined) return { state: 'fulfilled', value }
    if (ref === 'itself') return UNSPECIFIED
    if (ref === 'other') return this.of('other')
    return this.#adoption(String(ref), value, by)
  }

  #adoption(name: string, value: number, by: HistoryEvent): Expected {
    this.adopted.set(name, by)
    const touches = this.#events.filter(({ type, actor }) => type === 'touch' && actor === name)
    const read = touches.find(({ op }) => op === 'read')
    if (read?.detail?.throws === true) return { state: 'rejected', value: read.value!.id }
    if (read?.detail?.callable === false) return { state: 'fulfilled', value }
    const deed = touches.find(({ op }) => op === 'fulfil' || op === 'reject' || op === 'throw')
    if (!deed?.value) return PENDING
    if (deed.op !== 'fulfil') return { state: 'rejected', value: deed.value.id }
    const inner = deed.detail?.thenable
    return inner === undefined
      ? { state: 'fulfilled', value: deed.value.id }
      : this.#adoption(String(inner), deed.value.id, deed)
  }
}

/** Whether an outcome is the expected one. */
export function meets(expected: Expected, state: 'fulfilled' | 'rejected', event: HistoryEvent): boolean {
  if (expected.state === 'unspecified') return true
  return expected.state === state && event.value?.id === expected.value
}
