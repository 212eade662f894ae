import type { HistoryEvent } from '../../src/core/index.js'

/** What a promise should be, by the specifications, after some events. Values are told apart by their id. */
export type Expected =
  /** `due`: a foreign thenable has been handed over, and the subject has yet to call its `then`. */
  | { readonly state: 'pending'; readonly due?: true }
  /** Promises that were resolved with themselves have laws of their own; the others ask nothing of them. */
  | { readonly state: 'unspecified' }
  | { readonly state: 'fulfilled' | 'rejected'; readonly value: number }

const PENDING: Expected = { state: 'pending' }
const DUE: Expected = { state: 'pending', due: true }
const UNSPECIFIED: Expected = { state: 'unspecified' }

/** The first reading, call and deed of a foreign thenable: all that matters of it. */
interface Conduct {
  read: HistoryEvent | undefined
  call: HistoryEvent | undefined
  deed: HistoryEvent | undefined
}

/**
 * The promise resolution procedure over a history: what each promise of a run should be, as far as the events tell
 * what foreign thenables did. It reads what the subject touched, and never what the subject reported.
 *
 * `before` limits a question to the events before that position; by default all count.
 */
export class Expectations {
  readonly #settlings = new Map<string, HistoryEvent>()
  readonly #calls = new Map<number, HistoryEvent>()
  readonly #runs = new Map<number, HistoryEvent[]>()
  readonly #conduct = new Map<string, Conduct>()
  /** Foreign thenables that a promise really had to adopt; those of a settling that came too late are not. */
  readonly adopted = new Map<string, HistoryEvent>()
  /** The first settling that came when its promise was locked in already: pending or not, it has no say any more. */
  overridden: HistoryEvent | undefined

  constructor(events: readonly HistoryEvent[]) {
    for (const event of events) this.#take(event)
  }

  /** The first settling of a promise: the one that counts. */
  settling(on: string): HistoryEvent | undefined {
    return this.#settlings.get(on)
  }

  /** What the promise of a deferred should be. */
  of(on: string, before = Number.POSITIVE_INFINITY): Expected {
    const first = this.#settlings.get(on)
    if (!first?.value || first.seq >= before) return PENDING
    if (first.op === 'reject') return { state: 'rejected', value: first.value.id }
    return this.#resolution(first.value.id, first.detail?.ref, first, before)
  }

  /** What the promise that a call of `then` returned should be, once everything is over. */
  derived(call: number): Expected | undefined {
    const start = this.#calls.get(call)
    if (!start) return undefined
    const parent = this.of(String(start.detail?.on))
    if (parent.state === 'pending' || parent.state === 'unspecified') return parent
    const slot = parent.state === 'fulfilled' ? 'onFulfilled' : 'onRejected'
    if (start.detail?.[slot] !== true) return parent
    const run = this.#runs.get(call)?.find(({ op }) => op === slot)
    if (!run?.detail) return PENDING
    const reply = Number(run.detail.reply)
    if (run.detail.replies === 'throw') return { state: 'rejected', value: reply }
    return this.#resolution(reply, run.detail.ref, run, Number.POSITIVE_INFINITY)
  }

  /**
   * Whether a call of `then` is due an answer: the subject still has to run its handler or to ask a thenable, or the
   * outcome is known.
   */
  owes(call: number): boolean {
    const start = this.#calls.get(call)
    const parent = start && this.of(String(start.detail?.on))
    if (parent?.state !== 'fulfilled' && parent?.state !== 'rejected')
      return parent?.state === 'pending' && parent.due === true
    const slot = parent.state === 'fulfilled' ? 'onFulfilled' : 'onRejected'
    const ran = this.#runs.get(call)?.some(({ op }) => op === slot) === true
    if (start?.detail?.[slot] === true && !ran) return true
    const derived = this.derived(call)
    if (derived?.state === 'pending') return derived.due === true
    return derived?.state === 'fulfilled' || derived?.state === 'rejected'
  }

  #take(event: HistoryEvent): void {
    const { type, op, id = 0, actor, detail } = event
    if (type === 'call') {
      this.#calls.set(id, event)
      if (op === 'resolve' || op === 'reject') this.#settle(String(detail?.on), event)
    } else if (type === 'handler') {
      const runs = this.#runs.get(id)
      if (runs) runs.push(event)
      else this.#runs.set(id, [event])
    } else if (type === 'touch') {
      const known = this.#conduct.get(actor) ?? { read: undefined, call: undefined, deed: undefined }
      this.#conduct.set(actor, known)
      if (op === 'read') known.read ??= event
      else if (op === 'then') known.call ??= event
      else if (op === 'fulfil' || op === 'reject' || op === 'throw') known.deed ??= event
    }
  }

  #settle(on: string, event: HistoryEvent): void {
    const first = this.#settlings.get(on)
    if (!first) this.#settlings.set(on, event)
    else if (locksIn(first)) this.overridden ??= event
  }

  #resolution(value: number, ref: unknown, by: HistoryEvent, before: number): Expected {
    if (ref === undefined) return { state: 'fulfilled', value }
    if (ref === 'itself') return UNSPECIFIED
    if (ref === 'other') return this.of('other', before)
    return this.#adoption(String(ref), value, by, before)
  }

  #adoption(name: string, value: number, by: HistoryEvent, before: number): Expected {
    this.adopted.set(name, by)
    const { read, call, deed } = this.#conduct.get(name) ?? {}
    if (read && read.seq < before) {
      if (read.detail?.throws === true) return { state: 'rejected', value: read.value!.id }
      if (read.detail?.callable === false) return { state: 'fulfilled', value }
    }
    if (!deed?.value || deed.seq >= before) return call ? PENDING : DUE
    if (deed.op !== 'fulfil') return { state: 'rejected', value: deed.value.id }
    const inner = deed.detail?.thenable
    return inner === undefined
      ? { state: 'fulfilled', value: deed.value.id }
      : this.#adoption(String(inner), deed.value.id, deed, before)
  }
}

/** Whether a settling hands over a promise or a thenable, on which everything depends from then on. */
export const locksIn = ({ op, detail }: HistoryEvent): boolean =>
  op === 'resolve' && detail?.ref !== undefined && detail.ref !== 'itself'

/** Whether an outcome is the expected one. */
export function meets(expected: Expected, state: 'fulfilled' | 'rejected', event: HistoryEvent): boolean {
  if (expected.state === 'unspecified') return true
  return expected.state === state && event.value?.id === expected.value
}
