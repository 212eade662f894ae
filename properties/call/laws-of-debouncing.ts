import { agree, blame, type Context, firstBlame, type Laws, openAt } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import {
  abortOf,
  batches,
  betweenMs,
  busyAtMs,
  callOf,
  calls,
  hasLastArguments,
  isJoined,
  joining,
  lastBefore,
  runs,
  SOON_MS,
  waitMs,
} from './observations.js'

const on = ({ traits, policy }: Context<CallPolicy>, edge?: CallPolicy['edge']): true | string => {
  if (!traits.debounce) return 'the subject does not debounce'
  return !edge || policy.edge === edge || `documented to run at the ${policy.edge} edge (\`edge\`)`
}

/** When a debounced function runs, and with what. */
export const lawsOfDebouncing: Laws<CallPolicy> = {
  'runs-once-a-batch': {
    level: 'required',
    statement: 'Calls that follow one another at less than the wait make one run.',
    source: { kind: 'kit', why: 'docs/call.md#runs-once-a-batch' },
    hint: 'Every call starts the wait anew: clear the timer before setting it.',
    appliesWhen: (context) => on(context),
    exercised: (h) => batches(h)?.some((batch) => batch.length > 1) ?? false,
    violation: (h, context) =>
      firstBlame(isJoined(h, context) ? [] : (batches(h) ?? []), (batch) => {
        const [first, second] = runs(h).filter((run) => batch.some((call) => call === callOf(h, run)))
        return second && blame('one batch of calls makes two runs', first?.start, second.start)
      }),
  },
  'waits-for-silence': {
    level: 'required',
    statement: 'The function runs with the last arguments, once no call has come for as long as the wait.',
    source: { kind: 'kit', why: 'docs/call.md#waits-for-silence' },
    hint: 'Keep the arguments of each call, and count the wait from the last.',
    appliesWhen: (context) => on(context, 'trailing'),
    exercised: (h) => runs(h).length > 0,
    violation: (h, context) =>
      firstBlame(runs(h), (run) => {
        const call = callOf(h, run)
        if (!call || isJoined(h, context)) return undefined
        if (!hasLastArguments(h, run))
          return blame(`${lastBefore(h, run)?.actor} called later`, lastBefore(h, run)?.start, run.start)
        const silenceMs = betweenMs(call.start, run.start)
        return silenceMs < waitMs(h) - 1
          ? blame(`that is ${silenceMs} ms after the call of ${call.actor}`, call.start, run.start)
          : undefined
      }),
  },
  'runs-at-the-first-call': {
    level: 'required',
    statement: 'The function runs at the first call of a batch, with the arguments of that one.',
    source: { kind: 'kit', why: 'docs/call.md#runs-at-the-first-call' },
    hint: 'The subject declares `edge: leading`: run when no wait is under way, and at no other time.',
    appliesWhen: (context) => on(context, 'leading'),
    exercised: (h) => runs(h).length > 0,
    violation: (h, context) =>
      firstBlame(isJoined(h, context) ? [] : (batches(h) ?? []), ([first, ...others]) => {
        const late = runs(h).find((run) => {
          const call = callOf(h, run)
          if (call === first) return betweenMs(first!.start, run.start) > SOON_MS
          // Of calls in one moment any may be taken for the first.
          return others.some((other) => other === call && betweenMs(first!.start, other.start) > SOON_MS)
        })
        return late && blame(`the first call was that of ${first!.actor}`, first!.start, late.start)
      }),
  },
  'runs-when-silence-has-lasted': {
    level: 'required',
    statement: 'When no call has come for as long as the wait, the function runs.',
    source: { kind: 'kit', why: 'docs/call.md#runs-when-silence-has-lasted' },
    hint: 'Let the timer of the last call stand, also while an earlier run is under way.',
    appliesWhen: (context) => on(context, 'trailing'),
    exercised: (h) => runs(h).length > 0,
    violation: (h, context) =>
      firstBlame(isJoined(h, context) ? [] : (batches(h) ?? []), (batch) => {
        const last = batch.at(-1)!
        const dueMs = last.start.timeMs + waitMs(h)
        const abort = abortOf(h)
        if ((abort && abort.timeMs <= dueMs + SOON_MS) || busyAtMs(h, dueMs)) return undefined
        const run = runs(h).find(({ start }) => start.seq > last.start.seq)
        const seenMs = run?.start.timeMs ?? h.events.at(-1)!.timeMs
        return seenMs > dueMs + SOON_MS
          ? blame(`it was due at ${dueMs} ms`, last.start, run?.start ?? last.end)
          : undefined
      }),
  },
  'joins-the-run-under-way': {
    level: 'optional',
    statement: 'A call that comes while the function runs is answered as that run ends.',
    source: { kind: 'kit', why: 'docs/call.md#joins-the-run-under-way' },
    hint: 'The subject declares `whileRunning: joins`: keep the promise of the run, and hand it out until it settles.',
    appliesWhen: (context) => {
      const joins = context.policy.whileRunning === 'joins'
      return joins ? on(context) : 'calls are documented to wait for a run of their own (`whileRunning`)'
    },
    exercised: (h) => joining(h) !== undefined,
    violation: (h) =>
      firstBlame(calls(h), (call) => {
        const under = runs(h).filter((run) => openAt(run, call.start) && run.end)
        if (!call.end || under.length === 0) return undefined
        return under.some(({ end }) => agree(end, call.end))
          ? undefined
          : blame(`${call.actor} is answered ${call.end.value?.text}`, call.start, under[0]?.end, call.end)
      }),
  },
}
