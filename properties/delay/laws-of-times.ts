import { blame, firstBlame, type History, type Laws, openAt, type Span } from '../../src/core/index.js'
import type { DelayPolicy } from './contract.js'
import {
  asked,
  deadlockOf,
  delays,
  dueMs,
  isFulfilled,
  isLate,
  isOrdinary,
  lengthMs,
  turnsMs,
  undisturbed,
} from './observations.js'

const ordinary = (h: History): readonly Span[] => undisturbed(h).filter(isOrdinary)
const ended = (h: History): readonly Span[] => ordinary(h).filter(isFulfilled)

/** Two delays of one length that began at one time, in the order in which they began. */
const ties = (h: History): readonly (readonly [Span, Span])[] =>
  ended(h).flatMap((later, index) =>
    ended(h)
      .slice(0, index)
      .filter((earlier) => asked(earlier) === asked(later) && earlier.start.timeMs === later.start.timeMs)
      .map((earlier) => [earlier, later] as const),
  )

const overlaps = (h: History, call: Span): boolean =>
  delays(h).some((other) => other !== call && (openAt(other, call.start) || openAt(call, other.start)))

/** When a delay ends, and with what. */
export const lawsOfTimes: Laws<DelayPolicy> = {
  'never-early': {
    level: 'required',
    statement: 'A delay does not end before its time.',
    source: { kind: 'kit', why: 'docs/delay.md#never-early' },
    hint: 'Hand the time to the timer as it is: rounding down, or taking off what was lost elsewhere, ends early.',
    exercised: (h) => ended(h).some((call) => lengthMs(call) > 0),
    violation: (h) =>
      firstBlame(ended(h), (call) =>
        call.end!.timeMs < dueMs(call)
          ? blame(`it ends ${dueMs(call) - call.end!.timeMs} ms early`, call.start, call.end)
          : undefined,
      ),
  },
  'on-time': {
    level: 'required',
    statement: 'A delay ends at its time, but for a turn of the event loop.',
    source: { kind: 'kit', why: 'docs/delay.md#on-time' },
    hint: 'One timer of the whole length is enough: polling and coarse ticks end late.',
    exercised: (h) => ended(h).length > 0,
    violation: (h) =>
      firstBlame(ended(h), (call) =>
        isLate(h, call.start, call.end!, dueMs(call))
          ? blame(`it ends ${call.end!.timeMs - dueMs(call)} ms late`, call.start, call.end)
          : undefined,
      ),
  },
  'ties-in-creation-order': {
    level: 'recommended',
    statement: 'Of two equal delays that begin at the same time, the one that began first ends first.',
    source: { kind: 'kit', why: 'docs/delay.md#ties-in-creation-order' },
    hint: 'The timers of the platform keep this order; a heap or a map of due times needs a running number beside.',
    exercised: (h) => ties(h).length > 0,
    violation: (h) =>
      firstBlame(ties(h), ([earlier, later]) =>
        later.end!.seq < earlier.end!.seq
          ? blame(`${earlier.start.actor} began first`, earlier.start, later.start, later.end, earlier.end)
          : undefined,
      ),
  },
  'independent-of-one-another': {
    level: 'required',
    statement: 'A delay ends though others begin, end or are aborted meanwhile.',
    source: { kind: 'kit', why: 'docs/delay.md#independent-of-one-another' },
    hint: 'Keep the timer in the call, not beside the function: the next call overwrites it there.',
    exercised: (h) => ordinary(h).some((call) => overlaps(h, call)),
    violation: (h) =>
      firstBlame(ordinary(h), (call) => {
        const stuck = deadlockOf(h, call)
        return stuck && overlaps(h, call)
          ? blame(`${call.actor} waits for ever`, call.start, stuck)
          : undefined
      }),
  },
  'the-very-value': {
    level: 'required',
    statement: 'A delay that nobody aborts fulfils with the very value that it was given.',
    source: { kind: 'kit', why: 'docs/delay.md#the-very-value' },
    hint: 'Pass the value on as it is: `value || fallback` loses the falsy ones, and a copy is another object.',
    exercised: (h) => ended(h).length > 0,
    violation: (h) =>
      firstBlame(undisturbed(h), (call) => {
        const { start, end } = call
        // What is no ordinary time may be refused: that is for other laws to judge.
        if (!end || (isFulfilled(call) ? end.value?.id === start.detail?.gives : !isOrdinary(call))) return
        return blame(`${end.actor} is told ${end.value?.text}, and was to get another value`, start, end)
      }),
  },
  'a-zero-delay-needs-no-timer': {
    level: 'optional',
    statement: 'A delay of 0 ends without any timer.',
    source: { kind: 'kit', why: 'docs/delay.md#a-zero-delay-needs-no-timer' },
    hint: 'The subject declares `zero: immediate`: where there is nothing to wait for, set no timer.',
    appliesWhen: ({ policy }) =>
      policy.zero === 'immediate' || 'documented to take a timer for 0 too (`zero: timer`)',
    exercised: (h) => alone(h).length > 0,
    violation: (h) =>
      firstBlame(alone(h), ({ start, end }) =>
        turnsMs(h, start, end) > 0 ? blame('a timer fires before it ends', start, end) : undefined,
      ),
  },
  'a-zero-delay-lets-others-run': {
    level: 'optional',
    statement: 'A delay of 0 ends in a later turn of the event loop, not in that of its call.',
    source: { kind: 'kit', why: 'docs/delay.md#a-zero-delay-lets-others-run' },
    hint: 'The subject declares `zero: timer`: set a timer of 0, or declare `zero: immediate`.',
    appliesWhen: ({ policy }) =>
      policy.zero === 'timer' || 'documented to be immediate for 0 (`zero: immediate`)',
    exercised: (h) => zeros(h).length > 0,
    violation: (h) =>
      firstBlame(zeros(h), ({ start, end }) =>
        end!.step === start.step ? blame('it ends in the very turn of its call', start, end) : undefined,
      ),
  },
}

const zeros = (h: History): readonly Span[] => ended(h).filter((call) => asked(call) === 0)

/** Delays of 0 while which no other delay is under way: a timer that fires then can only be theirs. */
const alone = (h: History): readonly Span[] =>
  zeros(h).filter((call) =>
    delays(h).every((other) => other === call || lengthMs(other) === 0 || !together(other, call)),
  )

const together = (other: Span, { start, end }: Span): boolean =>
  other.start.seq < end!.seq && (other.end === undefined || other.end.seq > start.seq)
