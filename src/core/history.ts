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
  readonly op?: string | undefined
  /** Pairs a `call` with its `return` and handlers, and a `start` with its `settle`. From 1, per history. */
  readonly id?: number | undefined
  readonly outcome?: Outcome | undefined
  readonly value?: Value | undefined
  /** Facts that only this protocol knows, as plain data. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>> | undefined
  /** The call as JavaScript, for the stand-alone reproduction; of what happens in another thread, how one sees it. */
  readonly code?: string | undefined
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
  #byType: Map<EventType, HistoryEvent[]> | undefined
  #calls: Spans | undefined
  #flights: Spans | undefined

  constructor(readonly events: readonly HistoryEvent[]) {}

  /** Every event of a type, in order. */
  of(type: EventType): readonly HistoryEvent[] {
    this.#byType ??= byType(this.events)
    return this.#byType.get(type) ?? NONE
  }

  /** Calls that clients made, of one operation or of all. */
  calls(op?: string): readonly Span[] {
    this.#calls ??= new Spans(this.of('call'), this.of('return'))
    return this.#calls.named(op)
  }

  /** Calls that the subject made of a source, of one or of all. */
  flights(source?: string): readonly Span[] {
    this.#flights ??= new Spans(this.of('start'), this.of('settle'))
    return this.#flights.named(source)
  }

  /** Runs of the handlers that belong to a call. */
  handlers(call: Span): readonly HistoryEvent[] {
    return this.of('handler').filter((event) => event.id === call.id)
  }
}

const NONE: readonly never[] = []

function byType(events: readonly HistoryEvent[]): Map<EventType, HistoryEvent[]> {
  const lists = new Map<EventType, HistoryEvent[]>()
  for (const event of events) {
    const list = lists.get(event.type)
    if (list) list.push(event)
    else lists.set(event.type, [event])
  }
  return lists
}

/** Spans by the name of what was called; every law asks for them, so they are paired once. */
class Spans {
  readonly #all: Span[] = []
  readonly #named = new Map<string, Span[]>()

  constructor(starts: readonly HistoryEvent[], ends: readonly HistoryEvent[]) {
    const firstEnds = new Map<number | undefined, HistoryEvent>()
    for (const end of ends) if (!firstEnds.has(end.id)) firstEnds.set(end.id, end)
    for (const start of starts) {
      const { id = 0, actor, op = '' } = start
      const span = { id, actor, op, start, end: firstEnds.get(id) }
      this.#all.push(span)
      const list = this.#named.get(op)
      if (list) list.push(span)
      else this.#named.set(op, [span])
    }
  }

  named(name: string | undefined): readonly Span[] {
    return name === undefined ? this.#all : (this.#named.get(name) ?? NONE)
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
