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
  alike,
  askedFor,
  before,
  closings,
  disposes,
  failedOpening,
  gets,
  givenTo,
  isOf,
  lives,
  opened,
  openings,
  type ServiceContext,
  sameNode,
  succeeded,
  waits,
} from './observations.js'

/** What those who ask for the resource are given, and when it is opened for them. */
export const lawsOfGetting: Laws<ServicePolicy> = {
  'gives-what-was-opened': {
    level: 'required',
    statement: 'Whoever asks for the resource gets, by identity, one that an opening gave.',
    source: { kind: 'kit', why: 'docs/service.md#gives-what-was-opened' },
    hint: 'A get that finds the service closed or failed must open it or be rejected, not be fulfilled with nothing.',
    exercised: (h) => gets(h).some(({ end }) => settledAs(end) === 'fulfilled'),
    violation: (h) =>
      firstBlame(gets(h), (get) => {
        const { end } = get
        if (settledAs(end) !== 'fulfilled') return undefined
        const given = opened(h).some(
          (opening) =>
            sameNode(opening, get) && before(opening.end, end) && same(opening.end?.value, end?.value),
        )
        return given ? undefined : blame(`no opening gave ${end?.value?.text}`, end)
      }),
  },
  'opens-only-for-a-get': {
    level: 'required',
    statement: 'The resource is opened for somebody who waits for it, not in order to close it.',
    source: { kind: 'kit', why: 'docs/service.md#opens-only-for-a-get' },
    hint: 'A dispose must not go through `get`: where nothing is open there is nothing to do.',
    exercised: (h) =>
      disposes(h).some(({ start }) => !gets(h).some((get) => waits(get, start))) && openings(h).length > 0,
    violation: (h) =>
      firstBlame(openings(h), ({ start }) => {
        const idle = gets(h).every(
          (get) => before(start, get.start) || (settledAs(get.end) === 'fulfilled' && before(get.end, start)),
        )
        const closer = disposes(h).findLast((dispose) => before(dispose.start, start))
        return idle ? blame('nobody waits for it', closer?.start, start) : undefined
      }),
  },
  'opens-one-at-a-time': {
    level: 'required',
    statement:
      'Nothing is opened while the same resource is open or being opened, and nobody has disposed of it.',
    source: { kind: 'kit', why: 'docs/service.md#opens-one-at-a-time' },
    hint: 'Keep the promise of the opening, and assign it before the first await: after a dispose too.',
    exercised: (h) =>
      disposes(h).length > 0 &&
      gets(h).some((get) => openings(h).some((o) => sameNode(get, o) && waits(o, get.start))),
    violation: (h) =>
      firstBlame(openings(h), (later) => {
        const earlier = openings(h).find(
          (opening) =>
            sameNode(opening, later) && before(opening.start, later.start) && isOpen(h, opening, later),
        )
        const asked = earlier && askedFor(h, earlier)
        if (!earlier || !asked) return undefined
        const disposed = disposes(h).some(
          ({ start }) => before(asked.start, start) && before(start, later.start),
        )
        return disposed
          ? undefined
          : blame('it is opened beside another', earlier.end ?? earlier.start, later.start)
      }),
  },
  'nobody-is-handed-a-disposed-resource': {
    level: 'required',
    statement: 'Whoever asks after a dispose has begun is not given the resource that it closes.',
    source: { kind: 'kit', why: 'docs/service.md#nobody-is-handed-a-disposed-resource' },
    hint: 'Forget the resource in the very turn of the dispose, before anything is awaited.',
    appliesWhen: ({ policy }) =>
      policy.dispose === 'at-once' || 'a get may come before the last user has gone (`dispose: last-user`)',
    exercised: (h) =>
      gets(h).some((get) => openings(h).some((opening) => disposedBetween(h, opening, get) !== undefined)),
    violation: (h) =>
      firstBlame(gets(h), (get) => {
        const life = lives(h).find((each) => givenTo(each, get))
        const dispose = life && disposedBetween(h, life.opening, get)
        return (
          dispose &&
          blame(`${get.actor} gets what ${dispose.actor} disposes of`, dispose.start, get.start, get.end)
        )
      }),
  },
  'nobody-is-handed-a-closed-resource': {
    level: 'required',
    statement: 'Nobody is fulfilled with a resource after its closing has begun.',
    source: { kind: 'kit', why: 'docs/service.md#nobody-is-handed-a-closed-resource' },
    hint: 'After every await on the way out, look whether what you have opened is still the current resource.',
    exercised: (h) =>
      closings(h).some(({ start }) => gets(h).some(({ end }) => end && end.step > start.step)),
    violation: (h) =>
      firstBlame(lives(h), (life) =>
        firstBlame(gets(h), (get) => {
          const closed = life.closing?.start
          if (!closed || !givenTo(life, get)) return undefined
          // Within one step the get may have been fulfilled before, and its client have heard of it after.
          return before(closed, get.start) || get.end!.step > closed.step
            ? blame(`${get.actor} gets it although \`close\` has been called`, closed, get.end)
            : undefined
        }),
      ),
  },
  'a-get-fails-only-where-an-opening-did': {
    level: 'required',
    statement:
      'As long as nobody disposes of the resource, a get is rejected only with the reason of an opening.',
    source: { kind: 'kit', why: 'docs/service.md#a-get-fails-only-where-an-opening-did' },
    hint: 'Look for state that a failed opening, or the leaving of another user, has left behind.',
    exercised: (h, context) => gets(h).some((get) => get.end && undisturbed(h, context, get)),
    violation: (h, context) =>
      firstBlame(gets(h), (get) =>
        settledAs(get.end) === 'rejected' && undisturbed(h, context, get) && !failedOpening(h, get.end)
          ? blame(`no opening failed with ${get.end?.value?.text}`, get.end)
          : undefined,
      ),
  },
}

/** Whether what an opening gives is there, or on its way, when another one begins. */
function isOpen(h: History, opening: Span, later: Span): boolean {
  if (waits(opening, later.start)) return true
  if (!succeeded(opening)) return false
  const twin = opened(h).some((other) => other !== opening && alike(other, opening))
  return !twin && !closings(h).some((c) => isOf(c, opening) && before(c.start, later.start))
}

const disposedBetween = (h: History, opening: Span, get: Span): Span | undefined =>
  sameNode(opening, get)
    ? disposes(h).find(({ start }) => before(opening.start, start) && before(start, get.start))
    : undefined

/** Whether nothing was closed before a get was answered, in whichever way users are counted. */
function undisturbed(h: History, { policy }: ServiceContext, get: Span): boolean {
  const earlier = disposes(h).filter(({ start }) => before(start, get.end))
  if (policy.dispose === 'at-once') return earlier.length === 0
  return earlier.every(({ start }) => {
    const users = gets(h).filter((user) => before(user.start, start) && !leaves(user, start)).length
    return users > earlier.filter((dispose) => !before(start, dispose.start)).length
  })
}

/** Whether a get had failed by then, so that its client is no user. */
const leaves = (get: Span, event: Span['start']): boolean =>
  settledAs(get.end) === 'rejected' && before(get.end, event)
