import { agree, blame, firstBlame, type History, type Laws, type Span } from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'
import { failed, holds, runs, SOON_MS, strandings, timeoutMs, waitingAt, workOf } from './observations.js'

const NO_RUN = 'the subject has no `run`'

/** What holds of a function that is run with a permit. */
export const lawsOfRunning: Laws<LockPolicy> = {
  'run-frees-on-failure': {
    level: 'required',
    statement:
      'Work that fails gives its permit back: a rejection, a synchronous throw, a falsy reason alike.',
    source: { kind: 'kit', why: 'docs/lock.md#run-frees-on-failure' },
    hint: 'Release in a `finally` that also covers the call itself, not in the `then` of success.',
    appliesWhen: ({ traits }) => traits.run || NO_RUN,
    exercised: (h) => holds(h).some((hold) => failed(hold) && waitingAt(h, hold.end!).length > 0),
    violation: (h) =>
      firstBlame(strandings(h), ({ call, last, event }) =>
        failed(last)
          ? blame(`the permit of ${last.call.actor} is lost`, last.end, call.start, event)
          : undefined,
      ),
  },
  'run-passes-the-outcome-on': {
    level: 'required',
    statement: 'A run ends as its work does: with the very value or the very reason.',
    source: { kind: 'kit', why: 'docs/lock.md#run-passes-the-outcome-on' },
    hint: 'Return what the work gave; a `finally` releases without touching it.',
    appliesWhen: ({ traits }) => traits.run || NO_RUN,
    exercised: (h) => runs(h).some((call) => call.end && workOf(h, call)[0]?.end),
    violation: (h, { policy }) =>
      firstBlame(runs(h), (call) => {
        const [work] = workOf(h, call)
        if (!call.end || (policy.timeout !== 'unsupported' && isTimeUp(h, call))) return undefined
        if (work?.end && work.end.seq < call.end.seq && agree(work.end, call.end)) return undefined
        const what = !work ? 'its work never ran' : work.end ? 'its work ended otherwise' : 'its work goes on'
        return blame(`${call.actor} is answered ${call.end.value?.text}, and ${what}`, work?.end, call.end)
      }),
  },
  'the-work-runs-once': {
    level: 'required',
    statement: 'What is run is called once.',
    source: { kind: 'kit', why: 'docs/lock.md#the-work-runs-once' },
    hint: 'Call the function in one place, after the permit was taken.',
    appliesWhen: ({ traits }) => traits.run || NO_RUN,
    exercised: (h) => runs(h).some((call) => workOf(h, call).length > 0),
    violation: (h) =>
      firstBlame(runs(h), (call) => {
        const [first, second] = workOf(h, call)
        return second && blame(`the work of ${call.actor} is run again`, first?.start, second.start)
      }),
  },
  'no-work-after-its-answer': {
    level: 'required',
    statement: 'Work whose run was answered, since its time was up, does not begin any more.',
    source: { kind: 'kit', why: 'docs/lock.md#no-work-after-its-answer' },
    hint: 'Take a waiter that gave up out of the queue together with its work.',
    appliesWhen: ({ traits, policy }) =>
      (traits.run ?? false) === false
        ? NO_RUN
        : policy.timeout === 'rejects-waiter' || 'no waiter is documented to give up',
    exercised: (h) => runs(h).some((call) => call.end && isTimeUp(h, call)),
    violation: (h) =>
      firstBlame(runs(h), (call) => {
        const late = workOf(h, call).find(({ start }) => call.end && start.seq > call.end.seq)
        return late && blame(`${call.actor} was told that its time is up`, call.end, late.start)
      }),
  },
}

/** Whether a call may have been answered because its time was up. */
function isTimeUp(h: History, { start, end }: Span): boolean {
  const limitMs = timeoutMs(h)
  return limitMs !== undefined && end !== undefined && end.timeMs - start.timeMs >= limitMs - SOON_MS
}
