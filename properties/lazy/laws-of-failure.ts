import { blame, firstBlame, type Laws, openAt, same, settledAs } from '../../src/core/index.js'
import type { LazyPolicy } from './contract.js'
import {
  awaits,
  epoch,
  epochOf,
  failed,
  failedBefore,
  flights,
  fulfilled,
  joinedFailure,
  knownFailure,
  no,
  reentrant,
  succeeded,
  supplied,
  unknownFailures,
} from './observations.js'

/** What becomes of an initialisation that fails, and of those who wait for it or come later. */
export const lawsOfFailure: Laws<LazyPolicy> = {
  'a-failure-is-not-a-value': {
    level: 'required',
    statement:
      'A failed initialisation fulfils nobody: whoever is fulfilled gets what an initialisation gave.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-failure-is-not-a-value' },
    hint: 'A failed initialisation leaves nothing behind: set the cached state only after success.',
    exercised: (h) => flights(h).some(failed),
    violation: (h) =>
      reentrant(h)
        ? undefined
        : firstBlame(fulfilled(h), ({ end }) => {
            const failure = flights(h).find((f) => failed(f) && f.end!.seq < end!.seq)
            const given = flights(h).some((f) => succeeded(f) && same(f.end?.value, end?.value))
            return failure && !given
              ? blame(`no initialisation gave ${end?.value?.text}`, failure.end, end)
              : undefined
          }),
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
  'waiters-go-on-to-the-next-flight': {
    level: 'optional',
    statement: 'Whoever waits for an initialisation of another client, and that fails, gets a further one.',
    source: { kind: 'kit', why: 'docs/lazy.md#waiters-go-on-to-the-next-flight' },
    hint: 'The subject declares `waiters: reload`: after a failure let the next waiter call the factory.',
    appliesWhen: ({ policy }) =>
      (policy.waiters === 'reload' && policy.failure === 'retry') ||
      'waiters are documented to share the failure (`waiters: same-reason`, or `failure: cache`)',
    exercised: (h) => awaits(h).some((call) => flights(h).some((f) => failed(f) && openAt(f, call.start))),
    violation: (h) =>
      reentrant(h)
        ? undefined
        : firstBlame(awaits(h), ({ start, end }) => {
            const asked = epoch(h, start)
            const flight = flights(h).find(
              (f) => failed(f) && openAt(f, start) && epochOf(h, f) === asked && epoch(h, f.end!) === asked,
            )
            // A flight that began before anybody asked has no client whose own it is.
            if (!flight || !end || flight.start.seq < awaits(h)[0]!.start.seq) return undefined
            const further = flights(h).some((f) => f.start.seq > flight.end!.seq && f.start.seq < end.seq)
            return further
              ? undefined
              : blame(`${start.actor} is answered without a further attempt`, flight.end, end)
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
    violation: (h) => {
      const started = firstBlame(flights(h), (later) => {
        const earlier = knownFailure(h, later.start)
        if (!earlier || epochOf(h, earlier) === undefined || epochOf(h, earlier) !== epochOf(h, later)) return
        return blame(
          `factory #${no(h, earlier)} has failed, and that is to be kept`,
          earlier.end,
          later.start,
        )
      })
      const told = firstBlame(awaits(h), ({ start, end }) => {
        const failure = knownFailure(h, start)
        if (!failure || !end || epochOf(h, failure) !== epoch(h, end) || epoch(h, start) !== epoch(h, end))
          return
        const same_ = settledAs(end) === 'rejected' && same(end.value, failure.end?.value)
        return same_ ? undefined : blame(`${end.actor} gets ${end.value?.text} instead`, failure.end, end)
      })
      return started ?? told
    },
  },
  'a-waiter-after-a-failure-is-served': {
    level: 'required',
    statement: 'A client that comes after an initialisation has failed, however soon, is answered too.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-waiter-after-a-failure-is-served' },
    hint: 'Between the failure and the clearing of the state there are microtasks in which clients come.',
    exercised: (h) => awaits(h).some((call) => failedBefore(h, call)),
    violation: (h) =>
      firstBlame(h.of('deadlock'), (event) => {
        const call = awaits(h).find(({ id }) => id === event.id)
        const failure = call && failedBefore(h, call)
        // Had a flight begun for it, the fault would lie there.
        const tried = flights(h).some((f) => call && f.start.seq > call.start.seq)
        return (
          failure &&
          !tried &&
          blame(
            `${event.actor} came after factory #${no(h, failure)} failed`,
            failure.end,
            call?.start,
            event,
          )
        )
      }),
  },
}
