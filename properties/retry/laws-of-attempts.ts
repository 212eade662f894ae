import { blame, firstBlame, firstOverlap, type History, type Laws, type Span } from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'
import {
  committed,
  failed,
  gaveUpAfter,
  isFinal,
  mayBeOver,
  no,
  plain,
  type RetryContext,
  type Run,
  runs,
  sound,
  succeeded,
} from './observations.js'

const isFalsy = ({ end }: Span): boolean => end?.value?.falsy === true
const isThrown = ({ end }: Span): boolean => end?.outcome === 'threw'

/** Failed attempts of some sort after which there must be another. */
const retryable = (h: History, context: RetryContext, sort: (attempt: Span) => boolean): boolean =>
  plain(h, context).some((run) =>
    run.attempts.some((each) => failed(each) && sort(each) && !isFinal(run, each, context)),
  )

/** A run that ends although its last attempt, of some sort, failed and others were to be had. */
const givesUp = (h: History, context: RetryContext, sort: (attempt: Span) => boolean) =>
  firstBlame(plain(h, context), (run) => {
    const last = gaveUpAfter(run, context)
    return (
      last &&
      sort(last) &&
      blame(`attempt ${no(run, last)} of ${run.asked} failed, and no other was made`, last.end, run.end)
    )
  })

const success = (run: Run, context: RetryContext): Span | undefined =>
  run.attempts.find((each) => succeeded(each) && !mayBeOver(run, each, context))

