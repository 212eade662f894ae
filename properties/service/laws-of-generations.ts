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
  askedFor,
  before,
  closers,
  disposes,
  failedClosings,
  failedOpening,
  gets,
  givenTo,
  type Life,
  lives,
  opened,
  openings,
  paired,
  type ServiceContext,
  sameNode,
  succeeded,
  waits,
} from './observations.js'

/** What comes after a dispose, and what becomes of those who wait or still use the resource when it comes. */
export const lawsOfGenerations: Laws<ServicePolicy> = {
  'opens-again-after-a-dispose': {
    level: 'required',
    statement: 'A get that comes after a dispose, well or badly ended, opens the resource again.',
    source: { kind: 'kit', why: 'docs/service.md#opens-again-after-a-dispose' },
    hint: 'Leave the state of a fresh service behind, also where the closing fails.',
    appliesWhen: ({ policy }) => policy.reopen || 'documented to stay closed (`reopen: false`)',
    exercised: (h) => comebacks(h).length > 0,
    violation: (h) =>
      firstBlame(comebacks(h), ({ get, dispose }) =>
        settledAs(get.end) === 'rejected' && !failedOpening(h, get.end)
          ? blame(`${get.actor} is rejected with ${get.end?.value?.text}`, dispose.end, get.start, get.end)
          : undefined,
      ),
  },
  'stays-closed-after-a-dispose': {
    level: 'optional',
    statement: 'A get that comes after a dispose is rejected, and opens nothing.',
    source: { kind: 'kit', why: 'docs/service.md#stays-closed-after-a-dispose' },
    hint: 'The subject declares `reopen: false`: remember that it has been disposed of.',
    appliesWhen: ({ policy }) => !policy.reopen || 'documented to open again (`reopen: true`)',
    exercised: (h, context) => gets(h).some((get) => get.end && ended(h, context, get)),
    violation: (h, context) =>
      firstBlame(gets(h), (get) => {
        const dispose = ended(h, context, get)
        if (!dispose) return undefined
        const again = openings(h).find(({ start }) => before(get.start, start))
        if (again && dispose.end && dispose.end.step < get.start.step)
          return blame('it is opened again', dispose.start, again.start)
        return settledAs(get.end) === 'fulfilled'
          ? blame(`${get.actor} gets ${get.end?.value?.text}`, dispose.start, get.end)
          : undefined
      }),
  },
  'waiting-gets-are-rejected': {
    level: 'required',
    statement: 'A get that waits for the opening when a dispose comes is rejected.',
    source: { kind: 'kit', why: 'docs/service.md#waiting-gets-are-rejected' },
    hint: 'After the opening, look whether the service has been disposed of meanwhile, and throw if so.',
    appliesWhen: ({ policy }) =>
      policy.disposeWhileOpening === 'rejects' ||
      `documented otherwise (\`disposeWhileOpening: ${policy.disposeWhileOpening}\`)`,
    exercised: (h, context) => interrupted(h, context).some(({ get }) => get.end),
    violation: (h, context) =>
      firstBlame(interrupted(h, context), ({ get, dispose }) =>
        settledAs(get.end) === 'fulfilled'
          ? blame(
              `${get.actor} gets ${get.end?.value?.text}, of which somebody has disposed`,
              dispose.start,
              get.end,
            )
          : undefined,
      ),
  },
  'waiting-gets-are-served': {
    level: 'optional',
    statement:
      'A get that waits for the opening when a dispose comes is given the resource, which is closed then.',
    source: { kind: 'kit', why: 'docs/service.md#waiting-gets-are-served' },
    hint: 'The subject declares `disposeWhileOpening: serves`: hand out the promise of the opening, and close after it.',
    appliesWhen: ({ policy }) =>
      policy.disposeWhileOpening === 'serves' ||
      `documented otherwise (\`disposeWhileOpening: ${policy.disposeWhileOpening}\`)`,
    exercised: (h, context) => interrupted(h, context).some(({ opening }) => succeeded(opening)),
    violation: (h, context) =>
      firstBlame(interrupted(h, context), ({ get, dispose, opening }) =>
        !succeeded(opening) ||
        !get.end ||
        (settledAs(get.end) === 'fulfilled' && same(get.end.value, opening.end?.value))
          ? undefined
          : blame(`${get.actor} gets ${get.end.value?.text} instead`, dispose.start, opening.end, get.end),
      ),
  },
  'waiting-gets-get-a-new-resource': {
    level: 'optional',
    statement: 'For a get that waits for the opening when a dispose comes, the resource is opened again.',
    source: { kind: 'kit', why: 'docs/service.md#waiting-gets-get-a-new-resource' },
    hint: 'The subject declares `disposeWhileOpening: reopens`: after the closing, open for those who still wait.',
    appliesWhen: ({ policy }) =>
      (policy.disposeWhileOpening === 'reopens' && policy.reopen) ||
      'documented otherwise (`disposeWhileOpening`, or `reopen: false`)',
    exercised: (h, context) => interrupted(h, context).some(({ get }) => get.end),
    violation: (h, context) =>
      firstBlame(interrupted(h, context), ({ get, dispose, opening }) => {
        if (
          !get.end ||
          disposes(h).some(({ start }) => before(dispose.start, start) && before(start, get.end))
        )
          return undefined
        const excused =
          settledAs(get.end) === 'rejected' &&
          (failedOpening(h, get.end) ||
            failedClosings(h).some((closing) => same(closing.end?.value, get.end?.value)))
        const anew = opened(h).some(
          (later) => before(dispose.start, later.start) && same(later.end?.value, get.end?.value),
        )
        return excused || (settledAs(get.end) === 'fulfilled' && anew)
          ? undefined
          : blame(`${get.actor} gets ${get.end.value?.text} instead`, dispose.start, opening.end, get.end)
      }),
  },
  'no-resource-is-closed-under-a-user': {
    level: 'required',
    statement:
      'A resource is not closed while somebody has got it, or waits for it, and has not disposed of it.',
    source: { kind: 'kit', why: 'docs/service.md#no-resource-is-closed-under-a-user' },
    hint: 'Count users when they ask, before anything is awaited, and close when the last one leaves.',
    appliesWhen: ({ policy }) =>
      policy.dispose === 'last-user' || 'documented to close at once (`dispose: at-once`)',
    exercised: (h) => lives(h).some((life) => life.closing && users(h, life).length > 1),
    violation: (h) =>
      lives(h).length < opened(h).length
        ? undefined
        : firstBlame(lives(h), (life) => {
            const { closing } = life
            if (!closing) return undefined
            const gone = paired(h).filter(({ dispose }) => before(dispose.start, closing.start))
            const past = lives(h).filter(
              (each) => each === life || before(each.closing?.start, closing.start),
            )
            const all = past
              .flatMap((each) => users(h, each))
              .filter((get) => before(get.start, closing.start))
            if (users(h, life).length === 0 || all.length <= gone.length) return undefined
            const left = users(h, life).findLast(({ actor }) =>
              gone.every(({ dispose }) => dispose.actor !== actor),
            )
            return blame('somebody still uses it', left?.end ?? all.at(-1)?.end, closing.start)
          }),
  },
}

