import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
} from '../../src/core/index.js'
import type { DelayPolicy } from './contract.js'
import {
  asked,
  deadlockOf,
  dueMs,
  isFulfilled,
  isInvalid,
  isLate,
  isRejected,
  isTooLong,
  turnsMs,
  undisturbed,
} from './observations.js'

const invalid = (h: History): readonly Span[] => undisturbed(h).filter(isInvalid)
const tooLong = (h: History): readonly Span[] => undisturbed(h).filter(isTooLong)
const finite = (h: History): readonly Span[] => tooLong(h).filter((call) => Number.isFinite(asked(call)))

const answeredOrStuck = (h: History, call: Span): HistoryEvent | undefined => call.end ?? deadlockOf(h, call)

/** Delays that are to be refused, and at once. */
const notRefused = (h: History, calls: readonly Span[]) =>
  firstBlame(calls, (call) => {
    const { start, end } = call
    const known = answeredOrStuck(h, call)
    // A refusal needs no timer; a turn of the event loop is allowed, as everywhere.
    if (!known || (end && isRejected(call) && end.timeMs <= start.timeMs + 1)) return undefined
    return blame(`${asked(call)} ms is taken for a time`, start, known)
  })

const waits = ({ policy: { tooLong } }: { readonly policy: DelayPolicy }): true | string =>
  tooLong === 'waits' || `documented not to wait for what is too long (\`tooLong: ${tooLong}\`)`

/** What becomes of delays that are no time, or that are longer than a timer of the platform can take. */
export const lawsOfLimits: Laws<DelayPolicy> = {
  'an-invalid-delay-is-none': {
    level: 'required',
    statement: 'A negative delay, and one that is `NaN`, ends at once with its value.',
    source: { kind: 'kit', why: 'docs/delay.md#an-invalid-delay-is-none' },
    hint: '`NaN` compares as false with everything: write `ms > 0 ? ms : 0`, or refuse it and declare that.',
    appliesWhen: ({ policy }) =>
      policy.invalid === 'zero' || 'documented to refuse what is no time (`invalid: throws`)',
    exercised: (h) => invalid(h).length > 0,
    violation: (h) =>
      firstBlame(invalid(h), (call) => {
        const { start, end } = call
        const known = answeredOrStuck(h, call)
        if (!known) return undefined
        if (!end || isLate(h, start, end)) return blame('it does not end at once', start, known)
        return isFulfilled(call) ? undefined : blame('it is refused', start, end)
      }),
  },
  'an-invalid-delay-is-refused-at-once': {
    level: 'optional',
    statement: 'A negative delay, and one that is `NaN`, is refused at once.',
    source: { kind: 'kit', why: 'docs/delay.md#an-invalid-delay-is-refused-at-once' },
    hint: 'The subject declares `invalid: throws`: look at the time before setting a timer, and mind `NaN`.',
    appliesWhen: ({ policy }) =>
      policy.invalid === 'throws' || 'documented to take what is no time for none (`invalid: zero`)',
    exercised: (h) => invalid(h).length > 0,
    violation: (h) => notRefused(h, invalid(h)),
  },
  'an-over-long-delay-is-not-early': {
    level: 'required',
    statement: 'A delay beyond 2^31-1 ms does not end before its time, and one of `Infinity` never.',
    source: { kind: 'kit', why: 'docs/delay.md#an-over-long-delay-is-not-early' },
    hint: 'A timer of the platform overflows there and fires at once: set one of at most 2^31-1 ms after another.',
    appliesWhen: waits,
    exercised: (h) => tooLong(h).length > 0,
    violation: (h) =>
      firstBlame(tooLong(h), (call) => {
        const { start, end } = call
        return end && isFulfilled(call) && end.timeMs < dueMs(call)
          ? blame(`it ends after ${end.timeMs - start.timeMs} ms`, start, end)
          : undefined
      }),
  },
  'an-over-long-delay-ends-on-time': {
    level: 'required',
    statement: 'A delay beyond 2^31-1 ms that is not infinite ends at its time, with its value.',
    source: { kind: 'kit', why: 'docs/delay.md#an-over-long-delay-ends-on-time' },
    hint: 'Set the next timer with what is left of the time; waiting for ever is as wrong as not waiting.',
    appliesWhen: waits,
    exercised: (h) => finite(h).some((call) => answeredOrStuck(h, call)),
    violation: (h) =>
      firstBlame(finite(h), (call) => {
        const { start, end } = call
        const known = answeredOrStuck(h, call)
        if (!known || (end && isFulfilled(call) && end.timeMs < dueMs(call))) return undefined
        if (!end || isLate(h, start, end, dueMs(call))) return blame('it does not end in time', start, known)
        return isFulfilled(call) ? undefined : blame('it is refused', start, end)
      }),
  },
  'an-over-long-delay-is-refused-at-once': {
    level: 'optional',
    statement: 'A delay beyond 2^31-1 ms is refused at once.',
    source: { kind: 'kit', why: 'docs/delay.md#an-over-long-delay-is-refused-at-once' },
    hint: 'The subject declares `tooLong: throws`: look at the time before setting a timer.',
    appliesWhen: ({ policy }) =>
      policy.tooLong === 'throws' || 'documented to take what is too long (`tooLong`)',
    exercised: (h) => tooLong(h).length > 0,
    violation: (h) => notRefused(h, tooLong(h)),
  },
  'an-over-long-delay-ends-at-once': {
    level: 'optional',
    statement: 'A delay beyond 2^31-1 ms ends at once, as a timer of the platform does.',
    source: { kind: 'kit', why: 'docs/delay.md#an-over-long-delay-ends-at-once' },
    hint: 'The subject declares `tooLong: overflows`: if it does wait, say `waits`.',
    appliesWhen: ({ policy }) => policy.tooLong === 'overflows' || 'not documented to overflow (`tooLong`)',
    exercised: (h) => tooLong(h).some(({ end }) => end),
    violation: (h) =>
      firstBlame(tooLong(h), ({ start, end }) =>
        // The platform makes a millisecond of it.
        end && end.timeMs > start.timeMs + 1 + turnsMs(h, start, end)
          ? blame('it waits', start, end)
          : undefined,
      ),
  },
}
