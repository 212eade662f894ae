import {
  blame,
  type Context,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  type Span,
  same,
} from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import { decided, waits } from './happenings.js'
import {
  abortOf,
  betweenMs,
  callOf,
  calls,
  failed,
  hidesReason,
  runs,
  runsOf,
  SOON_MS,
  waitMs,
} from './observations.js'
import { SIGNAL } from './signal.js'

const applies = ({ abort }: CallPolicy, traits: Readonly<Record<string, boolean>>): true | string => {
  if (traits.event) return 'the subject wraps no function'
  return abort !== 'unsupported' || 'the subject takes no signal (`abort: unsupported`)'
}

/** Where the first call runs at once, those that follow wait for nothing that an abort could stop. */
const waitsForRun = (policy: CallPolicy, traits: Readonly<Record<string, boolean>>): true | string => {
  const atOnce = traits.debounce ? policy.edge === 'leading' : traits.throttle && policy.throttle === 'drop'
  return atOnce ? 'a call runs at once, or not at all' : applies(policy, traits)
}

/** What an abort means to those who called, and to the function. */
export const lawsOfAborts: Laws<CallPolicy> = {
  'an-abort-rejects-who-waits': {
    level: 'required',
    statement:
      'Whoever waits when the signal aborts is rejected at once, with the reason that is documented.',
    source: { kind: 'kit', why: 'docs/call.md#an-abort-rejects-who-waits' },
    hint: 'Listen for `abort`, clear the timer and reject everyone who waits with `signal.reason`.',
    appliesWhen: ({ policy, traits }) => waitsForRun(policy, traits),
    exercised: (h, { traits }) => waitingAtAbort(h, traits.timeout === true).length > 0,
    violation: (h, { policy, traits }) => {
      const abort = abortOf(h)
      return firstBlame(waitingAtAbort(h, traits.timeout === true), (call) => {
        const { actor, end } = call
        if (!abort || !end || !failed(call) || betweenMs(abort, end) > SOON_MS)
          return blame(`${actor} should have been rejected`, abort, end ?? h.events.at(-1))
        return hidesReason(policy, abort, end)
          ? blame(`${actor} hears ${end.value?.text} instead of the reason`, abort, end)
          : undefined
      })
    },
  },
  'null-is-a-reason': {
    level: 'recommended',
    statement: 'An abort with `null` rejects with `null`.',
    source: { kind: 'dom', clause: '3.1 AbortController, signal abort' },
    hint: 'Only `undefined` means that no reason was given: `signal.reason ?? error` loses `null` too.',
    appliesWhen: ({ policy }) =>
      policy.abort === 'reason' || `no reason is documented to be passed on (\`abort: ${policy.abort}\`)`,
    exercised: (h, context) => nullRejections(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(nullRejections(h, context), ({ abort, end }) =>
        same(end.value, abort.value)
          ? undefined
          : blame(`${end.actor} hears ${end.value?.text} instead`, abort, end),
      ),
  },
  'nothing-runs-after-an-abort': {
    level: 'required',
    statement: 'After an abort the function does not run for calls that came before it.',
    source: { kind: 'kit', why: 'docs/call.md#nothing-runs-after-an-abort' },
    hint: 'Rejecting the callers is not enough: clear the timer that would run the function.',
    appliesWhen: ({ policy, traits }) => applies(policy, traits),
    exercised: (h) => abortOf(h) !== undefined && calls(h).some(({ start }) => start.seq < abortOf(h)!.seq),
    violation: (h) => {
      const abort = abortOf(h)
      return firstBlame(runs(h), (run) => {
        const call = callOf(h, run)
        // What was decided on before may still be on its way.
        return abort && call && call.start.seq < abort.seq && betweenMs(abort, run.start) > SOON_MS
          ? blame(`${call.actor} called before the abort`, abort, run.start)
          : undefined
      })
    },
  },
  'no-listener-for-every-call': {
    level: 'required',
    statement:
      'When everything has settled, at most one listener is left on the signal, however many calls there were.',
    source: { kind: 'kit', why: 'docs/call.md#no-listener-for-every-call' },
    hint: 'Remove the listener of a call when it settles, or listen once for all calls.',
    appliesWhen: ({ policy, traits }) => applies(policy, traits),
    exercised: (h) =>
      h.of('signal').length > 0 && !abortOf(h) && calls(h).length > 1 && calls(h).every(({ end }) => end),
    violation: (h) => {
      if (abortOf(h) || calls(h).some(({ end }) => !end)) return undefined
      const left = touchesOf(h).at(-1)
      return left && Number(left.detail?.count) > 1
        ? blame(`${left.detail?.count} listeners are left after ${calls(h).length} calls`, left)
        : undefined
    },
  },
}

/** Rejections by an abort whose reason is `null`. */
function nullRejections(h: History, context: Context<CallPolicy>) {
  const ends = context.traits.event
    ? waits(h).map((wait) => ({ abort: decided(h, context, wait, 'abort'), span: wait }))
    : waitingAtAbort(h, context.traits.timeout === true).map((span) => ({ abort: abortOf(h), span }))
  return ends.flatMap(({ abort, span }) =>
    abort?.value?.text === 'null' && span.end && failed(span) ? [{ abort, end: span.end }] : [],
  )
}

const touchesOf = (h: History): readonly HistoryEvent[] =>
  h.of('touch').filter(({ actor }) => actor === SIGNAL)

/** Calls that certainly wait when the signal aborts: what was run already may be left to end, unless it is timed. */
function waitingAtAbort(h: History, timed: boolean): readonly Span[] {
  const abort = abortOf(h)
  if (!abort) return []
  return calls(h).filter((call) => {
    if (call.start.seq > abort.seq || (call.end && call.end.seq < abort.seq)) return false
    // In the step of the abort other things were on their way.
    const near = (event: HistoryEvent | undefined) => event !== undefined && isNear(event, abort)
    const inTime = betweenMs(call.start, abort) < waitMs(h) - SOON_MS
    if (timed) return inTime && !runsOf(h, call).some(({ end }) => end && (end.seq < abort.seq || near(end)))
    const begun = runs(h).some(
      ({ start }) => start.seq > call.start.seq && (start.seq < abort.seq || near(start)),
    )
    return !begun && !runs(h).some((run) => openAt(run, abort) || near(run.end))
  })
}

const isNear = (event: HistoryEvent, abort: HistoryEvent): boolean =>
  event.step === abort.step || Math.abs(betweenMs(event, abort)) <= 2
