import {
  agree,
  type Context,
  type Model,
  type Operation,
  openAt,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { deadline, slackMs } from './deadline.js'
import {
  type Entry,
  failed,
  fits,
  isUncacheable,
  jumpsBetween,
  type Life,
  over,
  succeeded,
  ttlMs,
} from './entry.js'

/** What happens to one key of a cache with expiry, if it happened one after the other. */
export type Happening =
  | { readonly kind: 'get'; readonly get: Span }
  /** What a load brought becomes the entry. */
  | { readonly kind: 'land'; readonly life: Life }
  | { readonly kind: 'clear'; readonly clear: Span }

/** One key between two happenings. */
export interface State {
  /** What is in the cache, if anything is: it may have expired. */
  readonly life: Life | undefined
  /** Where the last clear began: what was loaded before it has been cut off. */
  readonly clearedAt: number
}

/** The operations on one key. A load that nobody was answered with may never have landed. */
export function operations({ gets, lives, clears }: Entry): readonly Operation<Happening>[] {
  const never = Number.POSITIVE_INFINITY
  const span = ({ start, end }: Span) => ({
    call: start.seq,
    return: end?.seq ?? never,
    optional: end === undefined,
  })
  return [
    ...gets.map((get) => ({ input: { kind: 'get', get } as const, ...span(get) })),
    ...clears.map((clear) => ({
      input: { kind: 'clear', clear } as const,
      ...span(clear),
      optional: settledAs(clear.end) !== 'fulfilled',
    })),
    ...lives
      .filter(({ load }) => succeeded(load))
      .map((life) => ({
        input: { kind: 'land', life } as const,
        call: life.begun.seq,
        return: never,
        optional: true,
      })),
  ]
}

/** A cache with expiry that does one thing after the other. Where nobody can know, it allows both. */
export function sequential(entry: Entry, { policy }: Context<TtlCachePolicy>): Model<State, Happening> {
  const { history } = entry
  const lasts = ttlMs(history)
  const always = lasts === Number.POSITIVE_INFINITY || (lasts === 0 && policy.ttlZero === 'forever')
  const roomy = fits(history, policy.capacity)

  /** Whether an entry must still be there when something happens. */
  const isFresh = (life: Life, { seq, timeMs }: Span['start'], at: Span['start']): boolean => {
    if (policy.refresh !== 'none' || !roomy || isUncacheable(history, life.load)) return false
    if (always) return true
    if (jumpsBetween(history, life.begun, at).length > 0) return false
    return timeMs + slackMs(policy) < deadline(entry, life, policy.ttlFrom, at).earliestMs && seq > 0
  }

  /** Whether an entry must be gone when a get comes that did not see it land. */
  const isExpired = (life: Life, { start, end }: Span): boolean => {
    if (policy.refresh === 'stale' || always || jumpsBetween(history, life.begun, end ?? start).length > 0)
      return false
    const { latestMs } = deadline(entry, life, policy.ttlFrom, start)
    const ageMs = start.timeMs - slackMs(policy)
    return life.landed !== undefined && over({ ...life.load, end: life.landed }, start) && ageMs > latestMs
  }

  const get = (state: State, one: Span): readonly State[] => {
    const { life } = state
    if (settledAs(one.end) === 'fulfilled') {
      return life && agree(one.end, life.load.end) && !isExpired(life, one) ? [state] : []
    }
    const told = entry.loads.some((load) => failed(load) && over(load, one.end!) && agree(load.end, one.end))
    const cutOff = policy.clearInFlight === 'reject' && entry.clears.some((clear) => openAt(one, clear.start))
    return told || cutOff ? [state] : []
  }

  const land = (state: State, life: Life): readonly State[] => {
    const { start } = life.load
    if (policy.clearInFlight !== 'join' && start.seq < state.clearedAt) return []
    return state.life && isFresh(state.life, start, start) ? [] : [{ ...state, life }]
  }

  return {
    initial: { life: undefined, clearedAt: -1 },
    step: (state, happening) => {
      if (happening.kind === 'get') return get(state, happening.get)
      if (happening.kind === 'land') return land(state, happening.life)
      const { seq } = happening.clear.start
      return [{ life: undefined, clearedAt: Math.max(state.clearedAt, seq) }]
    },
    keyOf: ({ life, clearedAt }) => `${life?.load.id}:${clearedAt}`,
  }
}
