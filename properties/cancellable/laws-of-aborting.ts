import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type Laws,
  openAt,
  type Span,
} from '../../src/core/index.js'
import type { CancellablePolicy } from './contract.js'
import {
  abortedBefore,
  abortedDuring,
  abortOf,
  asks,
  cutShort,
  deadlockOf,
  flightsOf,
  isFulfilled,
  isLate,
  isRejected,
  isShared,
} from './observations.js'

/** Who may want the outcome of a flight that begins. */
const wanting = (h: History, flight: Span): readonly Span[] =>
  asks(h).filter(
    (call) =>
      call.start.detail?.task === flight.actor &&
      call.start.seq < flight.start.seq &&
      (!isShared(call) || openAt(call, flight.start)),
  )

/** Flights that begin when everybody who could want their outcome has aborted, before asking or while nothing had begun. */
const unwanted = (h: History, when: 'before' | 'during'): Blame | undefined =>
  firstBlame(h.flights(), (flight) => {
    const aborts = wanting(h, flight).map((call) => ({ call, abort: abortOf(h, call) }))
    // Within one turn there are microtasks between a look at the signal and what follows from it: nobody can help that.
    const isInTime = ({ call, abort }: (typeof aborts)[number]) =>
      abort !== undefined && (abort.seq < call.start.seq || abort.step < flight.start.step)
    if (aborts.length === 0 || !aborts.every(isInTime)) return undefined
    const during = aborts.some(({ call, abort }) => abort!.seq > call.start.seq)
    const { call, abort } = aborts[0]!
    return (
      during === (when === 'during') && blame('the task starts nevertheless', abort, call.start, flight.start)
    )
  })

/** Calls that had to be ended by an abort while the task would go on, since it takes no notice. */
const overUncooperative = (h: History) =>
  abortedDuring(h).filter(({ call, abort }) =>
    flightsOf(h, call).some((flight) => openAt(flight, abort) && !cutShort(h, flight)),
  )

const stuckOrEnded = (h: History, call: Span) => call.end ?? deadlockOf(h, call)

const DOM = { kind: 'dom', clause: '3.3 Using AbortController and AbortSignal objects in APIs' } as const

/** That an abort ends the waiting, whenever it comes. */
export const lawsOfAborting: Laws<CancellablePolicy> = {
  'an-aborted-signal-starts-nothing': {
    level: 'required',
    statement: 'Under a signal that has aborted already, the task is not started.',
    source: { kind: 'kit', why: 'docs/cancellable.md#an-aborted-signal-starts-nothing' },
    hint: 'Look at `signal.aborted` before anything else: `signal.throwIfAborted()` in an async function.',
    exercised: (h) => abortedBefore(h).length > 0,
    violation: (h) => unwanted(h, 'before'),
  },
  'an-aborted-signal-rejects-at-once': {
    level: 'required',
    statement: 'Under a signal that has aborted already, the call is rejected at once.',
    source: DOM,
    hint: 'A signal that has aborted sends no event any more: look at `signal.aborted`, and do not only listen.',
    exercised: (h) => abortedBefore(h).length > 0,
    violation: (h) =>
      firstBlame(abortedBefore(h), ({ call, abort }) => {
        const known = stuckOrEnded(h, call)
        if (!known || (isRejected(call) && !isLate(h, call.start, known))) return undefined
        return blame('its signal had aborted before', abort, call.start, known)
      }),
  },
  'nothing-starts-after-an-abort': {
    level: 'required',
    statement: 'Once the signal has aborted, the task is not started in a later turn any more.',
    source: { kind: 'kit', why: 'docs/cancellable.md#nothing-starts-after-an-abort' },
    hint: 'Each `await` before the task is a place for an abort: look at the signal after it again.',
    exercised: (h) => abortedDuring(h).length > 0,
    violation: (h) => unwanted(h, 'during'),
  },
  'an-abort-rejects': {
    level: 'required',
    statement: 'Whose signal aborts before there is an outcome is rejected: neither fulfilled nor forgotten.',
    source: DOM,
    hint: 'Reject in the `abort` listener: to stop working is only half of it, somebody is waiting.',
    exercised: (h) => abortedDuring(h).length > 0,
    violation: (h) =>
      firstBlame(abortedDuring(h), ({ call, abort }) => {
        const stuck = deadlockOf(h, call)
        // Who is answered late waits for the task, and that is for the next law.
        if (stuck) return blame(`${call.actor} waits for ever`, call.start, abort, stuck)
        const { end } = call
        return end && isFulfilled(call) && !isLate(h, abort, end)
          ? blame(`${end.actor} is told ${end.value?.text}`, call.start, abort, end)
          : undefined
      }),
  },
  'an-abort-does-not-wait-for-the-task': {
    level: 'required',
    statement: 'The rejection does not wait for the task to end, even if that takes no notice of the signal.',
    source: { kind: 'kit', why: 'docs/cancellable.md#an-abort-does-not-wait-for-the-task' },
    hint: 'Race the task with the abort; to hand the signal on and to look afterwards relies on the task.',
    exercised: (h) => overUncooperative(h).length > 0,
    violation: (h) =>
      firstBlame(abortedDuring(h), ({ call, abort }) => {
        const { end } = call
        if (!end || !isLate(h, abort, end)) return undefined
        return blame(`the answer comes ${end.timeMs - abort.timeMs} ms after the abort`, abort, end)
      }),
  },
}