/** How many attempts are made, when, and which failures are worth another. */
export const lawsOfAttempts: Laws<RetryPolicy> = {
  'at-most-the-attempts-asked-for': {
    level: 'required',
    statement: 'No more attempts are made than were asked for.',
    source: { kind: 'kit', why: 'docs/retry.md#at-most-the-attempts-asked-for' },
    hint: 'Say whether the option counts attempts or retries, and compare with `<` accordingly.',
    exercised: (h, context) =>
      sound(h, context).some(
        ({ attempts, asked }) => attempts.slice(0, asked).filter(failed).length >= asked,
      ),
    violation: (h, context) =>
      firstBlame(sound(h, context), ({ attempts, asked }) => {
        const extra = attempts[asked]
        return extra && blame(`${asked} attempts were asked for`, attempts[asked - 1]?.end, extra.start)
      }),
  },
  'makes-all-its-attempts': {
    level: 'required',
    statement: 'While attempts fail and some are left, another one is made.',
    source: { kind: 'kit', why: 'docs/retry.md#makes-all-its-attempts' },
    hint: 'The first attempt counts as one: `attempts: 3` means two further ones.',
    exercised: (h, context) => retryable(h, context, (each) => !isFalsy(each) && !isThrown(each)),
    violation: (h, context) =>
      givesUp(h, context, (each) => !isFalsy(each) && !isThrown(each)) ??
      firstBlame(
        plain(h, context),
        ({ attempts, call, end }) =>
          end && attempts.length === 0 && blame('not a single attempt was made', call.start, end),
      ),
  },
  'a-synchronous-throw-is-a-failed-attempt': {
    level: 'required',
    statement: 'An attempt that throws synchronously has failed like any other, and is followed by another.',
    source: { kind: 'kit', why: 'docs/retry.md#a-synchronous-throw-is-a-failed-attempt' },
    hint: 'Call the attempt inside the `try`: `attempt().catch(…)` never sees what it throws at once.',
    appliesWhen: ({ policy }) =>
      policy.syncThrow === 'reject' || 'documented to let a synchronous throw through (`syncThrow: throw`)',
    exercised: (h, context) => retryable(h, context, (each) => !isFalsy(each) && isThrown(each)),
    violation: (h, context) => givesUp(h, context, (each) => !isFalsy(each) && isThrown(each)),
  },
  'a-synchronous-throw-is-let-through': {
    level: 'optional',
    statement: 'An attempt that throws synchronously ends the run.',
    source: { kind: 'kit', why: 'docs/retry.md#a-synchronous-throw-is-let-through' },
    hint: 'The subject declares `syncThrow: throw`: call the attempt outside of what catches failures.',
    appliesWhen: ({ policy }) =>
      policy.syncThrow === 'throw' || 'a synchronous throw is a failed attempt (`syncThrow: reject`)',
    exercised: (h, context) => sound(h, context).some(({ attempts }) => attempts.some(isThrown)),
    violation: (h, context) =>
      firstBlame(sound(h, context), ({ attempts }) => {
        const at = attempts.findIndex(isThrown)
        const next = at < 0 ? undefined : attempts[at + 1]
        return next && blame('a throw was to end the run', attempts[at]?.end, next.start)
      }),
  },
  'a-falsy-reason-is-a-failed-attempt': {
    level: 'required',
    statement:
      'An attempt that fails with a falsy reason has failed like any other, and is followed by another.',
    source: { kind: 'kit', why: 'docs/retry.md#a-falsy-reason-is-a-failed-attempt' },
    hint: 'Ask whether it failed, never whether there is a reason: `if (error)` and `error.code` lose these.',
    appliesWhen: ({ policy }) =>
      policy.reasons === 'any' || 'documented to retry after errors only (`reasons: errors`)',
    exercised: (h, context) => retryable(h, context, isFalsy),
    violation: (h, context) => givesUp(h, context, isFalsy),
  },
  'stops-at-the-first-success': {
    level: 'required',
    statement: 'After an attempt that succeeds no other is made.',
    source: { kind: 'kit', why: 'docs/retry.md#stops-at-the-first-success' },
    hint: 'Return at once, whatever the value is: `while (!result)` repeats a success that is falsy.',
    exercised: (h, context) => sound(h, context).some((run) => success(run, context)),
    violation: (h, context) =>
      firstBlame(sound(h, context), (run) => {
        const first = success(run, context)
        const next = first && run.attempts.find(({ start }) => start.seq > first.end!.seq)
        return next && blame(`attempt ${no(run, first)} has succeeded`, first.end, next.start)
      }),
  },
  'attempts-never-overlap': {
    level: 'required',
    statement: 'An attempt starts only when the one before it has ended, or has run out of its time.',
    source: { kind: 'kit', why: 'docs/retry.md#attempts-never-overlap' },
    hint: 'One place decides on the next attempt: a late failure of an attempt that was given up must not.',
    exercised: (h, context) => runs(h, context).some(({ attempts }) => attempts.length > 1),
    violation: (h, context) =>
      firstBlame(runs(h, context), (run) =>
        firstBlame(run.attempts, (later) => {
          const open = run.attempts.filter(
            (each) => each === later || !mayBeOver(run, each, context, later.start),
          )
          const [earlier] = firstOverlap(open.slice(0, open.indexOf(later) + 1)) ?? []
          return (
            earlier && blame(`attempt ${no(run, earlier)} is still under way`, earlier.start, later.start)
          )
        }),
      ),
  },
  'nothing-starts-after-the-end': {
    level: 'required',
    statement: 'Once a run has settled, it makes no further attempt.',
    source: { kind: 'kit', why: 'docs/retry.md#nothing-starts-after-the-end' },
    hint: 'Rejecting from outside does not stop the loop: tell it to stop, and clear its timer.',
    exercised: (h, context) =>
      runs(h, context).some(
        ({ end, attempts }) =>
          end !== undefined &&
          (h.events.at(-1)!.timeMs > end.timeMs ||
            attempts.some((each) => !each.end || each.end.seq > end.seq)),
      ),
    violation: (h, context) =>
      firstBlame(runs(h, context), (run) => {
        const { end, attempts } = run
        const zombie = end && attempts.find((each) => each.start.seq > end.seq && !committed(run, each))
        return zombie && blame('the run had settled by then', end, zombie.start)
      }),
  },
}
