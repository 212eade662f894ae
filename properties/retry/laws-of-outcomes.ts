import {
  agree,
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
  mayBeOver,
  no,
  plain,
  type RetryContext,
  type Run,
  runs,
  sound,
  succeeded,
} from './observations.js'

/** The last attempt of a run that has none left and was rejected: whose reason decides what the run rejects with. */
function exhausted({ attempts, asked, end, refused }: Run): Span | undefined {
  const last = attempts[asked - 1]
  const isSo =
    last?.end && end && last.end.seq < end.seq && attempts.length === asked && attempts.every(failed)
  return isSo && refused === undefined && settledAs(end) === 'rejected' ? last : undefined
}

/** Attempts that succeeded before the run settled. */
const successes = ({ attempts, end }: Run): readonly Span[] =>
  attempts.filter((each) => end && succeeded(each) && each.end!.seq < end.seq)

const someExhausted = (h: History, context: RetryContext): boolean => plain(h, context).some(exhausted)

/** The attempt that failed with a reason which is not worth another. */
const refused = ({ attempts, refused }: Run): Span | undefined =>
  attempts.find((each, index) => index + 1 === refused && failed(each))

/** How often a reason occurred. Errors count by what they say, since nobody compares them by identity there. */
const frequency = (reasons: readonly Span[], reason: Span): number =>
  reasons.filter(({ end }) => end?.value?.text === reason.end?.value?.text).length

/** The reasons of a run that are errors. */
const errors = ({ attempts }: Run): readonly Span[] =>
  attempts.filter(({ end }) => end?.value?.error !== undefined)

/** Whether a reason occurred more often than the last one, so that the two can be told apart. */
const outnumbered = (run: Run): boolean => {
  const last = exhausted(run)
  const all = errors(run)
  return last !== undefined && all.some((each) => frequency(all, each) > frequency(all, last))
}

