import { agree, type History, type HistoryEvent, type Span, same, settledAs } from '../../src/core/index.js'

/** What the laws ask of a history, in the words of cancelling: calls, their flights, and what the aborts found. */

/** All who asked for an outcome: of a task of their own, or of a shared one. */
export const asks = (h: History): readonly Span[] => [...h.calls('run'), ...h.calls('join')]

export const isShared = ({ op }: Span): boolean => op === 'join'

export const flightsOf = (h: History, { start }: Span): readonly Span[] =>
  h.flights(String(start.detail?.task))

/** When the signal that a call was given aborts, if it does. */
export const abortOf = (h: History, { start }: Span): HistoryEvent | undefined => {
  const { signal } = start.detail ?? {}
  return signal === undefined ? undefined : h.of('act').find(({ op }) => op === `abort ${signal}`)
}

export const isRejected = ({ end }: Span): boolean => settledAs(end) === 'rejected'
export const isFulfilled = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'

/** A call, and the abort of its signal. */
export interface Aborted {
  readonly call: Span
  readonly abort: HistoryEvent
}

const aborted = (h: History, matters: (call: Span, abort: HistoryEvent) => boolean): readonly Aborted[] =>
  asks(h).flatMap((call) => {
    const abort = abortOf(h, call)
    return abort && matters(call, abort) ? [{ call, abort }] : []
  })

/** Calls under a signal that had aborted before. */
export const abortedBefore = (h: History): readonly Aborted[] =>
  aborted(h, ({ start }, abort) => abort.seq < start.seq)

/** Calls whose signal aborts after their answer. */
export const abortedAfter = (h: History): readonly Aborted[] =>
  aborted(h, ({ end }, abort) => end !== undefined && abort.seq > end.seq)

/**
 * Calls whose signal aborts with the task under way, or not begun. Those whose task ends about the same time are left out:
 * a subject that needs a turn of the event loop to tell of the abort may as well tell of that.
 */
export const abortedDuring = (h: History): readonly Aborted[] =>
  aborted(h, (call, abort) => {
    const { start, end } = call
    if (abort.seq < start.seq || (end && end.seq < abort.seq)) return false
    const soonMs = abort.timeMs + turnsMs(h, abort, end) + 1
    return flightsOf(h, call)
      .filter((flight) => !hadFailed(flight, start))
      .every((flight) => cutShort(h, flight) || (flight.end?.timeMs ?? Number.POSITIVE_INFINITY) > soonMs)
  })

/** Whether a flight was over without an outcome to keep: one that succeeded may still be what a later call gets. */
const hadFailed = (flight: Span, event: HistoryEvent): boolean =>
  isRejected(flight) && flight.end!.seq < event.seq

/** Every call that an abort had to end. */
export const abortedInTime = (h: History): readonly Aborted[] => [...abortedBefore(h), ...abortedDuring(h)]

/** Calls that were answered before their signal aborted, if it ever does. */
export const undisturbed = (h: History): readonly Span[] =>
  asks(h).filter((call) => {
    const abort = abortOf(h, call)
    return abort === undefined || (call.end !== undefined && call.end.seq < abort.seq)
  })

/** Whether a flight ended because it was told of an abort: it was to end otherwise. */
export function cutShort(h: History, flight: Span): boolean {
  const { start, end } = flight
  if (!start.detail?.abortable || !start.detail.signal || settledAs(end) !== 'rejected') return false
  if (start.detail.planned === 'fulfil') return true
  const aborts = asks(h).flatMap((call) =>
    call.start.detail?.task === flight.actor ? (abortOf(h, call) ?? []) : [],
  )
  return aborts.some(({ value, seq }) => seq < end!.seq && same(value, end?.value))
}

/**
 * How late an answer may be: a timer that is set with no delay lands a millisecond later, so each
 * timer that fired on the way may have cost that much.
 */
export const turnsMs = (h: History, from: HistoryEvent, to: HistoryEvent | undefined): number =>
  to === undefined ? 0 : h.of('timer').filter(({ seq }) => seq > from.seq && seq < to.seq).length

/** Whether something came more than a few turns of the event loop after an instant. */
export const isLate = (h: History, from: HistoryEvent, event: HistoryEvent): boolean =>
  event.timeMs > from.timeMs + turnsMs(h, from, event)

/** When a call was found never to be answered, if it was. */
export const deadlockOf = (h: History, { id }: Span): HistoryEvent | undefined =>
  h.of('deadlock').find((event) => event.id === id)

/** Whether an answer is what a task came to, by itself or because it was told of an abort. */
export const isOfATask = (h: History, call: Span): boolean =>
  flightsOf(h, call).some(({ end }) => end && call.end && end.seq < call.end.seq && agree(end, call.end))

/** The same answer, looked at again after all else. */
export const lookOf = (h: History, { actor }: Span): Span | undefined =>
  h.calls('look').find((look) => look.actor === actor)
