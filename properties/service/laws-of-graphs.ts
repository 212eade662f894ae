import { blame, firstBlame, type History, type Laws, openAt, type Span } from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'
import {
  before,
  closerOf,
  closings,
  disposes,
  failedClosings,
  finalClosers,
  graphOnly,
  isOf,
  type Life,
  lives,
  opened,
  openings,
  type ServiceContext,
} from './observations.js'

/** A closing that takes at least so long is not over by chance when another one begins. */
const NOTABLE_MS = 20

/** In which order resources that need one another are opened and closed. */
export const lawsOfGraphs: Laws<ServicePolicy> = {
  'needs-are-opened-first': {
    level: 'required',
    statement: 'A resource is opened when all that it needs is open.',
    source: { kind: 'kit', why: 'docs/service.md#needs-are-opened-first' },
    hint: 'Await the openings of what it needs before calling `open`.',
    appliesWhen: graphOnly,
    exercised: (h) => openings(h).some((opening) => needs(opening).length > 0),
    violation: (h) =>
      firstBlame(openings(h), (opening) => {
        const missing = needs(opening).find(
          (name) => !opened(h).some((other) => key(other) === name && before(other.end, opening.start)),
        )
        return missing === undefined
          ? undefined
          : blame(`${key(opening)} needs ${missing}, which is not open`, opening.start)
      }),
  },
  'dependants-are-closed-first': {
    level: 'required',
    statement: 'A resource is not closed before those that need it have been closed.',
    source: { kind: 'kit', why: 'docs/service.md#dependants-are-closed-first' },
    hint: 'Close in the reverse order of opening, one after the other, and await each.',
    appliesWhen: (context) =>
      context.policy.order === 'parallel'
        ? 'documented to close everything at once (`order: parallel`)'
        : graphOnly(context),
    exercised: (h) =>
      closings(h).some((closing) => opened(h).some((other) => needs(other).includes(key(closing)))),
    violation: (h) =>
      firstBlame(closings(h), (closing) => {
        const dependant = lives(h).find(
          ({ opening, closing: own }) =>
            needs(opening).includes(key(closing)) &&
            usedBy(h, opening, key(closing))?.closing === closing &&
            !before(own?.end, closing.start),
        )
        return dependant
          ? blame(
              `${key(dependant.opening)} needs ${key(closing)} and is not closed`,
              closing.start,
              dependant.closing?.start,
            )
          : undefined
      }),
  },
  'closes-in-reverse-order': {
    level: 'recommended',
    statement: 'What was opened after something else is closed before that.',
    source: { kind: 'ecma-262', clause: 'DisposeResources, step 2 (in reverse list order)' },
    hint: 'Keep a stack of what was opened, and close it from the top.',
    appliesWhen: (context) =>
      context.policy.order === 'lifo'
        ? graphOnly(context)
        : `documented otherwise (\`order: ${context.policy.order}\`)`,
    exercised: (h, context) => stacked(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(stacked(h, context), ([first, then]) =>
        before(then.closing.end, first.closing.start)
          ? undefined
          : blame(
              `${key(first.opening)} was opened first, and is not closed last`,
              first.opening.end,
              then.opening.start,
              first.closing.start,
            ),
      ),
  },
  'closes-side-by-side': {
    level: 'optional',
    statement: 'Closings do not wait for one another.',
    source: { kind: 'kit', why: 'docs/service.md#closes-side-by-side' },
    hint: 'The subject declares `order: parallel`: call every `close` before awaiting any.',
    appliesWhen: (context) =>
      context.policy.order === 'parallel'
        ? graphOnly(context)
        : `documented otherwise (\`order: ${context.policy.order}\`)`,
    exercised: (h) => slowPairs(h).length > 0,
    violation: (h) =>
      firstBlame(slowPairs(h), ([first, then]) =>
        first.closing.end && then.closing.start.timeMs >= first.closing.end.timeMs
          ? blame(`${key(then.opening)} waits for it`, first.closing.end, then.closing.start)
          : undefined,
      ),
  },
  'closes-the-others-though-one-fails': {
    level: 'required',
    statement: 'Where one closing fails, everything else is closed all the same.',
    source: { kind: 'ecma-262', clause: 'DisposeResources, step 2.b' },
    hint: 'Catch each closing on its own and throw at the end; a loop or `Promise.all` stops at the first failure.',
    appliesWhen: graphOnly,
    exercised: (h, context) => failedClosings(h).length > 0 && dueTogether(h, context).length > 1,
    violation: (h, context) => {
      const [failure] = failedClosings(h)
      const left = dueTogether(h, context).find((opening) => !closings(h).some((c) => isOf(c, opening)))
      return failure && left ? blame(`${key(left)} is never closed`, left.end, failure.end) : undefined
    },
  },
}

const key = ({ start }: Span): string => String(start.detail?.key)

/** What a node needs, as its opening says. */
const needs = ({ start }: Span): readonly string[] =>
  String(start.detail?.needs ?? '')
    .split(' ')
    .filter(Boolean)

/** The resource of a needed node that was there when an opening began, which is the one that it uses. */
function usedBy(h: History, user: Span, name: string): Life | undefined {
  const used = opened(h).findLast((opening) => key(opening) === name && before(opening.end, user.start))
  return lives(h).find(({ opening }) => opening === used)
}

type Closed = Life & { readonly closing: Span }

/** Ordered pairs of resources of different nodes that were closed. */
function pairs(h: History): readonly (readonly [Closed, Closed])[] {
  const closed = lives(h).filter((life): life is Closed => life.closing !== undefined)
  return closed.flatMap((a) =>
    closed.flatMap((b) => (a !== b && key(a.opening) !== key(b.opening) ? [[a, b] as const] : [])),
  )
}

/** Pairs that were opened one after the other, and were both open when the dispose came that closed the first. */
const stacked = (h: History, context: ServiceContext): readonly (readonly [Closed, Closed])[] =>
  pairs(h).filter(
    ([first, then]) =>
      before(first.opening.end, then.opening.start) &&
      before(then.opening.end, closerOf(h, context, first)?.start),
  )

/** Pairs that were open when the only dispose came, of which the first takes its time to close. */
function slowPairs(h: History): readonly (readonly [Closed, Closed])[] {
  const [dispose, ...others] = disposes(h)
  if (!dispose || others.length > 0) return []
  const open = ({ opening }: Life) => before(opening.end, dispose.start)
  const took = ({ closing }: Closed) => (closing.end?.timeMs ?? 0) - closing.start.timeMs
  return pairs(h).filter(([first, then]) => open(first) && open(then) && took(first) >= NOTABLE_MS)
}

/** What the first dispose has to close. */
function dueTogether(h: History, context: ServiceContext): readonly Span[] {
  const closer = finalClosers(h, context)[0]
  return closer
    ? opened(h).filter(
        (opening) => opening.end && !openAt(opening, closer.start) && before(opening.end, closer.start),
      )
    : []
}
