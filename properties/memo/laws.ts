import { blame, firstBlame, type Laws, openAt, type Span, settledAs } from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'
import { entries } from './entries.js'
import { type Entry, failed, over, succeeded } from './entry.js'
import { lawsOfClearing } from './laws-of-clearing.js'
import { lawsOfFailure } from './laws-of-failure.js'
import { lawsOfIsolation } from './laws-of-isolation.js'

/**
 * Whether the load that holds at another's start, or at that of an earlier one, was put out by something that has a law of
 * its own: a newer flight that is put out puts out others when it fails.
 */
const disturbed = (entry: Entry, again: Span): boolean =>
  entry.loads.some((load) => {
    const held = load.start.seq <= again.start.seq ? entry.held(load) : undefined
    return held && (entry.clearElsewhere(held.start, load.start) || entry.oldFailure(held, load))
  })

const lawsOfLoads: Laws<MemoPolicy> = {
  'no-load-without-a-get': {
    level: 'required',
    statement: 'A load starts only for a get of its key that waits for it.',
    source: { kind: 'kit', why: 'docs/memo.md#no-load-without-a-get' },
    hint: 'Load in `get` alone: neither when the cache is made, nor when an entry is cleared.',
    exercised: (h) => entries(h).some(({ loads }) => loads.length > 0),
    violation: (h) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, ({ start }) => {
          const asked = entry.gets.filter((get) => get.start.seq < start.seq)
          // A clear may reject a get whose load has not yet begun.
          const waits = (get: Span) => !over(get, start) || entry.cleared(get.start, get.end!)
          return asked.some(waits) ? undefined : blame('nobody waits for this key', asked.at(-1)?.end, start)
        }),
      ),
  },
  'the-loader-is-given-the-key': {
    level: 'required',
    statement: 'The loader is called with the key that was asked for.',
    source: { kind: 'kit', why: 'docs/memo.md#the-loader-is-given-the-key' },
    hint: 'Keep the text that stands for a key to the inside of the cache, and hand on the key itself.',
    exercised: (h) => h.of('start').length > 0,
    violation: (h) =>
      firstBlame(
        h.of('start'),
        (start) =>
          start.detail?.key === null &&
          blame(
            `nobody asked for ${start.value?.text ?? 'a key without a value'}`,
            h.of('call').find(({ op }) => op === 'get'),
            start,
          ),
      ),
  },
  'single-flight': {
    level: 'required',
    statement: 'At most one load of a key is in flight at any instant.',
    source: { kind: 'kit', why: 'docs/memo.md#single-flight' },
    hint: 'Keep the promise, not the value, and keep it before the first await.',
    exercised: (h) =>
      entries(h).some(({ gets, loads }) =>
        gets.some(({ start }) => loads.some((load) => openAt(load, start))),
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, (again) => {
          const held = entry.held(again)
          return held && openAt(held, again.start) && entry.fits(policy.capacity) && !disturbed(entry, again)
            ? blame(`${entry.name(held)} is still in flight`, held.start, again.start)
            : undefined
        }),
      ),
  },
  'none-after-a-success': {
    level: 'required',
    statement: 'A key that was loaded is not loaded again until it is cleared.',
    source: { kind: 'kit', why: 'docs/memo.md#none-after-a-success' },
    hint: 'Ask whether there is an entry (`has`), never whether its key or its value is truthy.',
    exercised: (h, { policy }) =>
      entries(h).some(
        (entry) =>
          entry.fits(policy.capacity) &&
          entry.loads.some(
            (load) =>
              entry.keeps(load) &&
              entry.gets.some(({ start }) => over(load, start) && !entry.cleared(load.start, start)),
          ),
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, (again) => {
          const held = entry.held(again)
          return held && over(held, again.start) && entry.fits(policy.capacity) && !disturbed(entry, again)
            ? blame(`${entry.name(held)} has brought it already`, held.end, again.start)
            : undefined
        }),
      ),
  },
  'identical-value-for-all': {
    level: 'required',
    statement: 'Everyone gets the identical value that a load of the key brought.',
    source: { kind: 'kit', why: 'docs/memo.md#identical-value-for-all' },
    hint: 'Hand out the promise of the load; do not copy, wrap or look twice.',
    exercised: (h) =>
      entries(h).some(
        ({ gets, loads }) =>
          loads.some(succeeded) && gets.filter(({ end }) => settledAs(end) === 'fulfilled').length > 1,
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.gets, (get) => {
          if (settledAs(get.end) !== 'fulfilled' || entry.strayed(get)) return undefined
          const last = entry.lastBefore(get.end!)
          // What comes of failures has laws of its own.
          const failures = policy.failure === 'swallow' && entry.failuresBefore(get.end!).length > 0
          if (failures || (last && failed(last)) || entry.brought(get)) return undefined
          const { actor, value } = get.end!
          return blame(`${actor} gets ${value?.text}, which no load of this key brought`, last?.end, get.end)
        }),
      ),
  },
  'an-uncacheable-value-is-loaded-again': {
    level: 'optional',
    statement: 'A value that is documented not to be cached is loaded again by the next get.',
    source: { kind: 'kit', why: 'docs/memo.md#an-uncacheable-value-is-loaded-again' },
    hint: 'The subject declares `uncacheable` values: forget the flight that brought one.',
    appliesWhen: ({ policy }) =>
      policy.uncacheable.length > 0 || 'every value is documented to be cached (`uncacheable: []`)',
    exercised: (h) =>
      entries(h).some((entry) =>
        entry.gets.some(({ start }) => entry.knownUncacheable(start) && !entry.supplied(start)),
      ),
    violation: (h) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.gets, ({ start, end }) => {
          const load = entry.knownUncacheable(start)
          if (!load || entry.supplied(start) || !end) return undefined
          return entry.startsBetween(load.end!, end)
            ? undefined
            : blame(`${start.actor} is answered without a load of its own`, load.end, start, end)
        }),
      ),
  },
  'a-load-may-ask-for-another-key': {
    level: 'recommended',
    statement: 'A load that asks the cache for another key, and waits for that, is answered.',
    source: { kind: 'kit', why: 'docs/memo.md#a-load-may-ask-for-another-key' },
    hint: 'Lock each key by itself: one lock for the whole cache makes such a load wait for itself.',
    exercised: (h) => h.of('call').some(({ detail }) => detail?.nested === true) && h.of('start').length > 0,
    violation: (h) =>
      firstBlame(h.of('deadlock'), (event) => {
        const call = h.calls('get').find(({ id }) => id === event.id)
        return (
          call?.start.detail?.nested === true &&
          blame('its load waits for another key, which nobody loads', h.of('start')[0], event)
        )
      }),
  },
}

export const laws: Laws<MemoPolicy> = {
  ...lawsOfLoads,
  ...lawsOfIsolation,
  ...lawsOfFailure,
  ...lawsOfClearing,
}
