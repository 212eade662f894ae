import {
  agree,
  type Blame,
  blame,
  type Context,
  firstBlame,
  type History,
  type HistoryEvent,
  type Span,
  type TestedLaw,
} from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { deadline, slackMs } from './deadline.js'
import {
  type Entry,
  entries,
  fits,
  isTimed,
  isUncacheable,
  jumpsBetween,
  type Life,
  over,
  succeeded,
} from './entry.js'

type Policy = TtlCachePolicy
type Origin = Policy['ttlFrom']

/** A get that comes while something certainly is in the cache, whether or not its time is over. */
export interface Served {
  readonly entry: Entry
  readonly get: Span
  readonly life: Life
  /** By when the subject must have made up its mind: it begins another load, or answers. */
  readonly until: HistoryEvent
  /** What shows that the get was not answered out of the cache; undefined when it was. */
  readonly lost: HistoryEvent | undefined
}

/** A get that comes while nothing is under way, and after something was loaded. */
export interface Late {
  readonly entry: Entry
  readonly get: Span
  /** All that may be in the cache. */
  readonly lives: readonly Life[]
  /** Whether the get was answered although nothing was loaded for it. */
  readonly unasked: boolean
}

/** What was found out of histories, each under the policy that it was asked with. */
export type Known<T> = WeakMap<History, WeakMap<Policy, T>>

const servedIn: Known<readonly Served[]> = new WeakMap()
const lateIn: Known<readonly Late[]> = new WeakMap()

/** The same for every law of a history, and found out once. */
export function once<T>(found: Known<T>, h: History, policy: Policy, find: () => T): T {
  const known = found.get(h)?.get(policy)
  if (known) return known
  const made = find()
  if (!found.has(h)) found.set(h, new WeakMap())
  found.get(h)!.set(policy, made)
  return made
}

export const served = (h: History, { policy }: Context<Policy>): readonly Served[] =>
  once(servedIn, h, policy, () => {
    if (!fits(h, policy.capacity)) return []
    return entries(h).flatMap((entry) =>
      entry.gets.flatMap((get) => {
        const own = entry.own(get)
        const until = own?.start ?? get.end
        const life = until && entry.life(get, until)
        if (!life || isUncacheable(h, life.load)) return []
        // Where entries are refreshed, a load may begin at any time: what counts is the answer.
        const other = agree(get.end, life.load.end) ? undefined : get.end
        return [{ entry, get, life, until, lost: policy.refresh === 'none' ? own?.start : other }]
      }),
    )
  })

export const late = (h: History, { policy }: Context<Policy>): readonly Late[] =>
  once(lateIn, h, policy, () =>
    entries(h).flatMap((entry) =>
      entry.gets.flatMap((get) => {
        const lives = entry.lives.filter(
          ({ load }) => over(load, get.start) && (succeeded(load) || policy.failure !== 'retry'),
        )
        const busy = entry.loads.some(
          (load) => load.start.seq < get.start.seq && !entry.heard(load, get.start),
        )
        if (busy || lives.length === 0 || !get.end) return []
        return [{ entry, get, lives, unasked: !asks(entry, get, policy) }]
      }),
    ),
  )

/** Whether something is loaded for a get: in the background perhaps, where a stale value is served meanwhile. */
function asks(entry: Entry, get: Span, { refresh }: Policy): boolean {
  if (entry.joins(get)) return true
  const soon = ({ start }: Span) => start.seq > get.start.seq && start.timeMs <= get.end!.timeMs + 1
  return refresh === 'stale' && entry.loads.some(soon)
}

/** Whether a get is about a deadline that can be waited for, and time alone decides. */
export const timely = ({ entry, life, until }: Served): boolean =>
  isTimed(entry.history) && !jumped(entry, life, until)

/** The same of a get that comes late. The clock may be set while it is being answered, too. */
export const timelyLate = ({ entry, get, lives }: Late): boolean =>
  isTimed(entry.history) && !lives.some((life) => jumped(entry, life, get.end!))

/** Whether the system clock was set in the time of a life. */
export const jumped = ({ history }: Entry, { begun }: Life, until: HistoryEvent): boolean =>
  jumpsBetween(history, begun, until).length > 0

/** Whether a get came before the deadline of what was in the cache, counted from one instant. */
export function before({ entry, life, until }: Served, from: Origin, policy: Policy): boolean {
  return until.timeMs + slackMs(policy) < deadline(entry, life, from, until).earliestMs
}

/** Whether a get came after every deadline, counted from one instant. */
export const after = ({ entry, get, lives }: Late, from: Origin, policy: Policy): boolean =>
  lives.every((life) => get.start.timeMs - slackMs(policy) > deadline(entry, life, from, get.start).latestMs)

type Judge = Pick<TestedLaw<Policy>, 'exercised' | 'violation'>

/** A law about gets that must be answered out of the cache. */
export const mustHit = (
  concerns: (get: Served, policy: Policy, h: History) => boolean,
  says: (get: Served, policy: Policy) => string,
): Judge => ({
  exercised: (h, context) => served(h, context).some((get) => concerns(get, context.policy, h)),
  violation: (h, context) =>
    firstBlame(served(h, context), (get): Blame | undefined =>
      get.lost && concerns(get, context.policy, h)
        ? blame(says(get, context.policy), get.life.load.end, get.get.start, get.lost)
        : undefined,
    ),
})

/** A law about gets that must not be answered out of the cache. */
export const mustMiss = (
  concerns: (get: Late, policy: Policy, h: History) => boolean,
  says: (get: Late, policy: Policy) => string,
): Judge => ({
  exercised: (h, context) => late(h, context).some((get) => concerns(get, context.policy, h)),
  violation: (h, context) =>
    firstBlame(late(h, context), (get): Blame | undefined =>
      get.unasked && concerns(get, context.policy, h)
        ? blame(says(get, context.policy), get.lives.at(-1)?.load.end, get.get.start, get.get.end)
        : undefined,
    ),
})
