import { blame, firstBlame, type History, type Laws, openAt, type Span } from '../../src/core/index.js'
import type { CancellablePolicy } from './contract.js'
import { abortOf, deadlockOf, flightsOf, isLate, isRejected, undisturbed } from './observations.js'

/** Aborts of others before a call is answered. One that came before the call may still have to do with its flight. */
const abortsOfOthers = (h: History, call: Span) => {
  const own = abortOf(h, call)
  const { end } = call
  return h.of('act').filter((act) => act !== own && act.op !== 'create' && !(end && act.seq > end.seq))
}

/** Calls of one kind that nobody aborts, while others are aborted. */
const bystanders = (h: History, op: 'run' | 'join'): readonly Span[] =>
  undisturbed(h).filter((call) => call.op === op && abortsOfOthers(h, call).length > 0)

/** Whether a call was rejected although no task failed by itself, or is left waiting although none is under way. */
const harmed = (h: History, op: 'run' | 'join') =>
  firstBlame(bystanders(h, op), (call) => {
    const { start, end } = call
    const abort = abortsOfOthers(h, call).at(-1)
    const stuck = deadlockOf(h, call)
    if (stuck) return blame(`${call.actor} waits for ever`, start, abort, stuck)
    const failed = flightsOf(h, call).some(
      (flight) =>
        isRejected(flight) && flight.end!.seq < (end?.seq ?? 0) && flight.start.detail?.planned === 'reject',
    )
    return isRejected(call) && !failed ? blame(`${call.actor} has not aborted`, start, abort, end) : undefined
  })

/** Flights that heed their signal, while which all who wait for them abort, and the last of these aborts. */
const abandoned = (h: History) =>
  h.flights('task').flatMap((flight) => {
    if (!flight.start.detail?.abortable) return []
    const before = ({ start }: Span) => start.seq < (flight.end?.seq ?? Number.POSITIVE_INFINITY)
    const waiting = h
      .calls('join')
      .filter((call) => before(call) && (!call.end || call.end.seq > flight.start.seq))
      .filter((call) => !wasAbortedBefore(h, call))
    const aborts = waiting.map((call) => abortOf(h, call))
    const last = aborts.findLast((abort) => abort)
    const everyone = aborts.length > 0 && aborts.every((abort) => abort && openAt(flight, abort))
    return everyone && last ? [{ flight, last: latest(aborts) ?? last }] : []
  })

const wasAbortedBefore = (h: History, call: Span): boolean => {
  const abort = abortOf(h, call)
  return abort !== undefined && abort.seq < call.start.seq
}

const latest = (events: readonly ReturnType<typeof abortOf>[]) =>
  events.reduce((last, event) => (event && (!last || event.seq > last.seq) ? event : last), undefined)

/** That who aborts does so for nobody else. */
export const lawsOfSharing: Laws<CancellablePolicy> = {
  'the-abort-of-one-is-not-that-of-another': {
    level: 'required',
    statement: 'A call is not ended by the abort of a signal that it was not given.',
    source: { kind: 'kit', why: 'docs/cancellable.md#the-abort-of-one-is-not-that-of-another' },
    hint: 'Keep what an abort has to end in the call that was given the signal.',
    exercised: (h) => bystanders(h, 'run').length > 0,
    violation: (h) => harmed(h, 'run'),
  },
  'one-leaver-cancels-no-other': {
    level: 'required',
    statement: 'Who leaves a shared flight leaves it to the others: they get what its task comes to.',
    source: { kind: 'kit', why: 'docs/cancellable.md#one-leaver-cancels-no-other' },
    hint: 'Give the task a signal of its own, and abort that only when the last one has left.',
    appliesWhen: ({ traits }) => traits.shared || 'there is no `createShared`',
    exercised: (h) => bystanders(h, 'join').length > 0,
    violation: (h) => harmed(h, 'join'),
  },
  'the-last-to-leave-ends-the-task': {
    level: 'recommended',
    statement: 'When all who wait for a shared flight have left it, its task is told.',
    source: { kind: 'kit', why: 'docs/cancellable.md#the-last-to-leave-ends-the-task' },
    hint: 'Count who waits; at zero abort the signal of the task, and forget the flight.',
    appliesWhen: ({ policy, traits }) => {
      if (!traits.shared) return 'there is no `createShared`'
      return policy.taskSignal === 'forwarded' || 'documented to hand the task no signal (`taskSignal: none`)'
    },
    exercised: (h) => abandoned(h).length > 0,
    violation: (h) =>
      firstBlame(abandoned(h), ({ flight, last }) =>
        flight.end && isLate(h, last, flight.end)
          ? blame('nobody waits for it any more', flight.start, last, flight.end)
          : undefined,
      ),
  },
}
