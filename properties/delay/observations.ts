import { type History, type HistoryEvent, type Span, settledAs } from '../../src/core/index.js'
import { LONGEST_TIMER_MS } from './play.js'

/** What the laws ask of a history, in the words of delays. All times are in ms. */

export const delays = (h: History): readonly Span[] => h.calls('delay')

/** The time that was asked for, as it was asked for. */
export const asked = ({ start }: Span): number => Number(start.value?.text)

/** The time that a delay is to take: what is no time counts as none. */
export const lengthMs = (call: Span): number => (asked(call) > 0 ? asked(call) : 0)

export const dueMs = (call: Span): number => call.start.timeMs + lengthMs(call)

export const isInvalid = (call: Span): boolean => !(asked(call) >= 0)
export const isTooLong = (call: Span): boolean => asked(call) > LONGEST_TIMER_MS

/** A delay that every subject must be able to take. */
export const isOrdinary = (call: Span): boolean => !isInvalid(call) && !isTooLong(call)

/** When the signal that a call was given aborts, if it does. */
export const abortOf = (h: History, { start }: Span): HistoryEvent | undefined => {
  const { signal } = start.detail ?? {}
  return signal === undefined ? undefined : h.of('act').find(({ op }) => op === `abort ${signal}`)
}

/** Delays that no abort has to do with: none that came before their end. */
export const undisturbed = (h: History): readonly Span[] =>
  delays(h).filter((call) => {
    const abort = abortOf(h, call)
    return abort === undefined || (call.end !== undefined && call.end.seq < abort.seq)
  })

/** Delays whose signal had aborted before they were asked for. An immediate one has nothing to end. */
export const abortedBefore = (h: History): readonly Span[] =>
  delays(h).filter((call) => {
    const abort = abortOf(h, call)
    return abort !== undefined && abort.seq < call.start.seq && lengthMs(call) > 0
  })

/** A delay that was aborted with time left. */
export interface Aborted {
  readonly call: Span
  readonly abort: HistoryEvent
}

/** An answer that comes a turn after the abort may lose to the time itself: only more than a turn counts as time left. */
export const abortedDuring = (h: History): readonly Aborted[] =>
  delays(h).flatMap((call) => {
    const abort = abortOf(h, call)
    if (!abort || abort.seq < call.start.seq || (call.end && call.end.seq < abort.seq)) return []
    // What overflows may end at any time: that is another fault.
    if (isTooLong(call) && isFulfilled(call)) return []
    return dueMs(call) > abort.timeMs + turnsMs(h, abort, call.end) + 1 ? [{ call, abort }] : []
  })

/**
 * How late an answer may be: a timer that is set with no delay lands a millisecond later, so each
 * timer that fired on the way may have cost that much.
 */
export const turnsMs = (h: History, from: HistoryEvent, to: HistoryEvent | undefined): number =>
  to === undefined ? 0 : h.of('timer').filter(({ seq }) => seq > from.seq && seq < to.seq).length

/** Whether a call ended more than a few turns of the event loop after an instant. */
export const isLate = (h: History, from: HistoryEvent, end: HistoryEvent, due = from.timeMs): boolean =>
  end.timeMs > due + turnsMs(h, from, end)

export const isFulfilled = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const isRejected = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** When a call was found never to end, if it was. */
export const deadlockOf = (h: History, { id }: Span): HistoryEvent | undefined =>
  h.of('deadlock').find((event) => event.id === id)
