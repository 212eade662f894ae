import {
  answered,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { LazyPolicy } from './contract.js'

const awaits = (h: History): readonly Span[] => h.calls('await')
const flights = (h: History): readonly Span[] => h.flights('factory')
const resets = (h: History): readonly Span[] => h.calls('reset')

const succeeded = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** How many resets came before an event: flights of different epochs owe one another nothing. */
const epoch = (h: History, event: HistoryEvent): number =>
  resets(h).filter(({ start }) => start.seq < event.seq).length

const sameEpoch = (h: History, a: HistoryEvent, b: HistoryEvent): boolean => epoch(h, a) === epoch(h, b)

/** A factory that awaits its own value is a case of its own, with laws of its own. */
const reentrant = (h: History): boolean => awaits(h).some(({ start }) => start.detail?.reentrant === true)

/** The first flight that settles after a call began: the one whose failure the caller must hear of. */
const firstSettledAfter = (h: History, call: Span): Span | undefined =>
  flights(h)
    .filter(({ end }) => end !== undefined && end.seq > call.start.seq)
    .reduce<Span | undefined>(
      (first, flight) => (!first || flight.end!.seq < first.end!.seq ? flight : first),
      undefined,
    )

/**
 * Whether some client has been told of a failure in a step before this event: from then on nobody can say that it was
 * not known yet. Subjects may take their time to tell.
 */
const known = (h: History, flight: Span, event: HistoryEvent): boolean =>
  awaits(h).some(
    ({ end }) =>
      end !== undefined &&
      end.seq > flight.end!.seq &&
      end.step < event.step &&
      answered(end, 'rejected', flight.end?.value),
  )

const failuresBefore = (h: History, event: HistoryEvent): readonly Span[] =>
  flights(h).filter((flight) => failed(flight) && flight.end!.seq < event.seq)

/** Flights that have failed without any client knowing it: a caller may still join one of them. */
const unknownFailures = (h: History, event: HistoryEvent): readonly Span[] =>
  failuresBefore(h, event).filter((flight) => !known(h, flight, event))

/** The last failure before an event, if every failure so far is known. */
const knownFailure = (h: History, event: HistoryEvent): Span | undefined =>
  unknownFailures(h, event).length > 0 ? undefined : failuresBefore(h, event).at(-1)

/** Whether a flight succeeded or is under way in the epoch of an event: there is nothing to initialise then. */
const supplied = (h: History, event: HistoryEvent): Span | undefined =>
  flights(h).find(
    (flight) =>
      flight.start.seq < event.seq &&
      sameEpoch(h, flight.start, event) &&
      (openAt(flight, event) || (succeeded(flight) && flight.end!.seq < event.seq)),
  )

/** Flights that lived through a reset: what they bring is out of date. */
const stale = (h: History): readonly Span[] =>
  flights(h).filter(({ start, end }) => end !== undefined && !sameEpoch(h, start, end))

export const laws: Laws<LazyPolicy> = {
  'nothing-before-the-first-await': {
    level: 'required',
    statement: 'The factory is not called before the first await.',
    source: { kind: 'kit', why: 'docs/lazy.md#nothing-before-the-first-await' },
    hint: 'Call the factory in `get` or `then`, not in the constructor.',
    appliesWhen: ({ policy }) =>
      policy.start === 'lazy' || 'documented to start at creation (`start: eager`)',
    exercised: (h) => flights(h).length > 0,
    violation: (h) => {
      const [first] = flights(h)
      const [asked] = awaits(h)
      return first && (!asked || first.start.seq < asked.start.seq)
        ? blame('the factory starts although nobody has awaited', first.start)
        : undefined
    },
  },
  'starts-at-creation': {
    level: 'optional',
    statement: 'Initialisation begins at creation, before anybody awaits.',
    source: { kind: 'kit', why: 'docs/lazy.md#starts-at-creation' },
    hint: 'The subject declares `start: eager`: call the factory when it is made.',
    appliesWhen: ({ policy }) => policy.start === 'eager' || 'documented to start with the first await',
    exercised: (h) => awaits(h).length > 0,
    violation: (h) =>
      firstBlame(awaits(h).slice(0, 1), ({ start }) =>
        flights(h).some((flight) => flight.start.seq < start.seq)
          ? undefined
          : blame('nothing has started when the first client awaits', start),
      ),
  },
  'single-flight': {
    level: 'required',
    statement: 'At most one initialisation is in flight at any instant.',
    source: { kind: 'kit', why: 'docs/lazy.md#single-flight' },
    hint: 'Keep the promise, not the value: assign it before the first await.',
    exercised: (h) => awaits(h).some((call) => flights(h).some((flight) => openAt(flight, call.start))),
    violation: (h) =>
      reentrant(h)
        ? undefined
        : firstBlame(flights(h), (later) => {
            const earlier = flights(h).find(
              (f) => openAt(f, later.start) && sameEpoch(h, f.start, later.start),
            )
            return (
              earlier && blame(`factory #${no(h, earlier)} is still in flight`, earlier.start, later.start)
            )
          }),
  },
  'none-after-a-success': {
    level: 'required',
    statement: 'Once initialised, the factory is not called again.',
    source: { kind: 'kit', why: 'docs/lazy.md#none-after-a-success' },
    hint: 'Remember that there is a value apart from the value itself, which may well be falsy.',
    exercised: (h) =>
      flights(h).some(
        (f) =>
          succeeded(f) &&
          awaits(h).some(({ start }) => start.seq > f.end!.seq && sameEpoch(h, f.start, start)),
      ),
    violation: (h) =>
      firstBlame(flights(h), (later) => {
        const earlier = flights(h).find(
          (f) => succeeded(f) && f.end!.seq < later.start.seq && sameEpoch(h, f.start, later.start),
        )
        return earlier && blame(`factory #${no(h, earlier)} has succeeded already`, earlier.end, later.start)
      }),
  },
  'identical-value-for-all': {
    level: 'required',
    statement: 'Everyone gets the identical value, that of the initialisation that succeeded.',
    source: { kind: 'kit', why: 'docs/lazy.md#identical-value-for-all' },
    hint: 'Hand out the promise of the initialisation; do not copy, wrap or look twice.',
    exercised: (h) => fulfilled(h).length > 1 && resets(h).length === 0,
    violation: (h) => {
      if (resets(h).length > 0 || reentrant(h)) return undefined
      const [first] = fulfilled(h)
      return firstBlame(fulfilled(h), ({ end }) =>
        same(end?.value, first?.end?.value)
          ? undefined
          : blame(
              `${end?.actor} gets ${end?.value?.text}, ${first?.actor} got ${first?.end?.value?.text}`,
              first?.end,
              end,
            ),
      )
    },
  },
  'a-failure-is-not-a-value': {
    level: 'required',
    statement: 'Nobody is fulfilled with what no initialisation gave.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-failure-is-not-a-value' },
    hint: 'A failed initialisation leaves nothing behind: set the cached state only after success.',
    exercised: (h) => flights(h).some(failed),
    violation: (h) =>
      reentrant(h)
        ? undefined
        : firstBlame(fulfilled(h), ({ end }) =>
            flights(h).some((f) => succeeded(f) && same(f.end?.value, end?.value))
              ? undefined
              : blame(`no initialisation gave ${end?.value?.text}`, flights(h).find(failed)?.end, end),
          ),
  },
  'waiters-get-the-reason': {
    level: 'required',
    statement: 'Everyone who waits for an initialisation that fails is rejected with its very reason.',
    source: { kind: 'kit', why: 'docs/lazy.md#waiters-get-the-reason' },
    hint: 'Let waiters share the rejected promise; clear it for those who come later.',
    appliesWhen: ({ policy }) =>
      policy.waiters === 'same-reason' ||
      'waiters are documented to go on to the next flight (`waiters: reload`)',
    exercised: (h) => awaits(h).some((call) => joinedFailure(h, call)),
    violation: (h) =>
      reentrant(h)
        ? undefined
        : firstBlame(awaits(h), (call) => {
            const flight = joinedFailure(h, call)
            if (!flight || !call.end) return undefined
            const told = [flight, ...unknownFailures(h, call.start)].some(
              ({ end }) => settledAs(call.end) === 'rejected' && same(call.end?.value, end?.value),
            )
            return told
              ? undefined
              : blame(`${call.actor} waited for it and got ${call.end.value?.text}`, flight.end, call.end)
          }),
  },
  'retries-after-a-failure': {
    level: 'required',
    statement: 'After a failure has become known, the next await initialises again.',
    source: { kind: 'kit', why: 'docs/lazy.md#retries-after-a-failure' },
    hint: 'Drop the rejected promise when it rejects, or every later caller gets the old error.',
    appliesWhen: ({ policy }) =>
      policy.failure === 'retry' || 'failures are documented to be kept (`failure: cache`)',
    exercised: (h) => awaits(h).some(({ start }) => knownFailure(h, start) && !supplied(h, start)),
    violation: (h) =>
      firstBlame(awaits(h), ({ start, end }) => {
        const failure = knownFailure(h, start)
        if (!failure || supplied(h, start) || !end) return undefined
        const again = flights(h).some((f) => f.start.seq > failure.end!.seq && f.start.seq < end.seq)
        return again
          ? undefined
          : blame(`${start.actor} is answered without a new attempt`, failure.end, start, end)
      }),
  },
  'keeps-a-failure': {
    level: 'optional',
    statement: 'A failure is kept: later awaits get the same reason and nothing starts.',
    source: { kind: 'kit', why: 'docs/lazy.md#keeps-a-failure' },
    hint: 'The subject declares `failure: cache`: keep the rejected promise.',
    appliesWhen: ({ policy }) =>
      policy.failure === 'cache' || 'failures are documented to be retried (`failure: retry`)',
    exercised: (h) => awaits(h).some(({ start }) => knownFailure(h, start)),
    violation: (h) =>
      firstBlame(flights(h), (later) => {
        const earlier = knownFailure(h, later.start)
        if (!earlier || !sameEpoch(h, earlier.start, later.start)) return undefined
        return blame(
          `factory #${no(h, earlier)} has failed, and that is to be kept`,
          earlier.end,
          later.start,
        )
      }),
  },
  'a-waiter-after-a-failure-is-served': {
    level: 'required',
    statement: 'A client that joins just as an initialisation fails is answered too.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-waiter-after-a-failure-is-served' },
    hint: 'Between the failure and the clearing of the state there are microtasks in which clients come.',
    exercised: (h) => awaits(h).some(({ start }) => justFailed(h, start)),
    violation: (h) =>
      firstBlame(h.of('deadlock'), (event) => {
        const call = awaits(h).find(({ id }) => id === event.id)
        const failure = call && justFailed(h, call.start)
        return (
          failure &&
          blame(
            `${event.actor} came as factory #${no(h, failure)} failed and waits for ever`,
            failure.end,
            call?.start,
          )
        )
      }),
  },
  'reset-forces-a-new-flight': {
    level: 'required',
    statement: 'After a reset, the next await initialises again.',
    source: { kind: 'kit', why: 'docs/lazy.md#reset-forces-a-new-flight' },
    hint: 'Clear everything that says "initialised": the value, the flag and the promise.',
    appliesWhen: ({ traits }) => traits.reset || 'the subject has no `reset`',
    exercised: (h) => resets(h).some(({ start }) => awaits(h).some((call) => call.start.seq > start.seq)),
    violation: (h) =>
      firstBlame(awaits(h), ({ start, end }) => {
        const reset = resets(h).findLast((call) => call.start.seq < start.seq)
        if (!reset || !end) return undefined
        const again = flights(h).some((f) => f.start.seq > reset.start.seq && f.start.seq < end.seq)
        return again
          ? undefined
          : blame(`${start.actor} is answered without a new initialisation`, reset.start, start, end)
      }),
  },
  'a-stale-result-is-not-kept': {
    level: 'required',
    statement: 'An initialisation that was reset while in flight does not become the value of later awaits.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-stale-result-is-not-kept' },
    hint: 'When a flight lands, store its result only if it is still the current flight.',
    appliesWhen: ({ traits }) => traits.reset || 'the subject has no `reset`',
    exercised: (h) => stale(h).some(succeeded),
    violation: (h) =>
      firstBlame(awaits(h), ({ start, end }) => {
        const old = stale(h).find(
          (f) =>
            succeeded(f) && answered(end, 'fulfilled', f.end?.value) && epoch(h, f.start) < epoch(h, start),
        )
        const fresh = flights(h).some((f) => f !== old && succeeded(f) && same(f.end?.value, end?.value))
        return old && !fresh
          ? blame(
              `${start.actor} came after the reset and gets the value from before it`,
              old.end,
              start,
              end,
            )
          : undefined
      }),
  },
  'an-old-failure-evicts-nothing': {
    level: 'required',
    statement:
      'An initialisation that was reset while in flight, and fails late, does not disturb a newer one.',
    source: { kind: 'kit', why: 'docs/lazy.md#an-old-failure-evicts-nothing' },
    hint: 'When a flight fails, clear the state only if it is still the current flight.',
    appliesWhen: ({ traits }) => traits.reset || 'the subject has no `reset`',
    exercised: (h) => stale(h).some((old) => failed(old) && supplied(h, old.end!)),
    violation: (h) =>
      firstBlame(flights(h), (again) => {
        const current = supplied(h, again.start)
        const old = stale(h).find(
          (f) => failed(f) && current && f.end!.seq > current.start.seq && f.end!.seq < again.start.seq,
        )
        return (
          old &&
          blame(
            `factory #${no(h, current!)} was evicted by the failure of #${no(h, old)}`,
            old.end,
            again.start,
          )
        )
      }),
  },
  'a-synchronous-reentry-starts-no-second-flight': {
    level: 'recommended',
    statement:
      'A factory that asks for its own value in its first turn does not start a second initialisation.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-synchronous-reentry-starts-no-second-flight' },
    hint: 'Mark the initialisation as begun before calling the factory.',
    exercised: (h) => reentrant(h) && flights(h).length > 0,
    violation: (h) => {
      const [first, second] = flights(h)
      return reentrant(h) && first && second
        ? blame('the factory is entered again while it is being entered', first.start, second.start)
        : undefined
    },
  },
  'a-self-await-does-not-hang': {
    level: 'recommended',
    statement: 'A factory that awaits its own value is told so, and does not hang in silence.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-self-await-does-not-hang' },
    hint: 'Reject an await that comes from within the factory: nothing can ever settle it.',
    exercised: (h) => reentrant(h),
    violation: (h) =>
      reentrant(h)
        ? firstBlame(h.of('deadlock'), (event) =>
            blame('the factory waits for itself', flights(h)[0]?.start, event),
          )
        : undefined,
  },
}

const fulfilled = (h: History): readonly Span[] =>
  awaits(h).filter(({ end }) => end !== undefined && settledAs(end) === 'fulfilled')

/** The flight whose failure a call must hear of: it was under way when the call was made, or was begun by it. */
function joinedFailure(h: History, call: Span): Span | undefined {
  const flight = firstSettledAfter(h, call)
  return flight &&
    failed(flight) &&
    sameEpoch(h, flight.start, call.start) &&
    sameEpoch(h, call.start, flight.end!)
    ? flight
    : undefined
}

/** A flight that failed in the very step of an event, before it. */
const justFailed = (h: History, event: HistoryEvent): Span | undefined =>
  flights(h).find(
    (flight) => failed(flight) && flight.end!.step === event.step && flight.end!.seq < event.seq,
  )

const no = (h: History, flight: Span): number => flights(h).indexOf(flight) + 1
