import { blame, firstBlame, type History, type Laws, openAt, type Span, same } from '../../src/core/index.js'
import type { CancellablePolicy } from './contract.js'
import {
  abortedAfter,
  abortedDuring,
  abortedInTime,
  abortOf,
  cutShort,
  flightsOf,
  isLate,
  isOfATask,
  isRejected,
  lookOf,
  undisturbed,
} from './observations.js'

const forwarded = ({ policy }: { readonly policy: CancellablePolicy }): true | string =>
  policy.taskSignal === 'forwarded' || 'documented to hand the task no signal (`taskSignal: none`)'

/** Flights of a task that heeds its signal, and that were under way when the only one to want them aborted. */
const told = (h: History) =>
  abortedDuring(h).flatMap(({ call, abort }) =>
    call.op === 'run'
      ? flightsOf(h, call)
          .filter((flight) => openAt(flight, abort) && flight.start.detail?.abortable)
          .map((flight) => ({ flight, abort }))
      : [],
  )

const ownFlights = (h: History): readonly Span[] => h.calls('run').flatMap((call) => flightsOf(h, call))

/** Failures of tasks that came when who had asked was rejected already. */
const lateFailures = (h: History): readonly Span[] =>
  abortedInTime(h).flatMap(({ call, abort }) =>
    flightsOf(h, call).filter((flight) => isRejected(flight) && flight.end!.seq > abort.seq),
  )

/** Answers that are looked at again when something has come after them. */
const looks = (h: History, calls: readonly Span[]) =>
  calls.flatMap((call) => {
    const look = lookOf(h, call)
    // What was thrown at the caller leaves nothing to look at.
    return look && call.end && call.end.outcome !== 'threw' ? [{ call, look }] : []
  })

const changed = (h: History, calls: readonly Span[], why: (call: Span) => Parameters<typeof blame>[1]) =>
  firstBlame(looks(h, calls), ({ call, look }) =>
    look.end && (isRejected(look) !== isRejected(call) || !same(look.end.value, call.end?.value))
      ? blame(`${call.actor} is now told ${look.end.value?.text}`, call.end, why(call), look.end)
      : undefined,
  )

const stable = ({ traits }: { readonly traits: Readonly<Record<string, boolean>> }): true | string =>
  !traits.reruns || 'each `then` runs the task again'

const settledBefore = (h: History): readonly Span[] => abortedAfter(h).map(({ call }) => call)

const lateEnd = (h: History, call: Span) =>
  flightsOf(h, call).find(({ end }) => end && call.end && end.seq > call.end.seq)?.end

const overtaken = (h: History): readonly Span[] =>
  abortedInTime(h)
    .map(({ call }) => call)
    .filter((call) => isRejected(call) && lateEnd(h, call))

/** What becomes of the task, and of its outcome. */
export const lawsOfTasks: Laws<CancellablePolicy> = {
  'passes-the-outcome-through': {
    level: 'required',
    statement: 'A call that nobody aborts gets the very value or reason that its task came to.',
    source: { kind: 'kit', why: 'docs/cancellable.md#passes-the-outcome-through' },
    hint: 'Settle with what the task gave, as it is, also where it fails and where it is falsy.',
    exercised: (h) => undisturbed(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(undisturbed(h), (call) =>
        !call.end || isOfATask(h, call)
          ? undefined
          : blame(`${call.actor} is told ${call.end.value?.text}`, flightsOf(h, call)[0]?.end, call.end),
      ),
  },
  'an-abort-after-the-end-changes-nothing': {
    level: 'required',
    statement: 'An abort after the answer changes nothing of it.',
    source: { kind: 'kit', why: 'docs/cancellable.md#an-abort-after-the-end-changes-nothing' },
    hint: 'Take the listener off when the task settles, and let the first settling count.',
    appliesWhen: stable,
    exercised: (h) => looks(h, settledBefore(h)).length > 0,
    violation: (h) => changed(h, settledBefore(h), (call) => abortOf(h, call)),
  },
  'a-late-outcome-changes-nothing': {
    level: 'required',
    statement: 'What the task comes to after the abort changes nothing of the rejection.',
    source: { kind: 'kit', why: 'docs/cancellable.md#a-late-outcome-changes-nothing' },
    hint: 'Let the first settling count: the task goes on, and its outcome comes late.',
    appliesWhen: stable,
    exercised: (h) => looks(h, overtaken(h)).length > 0,
    violation: (h) => changed(h, overtaken(h), (call) => lateEnd(h, call)),
  },
  'a-late-failure-is-not-unhandled': {
    level: 'required',
    statement: 'A task that fails after the abort leaves no unhandled rejection.',
    source: { kind: 'ecma-262', clause: '27.2.1.9 HostPromiseRejectionTracker' },
    hint: 'What is derived from the task needs a handler although nobody waits for it any more.',
    exercised: (h) => lateFailures(h).length > 0,
    violation: (h) =>
      firstBlame(lateFailures(h), ({ end }) => {
        const leak = h.of('unhandled-rejection').find(({ value }) => same(value, end?.value))
        return leak && blame('nobody handles that failure', end, leak)
      }),
  },
  'the-task-is-told': {
    level: 'required',
    statement: 'The task is handed a signal, and that one aborts too.',
    source: { kind: 'kit', why: 'docs/cancellable.md#the-task-is-told' },
    hint: 'Hand the signal to the task, so that it can stop what nobody wants any more.',
    appliesWhen: forwarded,
    exercised: (h) => ownFlights(h).length > 0,
    violation: (h) =>
      firstBlame(ownFlights(h), ({ start }) =>
        start.detail?.signal ? undefined : blame('the task is handed no signal', start),
      ) ??
      firstBlame(told(h), ({ flight, abort }) =>
        flight.end && (!cutShort(h, flight) || isLate(h, abort, flight.end))
          ? blame('the task is not told', flight.start, abort, flight.end)
          : undefined,
      ),
  },
  'the-task-is-handed-no-signal': {
    level: 'optional',
    statement: 'The task is handed no signal.',
    source: { kind: 'kit', why: 'docs/cancellable.md#the-task-is-handed-no-signal' },
    hint: 'The subject declares `taskSignal: none`: call the task without arguments.',
    appliesWhen: ({ policy }) =>
      policy.taskSignal === 'none' || 'documented to hand the signal on (`taskSignal: forwarded`)',
    exercised: (h) => h.flights().length > 0,
    violation: (h) =>
      firstBlame(h.flights(), ({ start }) =>
        start.detail?.signal ? blame('the task is handed a signal', start) : undefined,
      ),
  },
}