/** What a run settles with. */
export const lawsOfOutcomes: Laws<RetryPolicy> = {
  'gives-the-value-of-the-success': {
    level: 'required',
    statement: 'When an attempt succeeds, the run is fulfilled with its very value.',
    source: { kind: 'kit', why: 'docs/retry.md#gives-the-value-of-the-success' },
    hint: 'Return what the attempt gave, whatever it is; nothing that failed before it matters any more.',
    exercised: (h, context) => plain(h, context).some((run) => successes(run).length > 0),
    violation: (h, context) =>
      firstBlame(sound(h, context), (run) => {
        const [success] = successes(run)
        if (!success) return undefined
        const told = successes(run).some(({ end }) => answered(run.end, 'fulfilled', end?.value))
        // Where an abort or a time-out may decide, it may also reject.
        const wrong = settledAs(run.end) === 'fulfilled' || plain(h, context).includes(run)
        return !told && wrong && blame(`attempt ${no(run, success)} had succeeded`, success.end, run.end)
      }),
  },
  'a-failure-is-not-a-value': {
    level: 'required',
    statement: 'A run is fulfilled only when an attempt is.',
    source: { kind: 'kit', why: 'docs/retry.md#a-failure-is-not-a-value' },
    hint: 'At the end of the loop throw: falling out of it fulfils with `undefined`.',
    exercised: (h, context) => sound(h, context).some(({ attempts }) => attempts.some(failed)),
    violation: (h, context) =>
      firstBlame(
        sound(h, context),
        (run) =>
          settledAs(run.end) === 'fulfilled' &&
          successes(run).length === 0 &&
          blame('no attempt has succeeded', run.attempts.at(-1)?.end ?? run.call.start, run.end),
      ),
  },
  'rejects-with-the-last-reason': {
    level: 'required',
    statement: 'When no attempt is left, the run rejects with the very reason of the last.',
    source: { kind: 'kit', why: 'docs/retry.md#rejects-with-the-last-reason' },
    hint: 'Rethrow what you caught: its class and its code tell the caller what to do.',
    appliesWhen: ({ policy }) =>
      policy.error === 'last' || `documented to reject otherwise (\`error: ${policy.error}\`)`,
    exercised: someExhausted,
    violation: (h, context) =>
      firstBlame(plain(h, context), (run) => {
        const last = exhausted(run)
        return (
          last &&
          !same(last.end?.value, run.end?.value) &&
          blame(`it rejects with ${run.end?.value?.text} instead`, last.end, run.end)
        )
      }),
  },
  'wraps-the-last-reason': {
    level: 'optional',
    statement:
      'When no attempt is left, the run rejects with an error of its own that carries the last reason.',
    source: { kind: 'kit', why: 'docs/retry.md#wraps-the-last-reason' },
    hint: 'The subject declares `error: wrapped`: `new Error(message, { cause: reason })`.',
    appliesWhen: ({ policy }) =>
      policy.error === 'wrapped' || `documented to reject otherwise (\`error: ${policy.error}\`)`,
    exercised: someExhausted,
    violation: (h, context) =>
      firstBlame(plain(h, context), (run) => {
        const last = exhausted(run)
        if (!last) return undefined
        const carries = h
          .of('read')
          .some(({ op, id, value }) => op === 'carries' && id === run.call.id && same(value, last.end?.value))
        if (same(last.end?.value, run.end?.value))
          return blame('the reason is not wrapped', last.end, run.end)
        return !carries && blame('the error does not carry the reason', last.end, run.end)
      }),
  },
  'rejects-with-the-most-frequent-reason': {
    level: 'optional',
    statement:
      'When no attempt is left, the run rejects with a reason that occurred at least as often as any.',
    source: { kind: 'kit', why: 'docs/retry.md#rejects-with-the-most-frequent-reason' },
    hint: 'The subject declares `error: most-frequent`: count every reason, the first and the last too.',
    appliesWhen: ({ policy }) =>
      policy.error === 'most-frequent' || `documented to reject otherwise (\`error: ${policy.error}\`)`,
    exercised: (h, context) => plain(h, context).some(outnumbered),
    violation: (h, context) =>
      firstBlame(plain(h, context), (run) => {
        const last = exhausted(run)
        const all = errors(run)
        // What is no error cannot be compared by what it says.
        if (!last || all.length < run.asked) return undefined
        const given = all.find(({ end }) => same(end?.value, run.end?.value))
        if (!given) return blame('no attempt failed with that', last.end, run.end)
        const more = all.find((each) => frequency(all, each) > frequency(all, given))
        return more && blame(`${more.end?.value?.text} occurred more often`, more.end, run.end)
      }),
  },
  'a-refused-reason-is-final': {
    level: 'required',
    statement: 'A reason that `shouldRetry` refuses ends the run, which rejects with it.',
    source: { kind: 'kit', why: 'docs/retry.md#a-refused-reason-is-final' },
    hint: 'Ask after every failure, and throw what you caught when the answer is no.',
    appliesWhen: ({ policy }) => policy.shouldRetry === 'supported' || 'declared `shouldRetry: unsupported`',
    exercised: (h, context) => sound(h, context).some(refused),
    violation: (h, context) =>
      firstBlame(sound(h, context), (run) => {
        const last = refused(run)
        if (!last || mayBeOver(run, last, context)) return undefined
        const next = run.attempts.find(({ start }) => start.seq > last.end!.seq)
        if (next) return blame('its reason is not worth another attempt', last.end, next.start)
        if (!run.end || run.end.seq < last.end!.seq || run.abort || run.timeoutMs !== undefined)
          return undefined
        const told =
          settledAs(run.end) === 'rejected' &&
          (context.policy.error !== 'last' || same(run.end.value, last.end?.value))
        return !told && blame('the run was to reject with that reason', last.end, run.end)
      }),
  },
  'asks-about-the-very-reason': {
    level: 'required',
    statement: '`shouldRetry` is asked about the very reason of the attempt that just failed.',
    source: { kind: 'kit', why: 'docs/retry.md#asks-about-the-very-reason' },
    hint: 'Hand on what you caught: a predicate looks at its class, its code or its status.',
    appliesWhen: ({ policy }) => policy.shouldRetry === 'supported' || 'declared `shouldRetry: unsupported`',
    exercised: (h) => h.of('handler').some(({ op }) => op === 'shouldRetry'),
    violation: (h, context) =>
      firstBlame(
        h.of('handler').filter(({ op }) => op === 'shouldRetry'),
        (asked) => {
          const run = runs(h, context).findLast(
            ({ call }) => call.actor === asked.actor && call.start.seq < asked.seq,
          )
          const last = run?.attempts.findLast(({ end }) => end !== undefined && end.seq < asked.seq)
          return (
            last &&
            !same(last.end?.value, asked.value) &&
            blame('it was asked about another', last.end, asked)
          )
        },
      ),
  },
  'a-predicate-that-throws-ends-the-run': {
    level: 'recommended',
    statement: 'When `shouldRetry` throws, the run rejects and makes no further attempt.',
    source: { kind: 'kit', why: 'docs/retry.md#a-predicate-that-throws-ends-the-run' },
    hint: 'Ask inside the same `try` or async function as everything else, so that a throw is a rejection.',
    appliesWhen: ({ policy }) => policy.shouldRetry === 'supported' || 'declared `shouldRetry: unsupported`',
    exercised: (h) => h.of('handler').some(({ detail }) => detail?.throws !== undefined),
    violation: (h, context) =>
      firstBlame(sound(h, context), ({ call, attempts, end }) => {
        const thrown = h
          .of('handler')
          .find(({ actor, detail }) => actor === call.actor && detail?.throws !== undefined)
        if (!thrown) return undefined
        const next = attempts.find(({ start }) => start.seq > thrown.seq)
        if (next) return blame('the predicate had thrown', thrown, next.start)
        return settledAs(end) === 'fulfilled' && blame('the predicate had thrown', thrown, end)
      }),
  },
  'awaiting-again-shares': {
    level: 'required',
    statement: 'Awaiting the result again gives the same outcome and makes no attempt.',
    source: { kind: 'kit', why: 'docs/retry.md#awaiting-again-shares' },
    hint: 'Keep the promise of the run; a lazy thenable must not run at every `then`.',
    appliesWhen: ({ policy }) =>
      policy.again === 'share' || 'awaiting again is documented to run again (`again: rerun`)',
    exercised: (h) => h.calls('await').some(({ end }) => end !== undefined),
    violation: (h, context) =>
      firstBlame(h.calls('await'), ({ start, end }) => {
        const run = runs(h, context).find(({ call }) => call.actor === start.actor)
        if (!run?.end) return undefined
        const extra = run.attempts.find((each) => each.start.seq > start.seq && each.start.seq > run.end!.seq)
        if (extra) return blame('the outcome was there', run.end, start, extra.start)
        return end && !agree(end, run.end) && blame('another outcome than before', run.end, end)
      }),
  },
  'awaiting-again-runs-again': {
    level: 'optional',
    statement: 'Awaiting the result again makes the attempts again.',
    source: { kind: 'kit', why: 'docs/retry.md#awaiting-again-runs-again' },
    hint: 'The subject declares `again: rerun`: begin at every `then`.',
    appliesWhen: ({ policy }) =>
      policy.again === 'rerun' || 'awaiting again is documented to share the outcome (`again: share`)',
    exercised: (h) => h.calls('await').some(({ end }) => end !== undefined),
    violation: (h, context) =>
      firstBlame(h.calls('await'), (call) => {
        const ran = runs(h, context).some((run) => run.call.id === call.id)
        return call.end && !ran && blame('it is answered without an attempt', call.start, call.end)
      }),
  },
}
