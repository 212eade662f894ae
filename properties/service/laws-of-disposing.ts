import {
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'
import {
  allAnswered,
  before,
  closerOf,
  disposes,
  failed,
  failedClosings,
  failedOpening,
  gets,
  graphOnly,
  isTold,
  type Life,
  lives,
  openings,
  type ServiceContext,
  told,
} from './observations.js'

/** A closing that takes longer than this is not over by chance when somebody looks. */
const NOTABLE_MS = 20

/** What disposing means to the one who does it: when it is over, and what it says. */
export const lawsOfDisposing: Laws<ServicePolicy> = {
  'a-dispose-waits-for-the-closing': {
    level: 'required',
    statement: 'A dispose is not over before the closing that it causes is.',
    source: { kind: 'kit', why: 'docs/service.md#a-dispose-waits-for-the-closing' },
    hint: 'Await what `close` gives, also where the resource is still being opened when the dispose comes.',
    exercised: (h, context) => lives(h).some((life) => life.closing && closerOf(h, context, life)),
    violation: (h, context) =>
      firstBlame(lives(h), (life) => {
        const closer = closerOf(h, context, life)
        const { closing } = life
        return closing && closer?.end && !before(closing.end, closer.end)
          ? blame(`${closer.actor}'s dispose is over and the closing is not`, closing.start, closer.end)
          : undefined
      }),
  },
  'a-second-dispose-joins-the-first': {
    level: 'required',
    statement: 'A dispose that comes while the resource is being closed waits for that too.',
    source: { kind: 'kit', why: 'docs/service.md#a-second-dispose-joins-the-first' },
    hint: 'Keep the promise of the closing, and return it as long as it is pending.',
    appliesWhen: ({ policy }) =>
      policy.dispose === 'last-user'
        ? 'a dispose without a get is documented to be ignored (`dispose: last-user`)'
        : policy.disposeTwice === 'joins' || 'documented to return on its own (`disposeTwice: returns`)',
    exercised: (h, context) => lives(h).some((life) => followers(h, context, life).length > 0),
    violation: (h, context) =>
      firstBlame(lives(h), (life) =>
        firstBlame(followers(h, context, life), ({ actor, start, end }) =>
          end && !before(life.closing?.end, end)
            ? blame(`${actor} is told that all is closed`, life.closing?.start, start, end)
            : undefined,
        ),
      ),
  },
  'a-second-dispose-returns-on-its-own': {
    level: 'optional',
    statement: 'A dispose that comes while the resource is being closed does not wait for that.',
    source: { kind: 'kit', why: 'docs/service.md#a-second-dispose-returns-on-its-own' },
    hint: 'The subject declares `disposeTwice: returns`: only the first dispose waits.',
    appliesWhen: ({ policy }) =>
      policy.dispose === 'last-user'
        ? 'a dispose without a get is documented to be ignored (`dispose: last-user`)'
        : policy.disposeTwice === 'returns' || 'documented to wait for the first (`disposeTwice: joins`)',
    exercised: (h, context) => lives(h).some((life) => patient(h, context, life).length > 0),
    violation: (h, context) =>
      firstBlame(lives(h), (life) =>
        firstBlame(patient(h, context, life), ({ actor, start, end }) =>
          end && before(end, life.closing!.end)
            ? undefined
            : blame(`${actor} waits for a closing that is not its own`, start, life.closing?.end, end),
        ),
      ),
  },
  'a-failing-close-is-reported': {
    level: 'required',
    statement: 'Where one closing fails, a dispose is rejected with its very reason.',
    source: { kind: 'kit', why: 'docs/service.md#a-failing-close-is-reported' },
    hint: 'Let the rejection of `close` through, and ask whether it failed, never whether its reason is truthy.',
    exercised: (h) => failedClosings(h).length === 1 && disposes(h).length > 0,
    violation: (h) => {
      const [closing, ...others] = failedClosings(h)
      const asked = disposes(h).filter(({ start }) => before(start, closing?.end))
      if (!closing || others.length > 0 || asked.length === 0 || !allAnswered(asked)) return undefined
      const reported = asked.some(
        ({ end }) => settledAs(end) === 'rejected' && same(end?.value, closing.end?.value),
      )
      return reported
        ? undefined
        : blame(`nobody is told of ${closing.end?.value?.text}`, closing.end, asked[0]?.end)
    },
  },
  'every-failing-close-is-reported': {
    level: 'required',
    statement:
      'Where several closings fail, no reason is lost: one error holds another, or each dispose has its own.',
    source: { kind: 'ecma-262', clause: 'DisposeResources, step 2 (SuppressedError)' },
    hint: 'Throw an error with `error` and `suppressed`, as `SuppressedError` has, when one closing fails after another.',
    appliesWhen: ({ policy, traits }) =>
      policy.closeErrors === 'first'
        ? 'only the first is documented to be told (`closeErrors: first`)'
        : policy.reopen || traits.graph || 'there is one closing at most (`reopen: false`)',
    exercised: (h) => failedClosings(h).length > 1,
    violation: (h) =>
      failedClosings(h).length > 1 && allAnswered(disposes(h))
        ? firstBlame(failedClosings(h), (closing) =>
            isTold(h, closing)
              ? undefined
              : blame(`nobody is told of ${closing.end?.value?.text}`, closing.end, disposes(h)[0]?.end),
          )
        : undefined,
  },
  'a-later-failure-suppresses-the-earlier': {
    level: 'recommended',
    statement:
      'Where closings fail one after the other, `error` is the later reason and `suppressed` the earlier.',
    source: { kind: 'ecma-262', clause: 'DisposeResources, step 2 (SuppressedError)' },
    hint: 'Wrap as you go: `new SuppressedError(reason, soFar)`.',
    appliesWhen: (context) =>
      context.policy.closeErrors === 'suppressed'
        ? graphOnly(context)
        : 'only the first is documented to be told (`closeErrors: first`)',
    exercised: (h) => failuresInTurn(h).length > 1,
    violation: (h) => {
      const failures = failuresInTurn(h)
      const [dispose] = disposes(h)
      const reasons = dispose ? told(h, dispose) : []
      if (!dispose || failures.length < 2 || reasons.length !== failures.length) return undefined
      const ordered = failures.toReversed().every(({ end }, index) => same(end?.value, reasons[index]))
      const all = failures.every((closing) => isTold(h, closing))
      return ordered || !all
        ? undefined
        : blame(
            'the error that was thrown first is outermost',
            ...failures.map(({ end }) => end),
            dispose.end,
          )
    },
  },
  'the-first-failing-close-is-reported': {
    level: 'optional',
    statement: 'Where several closings fail, a dispose is rejected with the reason of the first.',
    source: { kind: 'kit', why: 'docs/service.md#the-first-failing-close-is-reported' },
    hint: 'The subject declares `closeErrors: first`: keep the first reason while the others are closed.',
    appliesWhen: (context) =>
      context.policy.closeErrors === 'first'
        ? graphOnly(context)
        : 'all are documented to be told (`closeErrors: suppressed`)',
    exercised: (h) => failedClosings(h).length > 1 && disposes(h).length === 1,
    violation: (h) => {
      const [dispose, ...further] = disposes(h)
      const [first, ...others] = failedClosings(h).toSorted((a, b) => a.end!.seq - b.end!.seq)
      if (!dispose?.end || further.length > 0 || !first || others.length === 0) return undefined
      return settledAs(dispose.end) === 'rejected' && same(dispose.end.value, first.end?.value)
        ? undefined
        : blame(`${dispose.actor} gets ${dispose.end.value?.text} instead`, first.end, dispose.end)
    },
  },
  'a-dispose-fails-only-where-a-closing-did': {
    level: 'required',
    statement:
      'A dispose that finds nothing to close, or closes well, is fulfilled: before, after and again.',
    source: { kind: 'kit', why: 'docs/service.md#a-dispose-fails-only-where-a-closing-did' },
    hint: 'Disposing is idempotent: return early where there is nothing to close.',
    exercised: (h) =>
      disposes(h).some(({ end }) => end && !failedClosings(h).some((closing) => before(closing.end, end))),
    violation: (h) =>
      firstBlame(disposes(h), ({ actor, start, end }) =>
        settledAs(end) !== 'rejected' ||
        failedClosings(h).some((closing) => before(closing.end, end)) ||
        failedOpening(h, end)
          ? undefined
          : blame(`${actor}'s dispose fails with ${end?.value?.text}`, start, end),
      ),
  },
  'a-failed-opening-is-not-told-again': {
    level: 'recommended',
    statement: 'A dispose is not rejected with the reason of an opening: those who asked have heard it.',
    source: { kind: 'kit', why: 'docs/service.md#a-failed-opening-is-not-told-again' },
    hint: 'Where you await the opening in order to close, a failure means that there is nothing to close.',
    exercised: (h) =>
      openings(h).some(
        (opening) => failed(opening) && disposes(h).some((d) => before(opening.start, d.start)),
      ),
    violation: (h) =>
      firstBlame(disposes(h), (dispose) => {
        const opening = settledAs(dispose.end) === 'rejected' && failedOpening(h, dispose.end)
        const closed = failedClosings(h).some(({ end }) => same(end?.value, dispose.end?.value))
        return opening && !closed
          ? blame(`${dispose.actor} disposes, and is told why opening failed`, opening.end, dispose.end)
          : undefined
      }),
  },
}

/**
 * Disposes that come after the one that causes a closing, and before that is over. Where the resource was asked for or
 * opened again in between, a dispose has a closing of its own to wait for.
 */
function followers(h: History, context: ServiceContext, life: Life): readonly Span[] {
  const first = closerOf(h, context, life)
  if (!first || !life.closing) return []
  const again = [...gets(h), ...openings(h)].filter(({ start }) => before(first.start, start))
  return disposes(h).filter(
    ({ start }) =>
      before(first.start, start) &&
      !again.some((each) => before(each.start, start)) &&
      (!life.closing?.end || before(start, life.closing.end)),
  )
}

/** Those of them that come a good while before it is over. */
const patient = (h: History, context: ServiceContext, life: Life): readonly Span[] =>
  followers(h, context, life).filter(
    ({ start }) => (life.closing?.end?.timeMs ?? 0) - start.timeMs >= NOTABLE_MS,
  )

/** Closings that failed one after the other under a single dispose. */
function failuresInTurn(h: History): readonly Span[] {
  const failures = failedClosings(h)
  const inTurn = failures.every(
    (closing, index) => index === 0 || before(failures[index - 1]!.end, closing.start),
  )
  return inTurn && disposes(h).length === 1 ? failures : []
}
