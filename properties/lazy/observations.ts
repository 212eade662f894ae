import {
  answered,
  type History,
  type HistoryEvent,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'

/** What the laws ask of a history, in the words of lazy values: awaits, flights, resets, and what is known when. */

export const awaits = (h: History): readonly Span[] => h.calls('await')
export const flights = (h: History): readonly Span[] => h.flights('factory')
export const resets = (h: History): readonly Span[] => h.calls('reset')

export const succeeded = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** Which flight it is, as reports count: from 1. */
export const no = (h: History, flight: Span): number => flights(h).indexOf(flight) + 1

/** Awaits that were fulfilled. */
export const fulfilled = (h: History): readonly Span[] =>
  awaits(h).filter(({ end }) => settledAs(end) === 'fulfilled')

/** A factory that awaits its own value is a case of its own, with laws of its own. */
export const reentrant = (h: History): boolean =>
  awaits(h).some(({ start }) => start.detail?.reentrant === true)

/** How many resets came before an event: flights of different epochs owe one another nothing. */
export const epoch = (h: History, event: HistoryEvent): number =>
  resets(h).filter(({ start }) => start.seq < event.seq).length

/**
 * The epoch that a flight belongs to; undefined where that is unclear. A subject may call its factory some time after
 * it was asked to. If a reset comes in between, the flight begins after it and yet belongs before it.
 */
export function epochOf(h: History, flight: Span): number | undefined {
  const own = epoch(h, flight.start)
  if (own === 0) return own
  const justReset = resets(h).some(
    (reset) =>
      reset.start.step === flight.start.step &&
      reset.start.seq < flight.start.seq &&
      !openAt(reset, flight.start),
  )
  const mayServe = ({ start, end }: Span) =>
    start.seq < flight.start.seq &&
    (end === undefined || end.seq > flight.start.seq) &&
    epoch(h, start) < own &&
    !served(h, start, flight)
  return justReset || awaits(h).some(mayServe) ? undefined : own
}

/** Whether a call has a flight of its own epoch, other than this one, that did not fail before this one began. */
function served(h: History, call: HistoryEvent, other: Span): boolean {
  const asked = epoch(h, call)
  return flights(h).some(
    (flight) =>
      epoch(h, flight.start) === asked &&
      epochOf(h, flight) === asked &&
      (openAt(flight, call) || flight.start.seq > call.seq) &&
      !(failed(flight) && flight.end!.seq < other.start.seq),
  )
}

/** Whether two flights certainly belong to the same epoch. */
export const together = (h: History, a: Span, b: Span): boolean => {
  const first = epochOf(h, a)
  return first !== undefined && first === epochOf(h, b)
}

/** Whether a flight gives, or will give, its value to those who ask at an event: it is under way, or succeeded. */
const supplies = (flight: Span, event: HistoryEvent): boolean =>
  flight.start.seq < event.seq &&
  (openAt(flight, event) || (succeeded(flight) && flight.end!.seq < event.seq))

/** A flight that supplies those who ask at an event, as far as anybody can say: there may be nothing to initialise. */
export const supplied = (h: History, event: HistoryEvent): Span | undefined =>
  flights(h).find((flight) => {
    const own = epochOf(h, flight)
    return supplies(flight, event) && (own === undefined || own === epoch(h, event))
  })

/** The flight that certainly supplies those who ask when another one starts. */
export const current = (h: History, again: Span): Span | undefined =>
  flights(h).find((flight) => supplies(flight, again.start) && together(h, flight, again))

/** Flights that lived through a reset: what they bring is out of date. */
export const stale = (h: History): readonly Span[] =>
  flights(h).filter(({ start, end }) => end !== undefined && epoch(h, start) < epoch(h, end))

const failuresBefore = (h: History, event: HistoryEvent): readonly Span[] =>
  flights(h).filter((flight) => failed(flight) && flight.end!.seq < event.seq)

/**
 * Whether some client has been told of a failure in a step before this event: from then on nobody can say that it was
 * not known yet. Subjects may take their time to tell. Two failures with one reason cannot be told apart.
 */
const known = (h: History, flight: Span, event: HistoryEvent): boolean =>
  !flights(h).some((f) => f !== flight && failed(f) && same(f.end?.value, flight.end?.value)) &&
  awaits(h).some(
    ({ end }) =>
      end !== undefined &&
      end.seq > flight.end!.seq &&
      end.step < event.step &&
      answered(end, 'rejected', flight.end?.value),
  )

/** Flights that have failed without any client knowing it: a caller may still join one of them. */
export const unknownFailures = (h: History, event: HistoryEvent): readonly Span[] =>
  failuresBefore(h, event).filter((flight) => !known(h, flight, event))

/** The last failure before an event, if every failure so far is known. */
export const knownFailure = (h: History, event: HistoryEvent): Span | undefined =>
  unknownFailures(h, event).length > 0 ? undefined : failuresBefore(h, event).at(-1)

/** The flight whose failure a call must hear of: the first to settle after it, with no reset in between. */
export function joinedFailure(h: History, call: Span): Span | undefined {
  const later = flights(h).filter(({ end }) => end !== undefined && end.seq > call.start.seq)
  const [first] = later.toSorted((a, b) => a.end!.seq - b.end!.seq)
  const asked = epoch(h, call.start)
  return first && failed(first) && epochOf(h, first) === asked && epoch(h, first.end!) === asked
    ? first
    : undefined
}

/** The last flight that failed before a call, where nothing was under way when the call came. */
export const failedBefore = (h: History, { start }: Span): Span | undefined =>
  flights(h).some((flight) => openAt(flight, start)) ? undefined : failuresBefore(h, start).at(-1)