/** Gets that were given the resource of a life, sooner or later. */
const users = (h: History, life: Life): readonly Span[] => gets(h).filter((get) => givenTo(life, get))

interface Comeback {
  readonly get: Span
  readonly dispose: Span
}

/** Gets that come when the last dispose has been answered, and that no other one disturbs. */
const comebacks = (h: History): readonly Comeback[] =>
  gets(h).flatMap((get) => {
    const earlier = disposes(h).filter(({ start }) => before(start, get.end))
    const dispose = earlier.at(-1)
    const over = earlier.every(({ end }) => end !== undefined && end.step < get.start.step)
    return get.end && dispose && over ? [{ get, dispose }] : []
  })

/** The dispose before a get that closed what had been opened, for good. */
const ended = (h: History, context: ServiceContext, get: Span): Span | undefined =>
  closers(h, context).find(
    ({ start, end }) =>
      before(start, get.start) &&
      (context.policy.dispose === 'at-once' || (end !== undefined && end.step < get.start.step)) &&
      opened(h).some((opening) => before(opening.start, start)),
  )

interface Interrupted extends Comeback {
  readonly opening: Span
}

/** Gets that wait for an opening when the first dispose comes since either of them began. */
const interrupted = (h: History, context: ServiceContext): readonly Interrupted[] =>
  closers(h, context).flatMap((dispose) =>
    openings(h)
      .filter((opening) => waits(opening, dispose.start))
      .flatMap((opening) =>
        gets(h)
          .filter((get) => sameNode(get, opening) && waits(get, dispose.start))
          .filter((get) => isFirst(h, dispose, get, opening) && !isRevived(h, context, dispose, opening))
          .map((get) => ({ get, dispose, opening })),
      ),
  )

const isFirst = (h: History, dispose: Span, get: Span, opening: Span): boolean =>
  !disposes(h).some(
    ({ start }) =>
      before(start, dispose.start) &&
      [get, opening, askedFor(h, opening)].some((each) => before(each?.start, start)),
  )

/** Where users are counted, one who comes before the opening has ended may keep it from being disposed of. */
const isRevived = (h: History, { policy }: ServiceContext, dispose: Span, opening: Span): boolean =>
  policy.dispose === 'last-user' &&
  gets(h).some(({ start }) => before(dispose.start, start) && before(start, opening.end))
