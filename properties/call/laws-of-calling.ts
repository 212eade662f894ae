import { agree, blame, firstBlame, type History, type Laws, type Span } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import {
  abortOf,
  batches,
  callOf,
  calls,
  fulfilled,
  hasLastArguments,
  isJoined,
  lastBefore,
  runs,
} from './observations.js'

const WRAPS = 'the subject wraps no function for other calls to share'

/** What every wrapped function owes its callers, whether it is debounced or throttled. */
export const lawsOfCalling: Laws<CallPolicy> = {
  'an-answer-is-what-a-run-gave': {
    level: 'required',
    statement: 'Whoever is fulfilled gets what a run of the function gave, never a value for lack of one.',
    source: { kind: 'kit', why: 'docs/call.md#an-answer-is-what-a-run-gave' },
    hint: 'A call that does not run the function waits for the run that it belongs to, or is rejected.',
    appliesWhen: ({ traits }) => traits.debounce || traits.throttle || WRAPS,
    exercised: (h) => calls(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(calls(h), (call) => {
        if (!fulfilled(call) || call.end?.outcome === 'returned') return undefined
        const given = runs(h).some(({ end }) => end && end.seq < call.end!.seq && agree(end, call.end))
        return given
          ? undefined
          : blame(`no run gave ${call.actor} ${call.end?.value?.text}`, call.start, call.end)
      }),
  },
  'answers-with-what-its-batch-gave': {
    level: 'required',
    statement: 'All calls of a batch are answered as the run ends that was made for them.',
    source: { kind: 'kit', why: 'docs/call.md#answers-with-what-its-batch-gave' },
    hint: 'Share one promise among the calls of a batch, and settle it with the run: its value or its reason.',
    appliesWhen: ({ traits, policy }) =>
      traits.debounce || (traits.throttle && policy.throttle === 'coalesce') || 'calls are not merged',
    exercised: (h) => runs(h).some((run) => run.end && calls(h).length > 1),
    violation: (h, context) => {
      const { policy, traits } = context
      if (isJoined(h, context)) return undefined
      const own = traits.debounce && policy.edge === 'leading' ? ofTheFirst(h) : ofTheLast(h)
      return firstBlame(calls(h), (call) => {
        if (!call.end || isAborted(h, call)) return undefined
        const made = own(call)
        return !made || made.some(({ end }) => end && end.seq < call.end!.seq && agree(end, call.end))
          ? undefined
          : blame(
              `${call.actor} is answered otherwise than its batch: ${call.end.value?.text}`,
              made[0]?.end,
              call.end,
            )
      })
    },
  },
  'every-call-gives-a-promise': {
    level: 'required',
    statement: 'Every call gives something to await, also one that does not run the function.',
    source: { kind: 'kit', why: 'docs/call.md#every-call-gives-a-promise' },
    hint: 'Return a promise on every path: `.then` on a bare value is a TypeError.',
    appliesWhen: ({ traits }) => !traits.event || 'the subject wraps no function',
    exercised: (h) => calls(h).length > 0,
    violation: (h) =>
      firstBlame(calls(h), ({ start, end }) =>
        end?.outcome === 'returned'
          ? blame(`the call of ${start.actor} returns ${end.value?.text}`, start, end)
          : undefined,
      ),
  },
  'the-arguments-arrive': {
    level: 'required',
    statement: 'The function gets all arguments of a call, as they were.',
    source: { kind: 'kit', why: 'docs/call.md#the-arguments-arrive' },
    hint: 'Pass `...args` on, not the first of them.',
    appliesWhen: ({ traits }) => !traits.event || 'the subject wraps no function',
    exercised: (h) => runs(h).length > 0,
    violation: (h) =>
      firstBlame(runs(h), (run) => {
        const { start } = run
        const given = calls(h).some((call) => call.start.detail?.args === start.detail?.args)
        return given
          ? undefined
          : blame(`nobody called with ${start.detail?.args ?? 'nothing'}`, callOf(h, run)?.start, start)
      }),
  },
}

/** Whether a call may have been ended by an abort instead of a run. */
const isAborted = (h: History, { end }: Span): boolean => {
  const abort = abortOf(h)
  return abort !== undefined && end !== undefined && end.seq > abort.seq
}

type Made = (call: Span) => readonly Span[] | undefined

/** Runs that may have been made for the batch of a call: with the last arguments, and none earlier would have done. */
const ofTheLast =
  (h: History): Made =>
  (call) =>
    runs(h).filter((run) => {
      const own = callOf(h, run)
      if (!own || own.start.seq < call.start.seq || !hasLastArguments(h, run)) return false
      const earlier = runs(h).some((other) => {
        const last = other.start.seq < run.start.seq && lastBefore(h, other)
        return last && last.start.seq >= call.start.seq
      })
      return !earlier
    })

/** Runs with the arguments of the first call of a batch. */
const ofTheFirst =
  (h: History): Made =>
  (call) => {
    const batch = batches(h)?.find((each) => each.includes(call))
    return batch && runs(h).filter((run) => callOf(h, run) === batch[0])
  }
