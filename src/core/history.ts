import { same, type Value } from './value.js'

/**
 * What an event says:
 *
 * - `call` / `return`  a client calls an operation of the subject; its answer, however it ends
 * - `start` / `settle` the subject calls a source the kit gave it; the world settles that call
 * - `handler`          a callback that a client registered runs
 * - `read`             a client looks at the subject's state without waiting
 * - `touch`            the subject reads or calls a thenable that the kit handed it
 * - `act`              the world acts outside any client: an abort, a clock jump
 * - `timer`            a timer of the subject fires
 * - the rest           observations of the world, one for each thing that should not be there
 */
export type EventType =
  | 'call'
  | 'return'
  | 'start'
  | 'settle'
  | 'handler'
  | 'read'
  | 'touch'
  | 'act'
  | 'signal'
  | 'timer'
  | 'deadlock'
  | 'bound'
  | 'hang'
  | 'host-error'
  | 'unhandled-rejection'
  | 'timer-left'
  | 'listener-left'
  | 'global-changed'

/** How a call, a source call or a handler ended or was invoked. */
export type Outcome = 'fulfilled' | 'rejected' | 'returned' | 'threw'

/** One event of a run: plain, serialisable data. */
export interface HistoryEvent {
  /** Position in the history, from 0. */
  readonly seq: number
  /** Which step of the world it belongs to, from 0 (the set-up). */
  readonly step: number
  /** Virtual milliseconds since the run began. */
  readonly timeMs: number
  readonly type: EventType
  /** Who: a client (`A`), a source (`factory`), the `world`. */
  readonly actor: string
  /** The operation, for `call`, `return`, `read`, `handler` and `act`. */
  readonly op?: string
  /** Pairs a `call` with its `return` and handlers, and a `start` with its `settle`. From 1, per history. */
  readonly id?: number
  readonly outcome?: Outcome
  readonly value?: Value
  /** Facts that only this protocol knows, as plain data. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
  /** The call as JavaScript, for the stand-alone reproduction. */
  readonly code?: string
}

/** A stretch of a history: from an event to the one that ends it, if it ended. */
export interface Span {
  readonly id: number
  readonly actor: string
  readonly op: string
  readonly start: HistoryEvent
  readonly end: HistoryEvent | undefined
}

/** Read access to the events of one run, with the questions that laws ask most. */
export class History {
  readonly #spans = new Map<string, readonly Span[]>()
  readonly #typed = new Map<EventType, HistoryEvent[]>()

  constructor(readonly events: readonly HistoryEvent[]) {
    for (const event of events) {
      const list = this.#typed.get(event.type)
      if (list) list.push(event)
      else this.#typed.set(event.type, [event])
    }
  }

  /** Every event of a type, in order. */
  of(type: EventType): readonly HistoryEvent[] {
    return this.#typed.get(type) ?? []
  }

  /** Calls that clients made, of one operation or of all. */
  calls(op?: string): readonly Span[] {
    return this.#pair('call', 'return', op)
  }

  /** Calls that the subject made of a source, of one or of all. */
  flights(source?: string): readonly Span[] {
    return this.#pair('start', 'settle', source)
  }

  /** Runs of the handlers that belong to a call. */
  handlers(call: Span): readonly HistoryEvent[] {
    return this.of('handler').filter((event) => event.id === call.id)
  }

  #pair(from: EventType, to: EventType, name: string | undefined): readonly Span[] {
    const memo = `${from} ${name ?? ''}`
    const known = this.#spans.get(memo)
    if (known) return known
    const ends = new Map(this.of(to).map((event) => [event.id, event]))
    const spans = this.of(from)
      .filter((event) => name === undefined || event.op === name)
      .map((start) => ({
        id: start.id ?? 0,
        actor: start.actor,
        op: start.op ?? '',
        start,
        end: ends.get(start.id),
      }))
    this.#spans.set(memo, spans)
    return spans
  }
}

/** Whether a span was open at an event: begun before it and not ended before it. */
export const openAt = (span: Span, event: HistoryEvent): boolean =>
  span.start.seq < event.seq && (span.end === undefined || span.end.seq > event.seq)

/** The first pair of spans that were open at the same instant. */
export function firstOverlap(spans: readonly Span[]): readonly [Span, Span] | undefined {
  for (const later of spans) {
    const earlier = spans.find((span) => span !== later && openAt(span, later.start))
    if (earlier) return [earlier, later]
  }
  return undefined
}

/** Whether an answer is a given outcome of a given value. */
export const answered = (
  event: HistoryEvent | undefined,
  outcome: Outcome,
  value: Value | undefined,
): boolean => event !== undefined && event.outcome === outcome && same(event.value, value)

/** Whether two events tell of the same outcome: fulfilled or rejected alike, with the same value. */
export const agree = (a: HistoryEvent | undefined, b: HistoryEvent | undefined): boolean =>
  settledAs(a) === settledAs(b) && same(a?.value, b?.value)

/** A synchronous return fulfils and a synchronous throw rejects, where only the outcome matters. */
export function settledAs(event: HistoryEvent | undefined): 'fulfilled' | 'rejected' | undefined {
  if (event?.outcome === undefined) return undefined
  return event.outcome === 'fulfilled' || event.outcome === 'returned' ? 'fulfilled' : 'rejected'
}
