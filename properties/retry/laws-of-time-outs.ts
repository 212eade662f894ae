import {
  answered,
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'
import {
  failed,
  inTime,
  isFinal,
  mayBeOver,
  no,
  type RetryContext,
  type Run,
  sound,
  succeeded,
  turnsBetween,
} from './observations.js'

type Timed = Run & { readonly timeoutMs: number }

const timed = (h: History, context: RetryContext): readonly Timed[] =>
  sound(h, context).filter((run): run is Timed => run.timeoutMs !== undefined)

/** Whether an attempt lasts longer than it may, by more than the turns that a subject may need to notice. */
function isOver(h: History, run: Timed, { start, end }: Span): boolean {
  const lastedMs = (end?.timeMs ?? Number.POSITIVE_INFINITY) - start.timeMs
  return lastedMs > run.timeoutMs + (end ? turnsBetween(h, start, end) : 0)
}

/** Attempts that last longer than they may, in runs that have ended. */
const overdue = (h: History, context: RetryContext) =>
  timed(h, context).flatMap((run) =>
    inTime(run)
      .filter((each) => run.end && isOver(h, run, each))
      .map((attempt) => ({ run, attempt })),
  )

/** Whether nothing but its time-out can have made a run reject. */
function ranOut(run: Timed, context: RetryContext): boolean {
  const { end, call } = run
  if (settledAs(end) !== 'rejected') return false
  const last = inTime(run).at(-1)
  if (context.policy.timeout === 'attempt') return last !== undefined && mayBeOver(run, last, context, end)
  return end!.timeMs - call.start.timeMs >= run.timeoutMs
}

/**
 * Whether the attempts of a run suffice as the cause of its rejection. That the last was thrown or has no reason is no
 * cause, but another matter.
 */
function exhausted(run: Timed, context: RetryContext): boolean {
  const { end } = inTime(run).at(-1) ?? {}
  if (end && (end.outcome === 'threw' || end.value?.falsy)) return true
  return run.attempts.some(
    (each) => failed(each) && each.end!.seq < run.end!.seq && isFinal(run, each, context),
  )
}

const applies =
  (bound: 'attempt' | 'total') =>
  ({ policy }: RetryContext): true | string =>
    policy.timeout === bound || `declared \`timeout: ${policy.timeout}\``

/** What `timeoutMs` bounds. */
export const lawsOfTimeOuts: Laws<RetryPolicy> = {
  'an-attempt-out-of-time-is-given-up': {
    level: 'required',
    statement:
      'An attempt that lasts longer than `timeoutMs` is given up: the run goes on, or ends, without it.',
    source: { kind: 'kit', why: 'docs/retry.md#an-attempt-out-of-time-is-given-up' },
    hint: 'Let every attempt race with a timer of its own, the last one too.',
    appliesWhen: applies('attempt'),
    exercised: (h, context) => overdue(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(overdue(h, context), ({ run, attempt }) => {
        const { end, timeoutMs, waits } = run
        const attempts = inTime(run)
        const next = attempts[no(run, attempt)]?.start
        const then = next ?? end!
        const [, waitMs = Number.POSITIVE_INFINITY] = next ? (waits[no(run, attempt) - 1] ?? []) : [0, 0]
        const waitedFor = attempt.end !== undefined && attempt.end.seq < then.seq
        const late =
          then.timeMs - attempt.start.timeMs > timeoutMs + waitMs + turnsBetween(h, attempt.start, then)
        const used =
          answered(end, 'fulfilled', attempt.end?.value) &&
          !attempts.some((each) => each !== attempt && succeeded(each) && same(each.end?.value, end?.value))
        return (
          ((late && waitedFor) || used) &&
          blame(`attempt ${no(run, attempt)} may last ${timeoutMs} ms`, attempt.start, then)
        )
      }),
  },
  'the-run-ends-in-its-time': {
    level: 'required',
    statement: 'A run settles within `timeoutMs`, whatever its attempts do.',
    source: { kind: 'kit', why: 'docs/retry.md#the-run-ends-in-its-time' },
    hint: 'Let the whole run race with one timer, waits included.',
    appliesWhen: applies('total'),
    exercised: (h, context) => timed(h, context).some((run) => run.end && ranOut(run, context)),
    violation: (h, context) =>
      firstBlame(timed(h, context), ({ call: { start }, end, timeoutMs }) => {
        const late = end && end.timeMs - start.timeMs > timeoutMs + turnsBetween(h, start, end)
        return late && blame(`it settles after ${end.timeMs - start.timeMs} ms of ${timeoutMs}`, start, end)
      }),
  },
  'gives-up-no-sooner-than-the-time-out': {
    level: 'required',
    statement:
      'A run rejects only when its attempts are used up, or what `timeoutMs` bounds has run out of its time.',
    source: { kind: 'kit', why: 'docs/retry.md#gives-up-no-sooner-than-the-time-out' },
    hint: 'Start the timer anew for every attempt, or once for the run, as documented; clear it when what it bounds ends.',
    appliesWhen: ({ policy }) => policy.timeout !== 'unsupported' || 'declared `timeout: unsupported`',
    exercised: (h, context) =>
      timed(h, context).some((run) => run.end && !ranOut(run, context) && run.attempts.some(failed)),
    violation: (h, context) =>
      firstBlame(
        timed(h, context),
        (run) =>
          settledAs(run.end) === 'rejected' &&
          !ranOut(run, context) &&
          !exhausted(run, context) &&
          blame('nothing had run out of its time', run.attempts.at(-1)?.start, run.end),
      ),
  },
  'a-time-out-is-an-error': {
    level: 'recommended',
    statement: 'A run that its time-out ends rejects with an error, or with what an attempt failed with.',
    source: { kind: 'kit', why: 'docs/retry.md#a-time-out-is-an-error' },
    hint: 'Reject with an `Error` that says what took too long: `new DOMException(message, "TimeoutError")`.',
    appliesWhen: ({ policy }) => policy.timeout !== 'unsupported' || 'declared `timeout: unsupported`',
    exercised: (h, context) => timed(h, context).some((run) => run.end && ranOut(run, context)),
    violation: (h, context) =>
      firstBlame(timed(h, context), (run) => {
        const { end, attempts } = run
        if (!end || !ranOut(run, context) || end.value?.error !== undefined) return undefined
        const given = attempts.some((each) => failed(each) && same(each.end?.value, end.value))
        return !given && blame(`it rejects with ${end.value?.text}`, end)
      }),
  },
}
