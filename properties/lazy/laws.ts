import { blame, firstBlame, type Laws, openAt, same } from '../../src/core/index.js'
import type { LazyPolicy } from './contract.js'
import { lawsOfFailure } from './laws-of-failure.js'
import { lawsOfReset } from './laws-of-reset.js'
import { awaits, flights, fulfilled, no, reentrant, resets, succeeded, together } from './observations.js'

const lawsOfFlights: Laws<LazyPolicy> = {
  'nothing-before-the-first-await': {
    level: 'required',
    statement: 'The factory is not called before the first await.',
    source: { kind: 'kit', why: 'docs/lazy.md#nothing-before-the-first-await' },
    hint: 'Call the factory in `get` or `then`, not in the constructor.',
    appliesWhen: ({ policy }) =>
      policy.start === 'lazy' || 'documented to start at creation (`start: eager`)',
    exercised: (h) => flights(h).length > 0,
    violation: (h) => {
      const [first] = flights(h)
      const [asked] = awaits(h)
      return first && (!asked || first.start.seq < asked.start.seq)
        ? blame('the factory starts although nobody has awaited', first.start)
        : undefined
    },
  },
  'starts-at-creation': {
    level: 'optional',
    statement: 'Initialisation begins at creation, before anybody awaits.',
    source: { kind: 'kit', why: 'docs/lazy.md#starts-at-creation' },
    hint: 'The subject declares `start: eager`: call the factory when it is made.',
    appliesWhen: ({ policy }) => policy.start === 'eager' || 'documented to start with the first await',
    exercised: (h) => awaits(h).length > 0,
    violation: (h) =>
      firstBlame(awaits(h).slice(0, 1), ({ start }) =>
        flights(h).some((flight) => flight.start.seq < start.seq)
          ? undefined
          : blame('nothing has started when the first client awaits', start),
      ),
  },
  'single-flight': {
    level: 'required',
    statement: 'At most one initialisation is in flight at any instant.',
    source: { kind: 'kit', why: 'docs/lazy.md#single-flight' },
    hint: 'Keep the promise, not the value: assign it before the first await.',
    exercised: (h) => awaits(h).some((call) => flights(h).some((flight) => openAt(flight, call.start))),
    violation: (h) =>
      reentrant(h)
        ? undefined
        : firstBlame(flights(h), (later) => {
            const earlier = flights(h).find((f) => openAt(f, later.start) && together(h, f, later))
            return (
              earlier && blame(`factory #${no(h, earlier)} is still in flight`, earlier.start, later.start)
            )
          }),
  },
  'none-after-a-success': {
    level: 'required',
    statement: 'Once initialised, the factory is not called again.',
    source: { kind: 'kit', why: 'docs/lazy.md#none-after-a-success' },
    hint: 'Remember that there is a value apart from the value itself, which may well be falsy.',
    exercised: (h) =>
      flights(h).some(
        (f) =>
          succeeded(f) && awaits(h).some(({ start }) => start.seq > f.end!.seq) && resets(h).length === 0,
      ),
    violation: (h) =>
      firstBlame(flights(h), (later) => {
        const earlier = flights(h).find(
          (f) => succeeded(f) && f.end!.seq < later.start.seq && together(h, f, later),
        )
        return earlier && blame(`factory #${no(h, earlier)} has succeeded already`, earlier.end, later.start)
      }),
  },
  'identical-value-for-all': {
    level: 'required',
    statement: 'Everyone gets the identical value, that of the initialisation that succeeded.',
    source: { kind: 'kit', why: 'docs/lazy.md#identical-value-for-all' },
    hint: 'Hand out the promise of the initialisation; do not copy, wrap or look twice.',
    exercised: (h) => fulfilled(h).length > 1 && resets(h).length === 0,
    violation: (h) => {
      if (resets(h).length > 0 || reentrant(h)) return undefined
      const given = flights(h).find(succeeded)
      return firstBlame(fulfilled(h), ({ end }) =>
        !given || same(end?.value, given.end?.value)
          ? undefined
          : blame(
              `${end?.actor} gets ${end?.value?.text}, the factory gave ${given.end?.value?.text}`,
              given.end,
              end,
            ),
      )
    },
  },
}

const lawsOfReentry: Laws<LazyPolicy> = {
  'a-synchronous-reentry-starts-no-second-flight': {
    level: 'recommended',
    statement:
      'A factory that asks for its own value in its first turn does not start a second initialisation.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-synchronous-reentry-starts-no-second-flight' },
    hint: 'Mark the initialisation as begun before calling the factory.',
    exercised: (h) => reentrant(h) && flights(h).length > 0,
    violation: (h) => {
      const [first, second] = flights(h)
      return reentrant(h) && first && second && openAt(first, second.start)
        ? blame('the factory is entered again while it is being entered', first.start, second.start)
        : undefined
    },
  },
  'a-self-await-does-not-hang': {
    level: 'recommended',
    statement: 'A factory that awaits its own value is told so, and does not hang in silence.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-self-await-does-not-hang' },
    hint: 'Reject an await that comes from within the factory: nothing can ever settle it.',
    exercised: (h) => reentrant(h),
    violation: (h) =>
      reentrant(h)
        ? firstBlame(h.of('deadlock'), (event) =>
            blame('the factory waits for itself', flights(h)[0]?.start, event),
          )
        : undefined,
  },
}

export const laws: Laws<LazyPolicy> = {
  ...lawsOfFlights,
  ...lawsOfFailure,
  ...lawsOfReset,
  ...lawsOfReentry,
}
