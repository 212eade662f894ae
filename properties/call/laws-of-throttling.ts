import {
  agree,
  blame,
  type Context,
  firstBlame,
  type History,
  type Laws,
  type Span,
} from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import {
  abortOf,
  betweenMs,
  busyAtMs,
  callOf,
  calls,
  hasLastArguments,
  lastBefore,
  runs,
  runsOf,
  SOON_MS,
  waitMs,
} from './observations.js'

const on = ({ traits, policy }: Context<CallPolicy>, ...kinds: CallPolicy['throttle'][]): true | string => {
  if (!traits.throttle) return 'the subject does not throttle'
  const applies = kinds.length === 0 || kinds.includes(policy.throttle)
  return applies || `documented to ${policy.throttle} what comes too soon (\`throttle\`)`
}

/** When a throttled function runs, and with what. */
export const lawsOfThrottling: Laws<CallPolicy> = {
  'runs-at-intervals': {
    level: 'required',
    statement: 'Between the beginnings of two runs lies at least the wait.',
    source: { kind: 'kit', why: 'docs/call.md#runs-at-intervals' },
    hint: 'Count from the last run that was made or promised, not from the last call.',
    appliesWhen: (context) => on(context),
    exercised: (h) => runs(h).length > 1,
    violation: (h) =>
      firstBlame(runs(h).slice(1), ({ start }, index) => {
        const before = runs(h)[index]!.start
        const abort = abortOf(h)
        // An abort may well begin everything anew.
        if (abort && abort.seq > before.seq && abort.seq < start.seq) return undefined
        return betweenMs(before, start) < waitMs(h) - 1
          ? blame(`that is ${betweenMs(before, start)} ms after the run before`, before, start)
          : undefined
      }),
  },
  'every-call-runs': {
    level: 'required',
    statement: 'Every call makes one run with its arguments, and is answered as that one ends.',
    source: { kind: 'kit', why: 'docs/call.md#every-call-runs' },
    hint: 'Queue the calls; each keeps its own arguments and its own promise.',
    appliesWhen: (context) => on(context, 'queue'),
    exercised: (h) => calls(h).length > 1 && runs(h).length > 1,
    violation: (h) =>
      firstBlame(calls(h), (call) => {
        const [run, second] = runsOf(h, call)
        if (second) return blame(`the call of ${call.actor} is run twice`, run?.start, second.start)
        if (!call.end || isStopped(h, call)) return undefined
        return run?.end && run.end.seq < call.end.seq && agree(run.end, call.end)
          ? undefined
          : blame(`${call.actor} is answered ${call.end.value?.text}`, call.start, run?.end, call.end)
      }),
  },
  'runs-in-order': {
    level: 'required',
    statement: 'Calls that are queued run in the order in which they came.',
    source: { kind: 'kit', why: 'docs/call.md#runs-in-order' },
    hint: 'First in, first out: `shift`, not `pop`.',
    appliesWhen: (context) => on(context, 'queue'),
    exercised: (h) => runs(h).length > 1,
    violation: (h) =>
      firstBlame(runs(h).slice(1), (run, index) => {
        const [before, after] = [callOf(h, runs(h)[index]!), callOf(h, run)]
        return before && after && before.start.seq > after.start.seq
          ? blame(`${after.actor} called before ${before.actor}`, runs(h)[index]!.start, run.start)
          : undefined
      }),
  },
  'runs-with-the-last-arguments': {
    level: 'required',
    statement: 'Calls that come too soon make one run together, with the arguments of the last.',
    source: { kind: 'kit', why: 'docs/call.md#runs-with-the-last-arguments' },
    hint: 'The subject declares `throttle: coalesce`: keep the latest arguments until the interval is over.',
    appliesWhen: (context) => on(context, 'coalesce'),
    exercised: (h) => runs(h).length > 1 && calls(h).length > 1,
    violation: (h) =>
      firstBlame(runs(h), (run) => {
        if (!callOf(h, run) || hasLastArguments(h, run)) return undefined
        const last = lastBefore(h, run)
        return blame(`${last?.actor} called later`, last?.start, run.start)
      }),
  },
  'drops-what-comes-too-soon': {
    level: 'required',
    statement: 'A call runs when it comes, or not at all.',
    source: { kind: 'kit', why: 'docs/call.md#drops-what-comes-too-soon' },
    hint: 'The subject declares `throttle: drop`: no timer has to remember a call.',
    appliesWhen: (context) => on(context, 'drop'),
    exercised: (h) => runs(h).length > 0 && calls(h).length > 1,
    violation: (h) =>
      firstBlame(runs(h), (run) => {
        const call = callOf(h, run)
        return call && betweenMs(call.start, run.start) > SOON_MS
          ? blame(`${call.actor} called long before`, call.start, run.start)
          : undefined
      }),
  },
  'runs-as-soon-as-it-may': {
    level: 'required',
    statement: 'A call that may run waits no longer than the interval asks for.',
    source: { kind: 'kit', why: 'docs/call.md#runs-as-soon-as-it-may' },
    hint: 'When the interval is over, look what waits; and start it anew only with a run.',
    appliesWhen: (context) => on(context),
    exercised: (h) => runs(h).length > 0,
    violation: (h, { policy }) =>
      firstBlame(calls(h), (call) => {
        const dueMs = due(h, policy, call)
        const abort = abortOf(h)
        if ((abort && abort.timeMs <= dueMs + SOON_MS) || busyAtMs(h, dueMs)) return undefined
        const run = ran(h, policy, call)
        const seenMs = run?.start.timeMs ?? h.events.at(-1)!.timeMs
        return seenMs > dueMs + SOON_MS
          ? blame(`${call.actor} could have run at ${dueMs} ms`, call.start, run?.start ?? call.end)
          : undefined
      }),
  },
}

/** Whether a call was answered after an abort. */
const isStopped = (h: History, { end }: Span): boolean => end!.seq > (abortOf(h)?.seq ?? Infinity)

/** The run that a call should lead to: its own, or that of its batch. */
const ran = (h: History, { throttle }: CallPolicy, call: Span): Span | undefined =>
  throttle === 'coalesce' ? runs(h).find(({ start }) => start.seq > call.start.seq) : runsOf(h, call)[0]

/** When the run of a call was due, at the latest; never for one that may be dropped. */
function due(h: History, { throttle }: CallPolicy, call: Span): number {
  const calledMs = call.start.timeMs
  if (throttle === 'coalesce') return calledMs + waitMs(h)
  if (throttle === 'queue') {
    const own = runsOf(h, call)[0]
    const before = runs(h).filter(({ start }) => !own || start.seq < own.start.seq)
    const waiting = calls(h).some((other) => other.start.seq < call.start.seq && !runsOf(h, other)[0])
    return waiting ? Infinity : Math.max(calledMs, ...before.map(({ start }) => start.timeMs + waitMs(h)))
  }
  const recent = runs(h).some(
    ({ start }) => start.timeMs <= calledMs + SOON_MS && betweenMs(start, call.start) <= waitMs(h) + SOON_MS,
  )
  const own = runsOf(h, call).length > 0
  return recent || own ? Infinity : calledMs
}
