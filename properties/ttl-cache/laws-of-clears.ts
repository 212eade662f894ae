import {
  blame,
  firstBlame,
  type History,
  type Laws,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { type Entry, entries, over, succeeded } from './entry.js'

type Policy = TtlCachePolicy

const NO_CLEAR = 'the subject has neither `clear` nor `clearAll`'

/** A get that comes after a clear which is over. */
interface Cleared {
  readonly entry: Entry
  readonly get: Span
  readonly clear: Span
}

const cleared = (h: History): readonly Cleared[] =>
  entries(h).flatMap((entry) =>
    entry.gets.flatMap((get) => {
      const clear = entry.clears.findLast((one) => over(one, get.start) && settledAs(one.end) === 'fulfilled')
      const before = clear && entry.loads.some((load) => load.start.seq < clear.start.seq)
      return before && get.end ? [{ entry, get, clear }] : []
    }),
  )

/** Whether a get is answered and nothing was loaded since the clear. */
const unmoved = ({ entry, get, clear }: Cleared): boolean =>
  settledAs(get.end) === 'fulfilled' &&
  !entry.loads.some(({ start }) => start.seq > clear.start.seq && start.seq < get.end!.seq)

/** The load that a clear cut off and that has landed since, where nothing else gave what it gave. */
const undone = ({ entry, get, clear }: Cleared): Span | undefined =>
  entry.loads.find(
    (old) =>
      succeeded(old) &&
      openAt(old, clear.start) &&
      over(old, get.start) &&
      settledAs(get.end) === 'fulfilled' &&
      same(get.end?.value, old.end?.value) &&
      !entry.loads.some((other) => other !== old && same(other.end?.value, old.end?.value)),
  )

/** What a clear means, at any time. */
export const lawsOfClears: Laws<Policy> = {
  'clear-forces-a-reload': {
    level: 'required',
    statement: 'After a clear the next get loads, however young the value is and whatever the clock says.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#clear-forces-a-reload' },
    hint: 'Remove the entry. A time stamp of 0 says "long ago" only while the clock is far from 0.',
    appliesWhen: ({ traits }) => traits.clear || traits.clearAll || NO_CLEAR,
    exercised: (h) => cleared(h).some(({ entry, clear }) => entry.atRest(clear.start)),
    violation: (h) =>
      firstBlame(cleared(h), (one) =>
        one.entry.atRest(one.clear.start) && unmoved(one)
          ? blame(
              `${one.get.start.actor} is answered without a load`,
              one.clear.start,
              one.get.start,
              one.get.end,
            )
          : undefined,
      ),
  },
  'a-clear-in-flight-is-not-undone': {
    level: 'required',
    statement: 'What a load brings that was under way at a clear is given to nobody who asks afterwards.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-clear-in-flight-is-not-undone' },
    hint: 'When a load lands, keep what it brings only if it is still the one that is waited for.',
    appliesWhen: ({ policy, traits }) =>
      policy.clearInFlight === 'join'
        ? 'documented to keep the load that is under way (`clearInFlight: join`)'
        : traits.clear || traits.clearAll || NO_CLEAR,
    exercised: (h) => cleared(h).some(({ entry, clear }) => !entry.atRest(clear.start)),
    violation: (h) =>
      firstBlame(cleared(h), (one) => {
        const old = undone(one)
        if (!old && (one.entry.atRest(one.clear.start) || !unmoved(one))) return undefined
        const { get, clear } = one
        return blame(
          `${get.start.actor} is given what was cleared`,
          clear.start,
          old?.end,
          get.start,
          get.end,
        )
      }),
  },
}
