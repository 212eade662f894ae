import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'
import {
  atOnce,
  committed,
  decisive,
  failed,
  isFinal,
  no,
  type RetryContext,
  type Run,
  sound,
  succeeded,
} from './observations.js'

type Aborted = Run & { readonly abort: HistoryEvent }

const isAborted = (run: Run): run is Aborted => run.abort !== undefined

const abortedBefore = (h: History, context: RetryContext): readonly Aborted[] =>
  sound(h, context)
    .filter(isAborted)
    .filter(({ abort, call }) => abort.seq < call.start.seq)

/** Runs that an abort came upon, unless what they settle with was decided by then. */
const abortedWithin = (h: History, context: RetryContext): readonly Aborted[] =>
  sound(h, context)
    .filter(isAborted)
    .filter(
      (run) => run.abort.seq > run.call.start.seq && !run.throwing && !decisive(run, context, run.abort),
    )

/** The attempt that was under way when the signal aborted. */
const interrupted = ({ attempts, abort }: Aborted): Span | undefined =>
  attempts.find((each) => openAt(each, abort))

/** Runs that were aborted between two attempts; an attempt that was on its way already is another matter. */
const abortedInAWait = (h: History, context: RetryContext): readonly Aborted[] =>
  abortedWithin(h, context).filter(
    (run) =>
      run.attempts.some(failed) && !interrupted(run) && !run.attempts.some((each) => committed(run, each)),
  )

const abortedInAnAttempt = (h: History, context: RetryContext): readonly Aborted[] =>
  abortedWithin(h, context).filter(interrupted)

/** Whether a run had to reject because of its abort. An attempt may have ended it all the same, or was let end. */
function rejectsForIt(run: Aborted, context: RetryContext): boolean {
  if (!run.end || settledAs(run.end) !== 'rejected' || run.attempts.some((each) => committed(run, each)))
    return false
  const { end, abort, call } = run
  if (abort.seq < call.start.seq) return run.attempts.length === 0
  if (decisive(run, context, abort) || run.throwing) return false
  return !run.attempts.some(
    (each) =>
      failed(each) &&
      each.end!.seq > abort.seq &&
      same(each.end?.value, end.value) &&
      isFinal(run, each, context),
  )
}

const judged = (h: History, context: RetryContext): readonly Aborted[] =>
  sound(h, context)
    .filter(isAborted)
    .filter((run) => rejectsForIt(run, context))

/** Code that means well by falsy reasons, by `??`, has no eye for this one. */
const isNull = ({ abort: { value } }: Aborted): boolean => value?.text === 'null'

const notTheReason = ({ abort, end }: Aborted) =>
  !same(end?.value, abort.value) && blame(`it rejects with ${end?.value?.text} instead`, abort, end)

const failures = ({ attempts, end }: Run): readonly Span[] =>
  attempts.filter((each) => failed(each) && (!end || each.end!.seq < end.seq))

/** The last failure that must be known when a run is aborted, and those that came with the abort or after it. */
function certain(run: Aborted): readonly Span[] {
  const all = failures(run)
  const last = all.findLastIndex(({ end }) => end!.timeMs < run.abort.timeMs)
  return last < 0 ? [] : all.slice(last)
}

const UNSUPPORTED = 'declared `abort: unsupported`'
const supported = ({ policy }: RetryContext): true | string => policy.abort !== 'unsupported' || UNSUPPORTED
const declares =
  (abort: RetryPolicy['abort']) =>
  ({ policy }: RetryContext): true | string =>
    policy.abort === abort || `declared \`abort: ${policy.abort}\``

