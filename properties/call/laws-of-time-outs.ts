import { agree, blame, firstBlame, type History, type Laws, type Span } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import { abortOf, betweenMs, calls, failed, fulfilled, runsOf, SOON_MS, waitMs } from './observations.js'

const NO_TIME_OUT = 'the subject does not time out calls'

/** What a function with a time-out does when it is fast, and when it is slow. */
export const lawsOfTimeOuts: Laws<CallPolicy> = {
  'a-value-in-time-is-given': {
    level: 'required',
    statement: 'A call whose function fulfils in time gives that very value.',
    source: { kind: 'kit', why: 'docs/call.md#a-value-in-time-is-given' },
    hint: 'Whichever comes first settles the promise: the function or the timer.',
    appliesWhen: ({ traits }) => traits.timeout || NO_TIME_OUT,
    exercised: (h) => calls(h).some((call) => inTime(h, call).some(fulfilled)),
    violation: (h) => firstBlame(calls(h), (call) => lost(h, call, inTime(h, call).filter(fulfilled))),
  },
  'the-reason-is-not-hidden': {
    level: 'required',
    statement: 'A call whose function rejects in time rejects with that very reason.',
    source: { kind: 'kit', why: 'docs/call.md#the-reason-is-not-hidden' },
    hint: 'Do not wait for the timer once the function has failed, and do not wrap why.',
    appliesWhen: ({ traits }) => traits.timeout || NO_TIME_OUT,
    exercised: (h) => calls(h).some((call) => inTime(h, call).some(failed)),
    violation: (h) => firstBlame(calls(h), (call) => lost(h, call, inTime(h, call).filter(failed))),
  },
  'rejects-when-time-is-up': {
    level: 'required',
    statement: 'A call whose function is not done in time is rejected: not earlier, and not much later.',
    source: { kind: 'kit', why: 'docs/call.md#rejects-when-time-is-up' },
    hint: 'Start a timer with the call, and let it reject.',
    appliesWhen: ({ traits }) => traits.timeout || NO_TIME_OUT,
    exercised: (h) => calls(h).some((call) => isSlow(h, call)),
    violation: (h) =>
      firstBlame(calls(h), (call) => {
        const { actor, start, end } = call
        if (isStopped(h, call)) return undefined
        const done = runsOf(h, call)[0]?.end
        const early = failed(call) && betweenMs(start, end!) < waitMs(h) - 1 && !(done && done.seq < end!.seq)
        if (early) return blame(`${actor} had ${waitMs(h)} ms`, start, end)
        if (!isSlow(h, call)) return undefined
        const seen = end ?? h.events.at(-1)!
        return fulfilled(call) || betweenMs(start, seen) > waitMs(h) + SOON_MS
          ? blame(`the ${waitMs(h)} ms of ${actor} are over`, start, seen)
          : undefined
      }),
  },
  'calls-the-function-once': {
    level: 'required',
    statement: 'Every call makes one run, at once and with its own arguments.',
    source: { kind: 'kit', why: 'docs/call.md#calls-the-function-once' },
    hint: 'A time-out ends the waiting; it neither repeats nor postpones the call.',
    appliesWhen: ({ traits }) => traits.timeout || NO_TIME_OUT,
    exercised: (h) => calls(h).length > 0,
    violation: (h) =>
      firstBlame(calls(h), (call) => {
        const [run, second] = runsOf(h, call)
        if (second) return blame(`the call of ${call.actor} is run twice`, run?.start, second.start)
        const late = run && betweenMs(call.start, run.start) > SOON_MS
        if (late) return blame(`${call.actor} called long before`, call.start, run.start)
        // Once aborted, it may well be that nothing starts any more.
        return run || abortOf(h) || !call.end
          ? undefined
          : blame(`${call.actor} is answered without a run`, call.start, call.end)
      }),
  },
}

/** The run of a call, where it ended well before the time was up. */
const inTime = (h: History, call: Span): readonly Span[] =>
  isStopped(h, call)
    ? []
    : runsOf(h, call).filter(({ end }) => end && betweenMs(call.start, end) <= waitMs(h) - SOON_MS)

/** Whether the function of a call certainly took longer than it may. */
function isSlow(h: History, call: Span): boolean {
  const [run] = runsOf(h, call)
  if (!run || isStopped(h, call)) return false
  return betweenMs(call.start, run.end ?? h.events.at(-1)!) > waitMs(h) + SOON_MS
}

/** Whether a call was ended by an abort, or may have been. */
function isStopped(h: History, { end }: Span): boolean {
  const abort = abortOf(h)
  return abort !== undefined && !(end && end.seq < abort.seq)
}

const lost = (h: History, call: Span, [run]: readonly Span[]) => {
  if (!run) return undefined
  const seen = call.end ?? h.events.at(-1)!
  return agree(call.end, run.end) && betweenMs(run.end!, seen) <= SOON_MS
    ? undefined
    : blame(`${call.actor} is answered ${call.end?.value?.text ?? 'nothing'}`, run.end, call.end)
}
