import { History, type Span } from '../../src/core/index.js'
import { Entry } from './entry.js'

/** After so much time the entries of a subject may have expired: the laws look at nothing later. */
const HORIZON_MS = 3_600_000

const known = new WeakMap<History, readonly Entry[]>()

/**
 * The entries of a history: one for each key of each cache. Where a loader was handed what nobody asked for, there is no
 * telling whose load that is, and there are none.
 */
export function entries(whole: History): readonly Entry[] {
  const found = known.get(whole)
  if (found) return found
  const late = whole.events.findIndex(({ timeMs }) => timeMs >= HORIZON_MS)
  const h = late < 0 ? whole : new History(whole.events.slice(0, late))
  const made = h.of('start').some(({ detail }) => detail?.key === null) ? [] : read(h)
  known.set(whole, made)
  return made
}

function read(h: History): readonly Entry[] {
  const named = new Map<string, { readonly cache: string; readonly key: unknown }>()
  for (const { start } of [...h.calls('get'), ...h.flights()]) {
    const { cache = start.actor, key } = start.detail ?? {}
    named.set(`${cache}:${key}`, { cache: String(cache), key })
  }
  const all = [...named.values()]
  return all.map(({ cache, key }) => {
    const here = (op: string) => h.calls(op).filter(({ start }) => start.detail?.cache === cache)
    const mine = ({ start }: Span) => start.detail?.key === key
    const clears = [...here('clear').filter(mine), ...here('clearAll')]
    return new Entry(
      cache,
      here('get').filter(mine),
      h.flights(cache).filter(mine),
      clears.sort((a, b) => a.start.seq - b.start.seq),
      here('clear').filter((clear) => !mine(clear)),
      all.filter((other) => other.cache === cache).length - 1,
      h,
    )
  })
}