/** What an abort does: before a run, during one of its attempts, and during a wait. */
export const lawsOfAborts: Laws<RetryPolicy> = {
  'an-aborted-signal-ends-the-run': {
    level: 'required',
    statement: 'A run whose signal has aborted beforehand rejects at once.',
    source: { kind: 'kit', why: 'docs/retry.md#an-aborted-signal-ends-the-run' },
    hint: 'Look at `signal.aborted` first: a listener is never told of an abort that has happened.',
    appliesWhen: supported,
    exercised: (h, context) => abortedBefore(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(abortedBefore(h, context), ({ abort, attempts: [first, second], call, end }) => {
        if (second) return blame('the signal had aborted', abort, second.start)
        if (!end) return undefined
        // An attempt that is made all the same is handed the signal, and then awaited like any other.
        const awaited = context.policy.abortedAttempt === 'awaited' && first?.end ? first : undefined
        const from = awaited && awaited.end!.seq < end.seq ? awaited.end! : call.start
        if (!atOnce(h, from, end)) return blame('it was to reject at once', abort, end)
        const given = awaited && succeeded(awaited)
        return settledAs(end) === 'fulfilled' && !given && blame('it was to reject', abort, end)
      }),
  },
  'an-aborted-signal-starts-nothing': {
    level: 'recommended',
    statement: 'A run whose signal has aborted beforehand makes not even one attempt.',
    source: { kind: 'kit', why: 'docs/retry.md#an-aborted-signal-starts-nothing' },
    hint: 'Look at `signal.aborted` before the first attempt, not only behind it.',
    appliesWhen: supported,
    exercised: (h, context) => abortedBefore(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(
        abortedBefore(h, context),
        ({ abort, attempts: [first] }) => first && blame('the signal had aborted', abort, first.start),
      ),
  },
  'an-abort-starts-nothing-more': {
    level: 'required',
    statement: 'After an abort no further attempt is made.',
    source: { kind: 'kit', why: 'docs/retry.md#an-abort-starts-nothing-more' },
    hint: 'Look at `signal.aborted` after every wait and after every failure, before the next attempt.',
    appliesWhen: supported,
    exercised: (h, context) => abortedWithin(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(abortedWithin(h, context), (run) => {
        const next = run.attempts.find((each) => each.start.seq > run.abort.seq && !committed(run, each))
        return next && blame('the signal had aborted', run.abort, next.start)
      }),
  },
  'an-abort-ends-a-wait': {
    level: 'required',
    statement: 'An abort during a wait makes the run reject at once.',
    source: { kind: 'kit', why: 'docs/retry.md#an-abort-ends-a-wait' },
    hint: 'Wait with the signal too: on `abort` clear the timer and reject.',
    appliesWhen: supported,
    exercised: (h, context) => abortedInAWait(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(
        abortedInAWait(h, context),
        ({ abort, end }) =>
          end &&
          !atOnce(h, abort, end) &&
          blame(`it settles ${end.timeMs - abort.timeMs} ms after the abort`, abort, end),
      ),
  },
  'an-abort-ends-an-attempt': {
    level: 'required',
    statement: 'An abort during an attempt makes the run reject at once, without waiting for the attempt.',
    source: { kind: 'kit', why: 'docs/retry.md#an-abort-ends-an-attempt' },
    hint: 'Let the attempt race with the abort, or declare `abortedAttempt: awaited` and document it.',
    appliesWhen: (context) =>
      supported(context) !== true
        ? supported(context)
        : context.policy.abortedAttempt === 'abandoned' ||
          'the attempt is documented to be awaited (`abortedAttempt: awaited`)',
    exercised: (h, context) => abortedInAnAttempt(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(
        abortedInAnAttempt(h, context),
        ({ abort, end }) =>
          end &&
          !atOnce(h, abort, end) &&
          blame(`it settles ${end.timeMs - abort.timeMs} ms after the abort`, abort, end),
      ),
  },
  'an-aborted-attempt-is-awaited': {
    level: 'optional',
    statement: 'A run that is aborted during an attempt settles when the attempt has ended, and not before.',
    source: { kind: 'kit', why: 'docs/retry.md#an-aborted-attempt-is-awaited' },
    hint: 'The subject declares `abortedAttempt: awaited`: look at the signal when the attempt has ended.',
    appliesWhen: (context) =>
      supported(context) !== true
        ? supported(context)
        : context.policy.abortedAttempt === 'awaited' ||
          'the attempt is documented to be abandoned (`abortedAttempt: abandoned`)',
    exercised: (h, context) => abortedInAnAttempt(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(abortedInAnAttempt(h, context), (run) => {
        const { end } = run
        const attempt = interrupted(run)!
        return (
          end &&
          (!attempt.end || attempt.end.seq > end.seq) &&
          blame(`attempt ${no(run, attempt)} is still under way`, run.abort, end)
        )
      }),
  },
  'no-wait-after-an-aborted-attempt': {
    level: 'required',
    statement: 'When the attempt during which the signal aborted has ended, the run settles at once.',
    source: { kind: 'kit', why: 'docs/retry.md#no-wait-after-an-aborted-attempt' },
    hint: 'Look at the signal between the failure and the wait.',
    appliesWhen: supported,
    exercised: (h, context) => abortedInAnAttempt(h, context).some((run) => failed(interrupted(run)!)),
    violation: (h, context) =>
      firstBlame(abortedInAnAttempt(h, context), (run) => {
        const { abort, end } = run
        const attempt = interrupted(run)!
        if (!end || !attempt.end || attempt.end.seq > end.seq || atOnce(h, attempt.end, end)) return undefined
        // An attempt more is another matter.
        if (run.attempts.at(-1) !== attempt) return undefined
        return blame(`it settles ${end.timeMs - attempt.end.timeMs} ms later`, abort, attempt.end, end)
      }),
  },
  'an-abort-rejects-with-the-reason-of-the-signal': {
    level: 'required',
    statement:
      'An aborted run rejects with the very reason of its signal, also where that is falsy; `null` aside.',
    source: { kind: 'dom', clause: '3.2 AbortSignal, "reject promise with signal\'s abort reason"' },
    hint: '`signal.throwIfAborted()`, or `reject(signal.reason)`: a reason may be falsy.',
    appliesWhen: declares('reason'),
    exercised: (h, context) => judged(h, context).some((run) => !isNull(run)),
    violation: (h, context) =>
      firstBlame(judged(h, context), (run) => (isNull(run) ? undefined : notTheReason(run))),
  },
  'null-is-a-reason': {
    level: 'recommended',
    statement: 'A run that is aborted with `null` rejects with `null`.',
    source: { kind: 'dom', clause: '3.1 AbortController, signal abort' },
    hint: 'Only `undefined` means that no reason was given: `signal.reason ?? error` loses `null` too.',
    appliesWhen: declares('reason'),
    exercised: (h, context) => judged(h, context).some(isNull),
    violation: (h, context) =>
      firstBlame(judged(h, context), (run) => (isNull(run) ? notTheReason(run) : undefined)),
  },
  'an-abort-rejects-with-the-last-reason': {
    level: 'optional',
    statement: 'An aborted run rejects with the reason of its last attempt, if one has failed.',
    source: { kind: 'kit', why: 'docs/retry.md#an-abort-rejects-with-the-last-reason' },
    hint: 'The subject declares `abort: last-error`: keep the reason of every failure, falsy ones too.',
    appliesWhen: declares('last-error'),
    exercised: (h, context) => judged(h, context).some((run) => certain(run).length > 0),
    violation: (h, context) =>
      firstBlame(judged(h, context), (run) => {
        const last = certain(run)
        const told = last.length === 0 || last.some(({ end }) => same(run.end?.value, end?.value))
        return !told && blame(`it rejects with ${run.end?.value?.text} instead`, run.abort, run.end)
      }),
  },
  'an-abort-rejects-with-an-error-of-its-own': {
    level: 'optional',
    statement:
      'An aborted run rejects with an error of its own: neither the reason of the signal nor of an attempt.',
    source: { kind: 'kit', why: 'docs/retry.md#an-abort-rejects-with-an-error-of-its-own' },
    hint: "The subject declares `abort: own-error`: make an error, with the signal's reason as its cause.",
    appliesWhen: declares('own-error'),
    exercised: (h, context) => judged(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(judged(h, context), (run) => {
        const { abort, end } = run
        const own =
          end?.value?.error !== undefined &&
          !same(end.value, abort.value) &&
          !failures(run).some((each) => same(end.value, each.end?.value))
        return !own && blame(`it rejects with ${end?.value?.text}`, abort, end)
      }),
  },
}
