import { type Adapter, oneOf, type PolicySpecs, policyOf, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a cache with expiry documents. The first value of each is the default. */
export interface TtlCachePolicy {
  /** After a failed load: the next get loads again, the failure is kept, or it is kept and told to nobody. */
  readonly failure: 'retry' | 'cache' | 'swallow'
  /** What those who wait for a load that fails get: its reason, or the outcome of the next load. */
  readonly waiters: 'same-reason' | 'reload'
  /**
   * A clear while a load is under way: a later get starts another one and the old result is never stored (`detach`),
   * the old load is kept (`join`), or its callers are rejected (`reject`).
   */
  readonly clearInFlight: 'detach' | 'join' | 'reject'
  /** Values that are documented not to be cached. */
  readonly uncacheable: readonly unknown[]
  /** How many entries are kept at least; one that was dropped for room is loaded again. */
  readonly capacity: number
  /** False where the handle ignores the key: there is one entry. */
  readonly keyed: boolean
  /** What the time to live counts from: the end of the load, its start, or the last access. */
  readonly ttlFrom: 'settle' | 'start' | 'access'
  /** What a get at the very end of the time to live is. */
  readonly atTtl: 'miss' | 'hit'
  /** The unit of the subject's clock, in ms: a hit may end up to one unit early or late. */
  readonly resolutionMs: number
  /** What a time to live of 0 means. */
  readonly ttlZero: 'uncached' | 'forever' | 'throws'
  /** What a time to live of `Infinity` means. Where it throws, one that no timer can wait for (2^31-1 ms) may throw too. */
  readonly ttlInfinity: 'forever' | 'throws'
  /** Whether an entry is loaded anew before it expires (`ahead`), or served once more while it is (`stale`). */
  readonly refresh: 'none' | 'ahead' | 'stale'
  /** Whether a jump of the system clock matters. */
  readonly clock: 'wall' | 'monotonic'
  /** Which keys are the same. Those that differ under it must not share an entry. */
  readonly keys: 'same-value-zero' | 'string' | 'json' | 'structure'
  /** Whether the cache gives the very value, or a copy that is judged by structure. */
  readonly values: 'identity' | 'clone'
  /** What the loader may give. */
  readonly source: SourcePolicy
  /** Whether a loader's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** A cache as its users see it. */
export interface TtlCacheHandle<V> {
  /** The value of a key, loaded if there is none that is fresh. */
  get(key: unknown): PromiseLike<V>
  /** Forgets one key. */
  clear?(key: unknown): unknown
  /** Forgets all keys. */
  clearAll?(): unknown
}

/** How to make one's own cache with expiry. */
export interface TtlCacheAdapter<V = unknown> extends Adapter {
  /** A cache whose entries live for `ttlMs`: a multiple of the policy's `resolutionMs`, 0 or `Infinity`; it may be longer than 2^31 ms. */
  create(
    load: (key: unknown) => PromiseLike<V> | V,
    options: { readonly ttlMs: number },
  ): TtlCacheHandle<V> | PromiseLike<TtlCacheHandle<V>>
  /** What makes two keys the same, where no policy says it: equal results by `Object.is`. */
  keyOf?(key: unknown): unknown
  readonly policy?: Partial<TtlCachePolicy>
}

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 1

export const policies: PolicySpecs<TtlCachePolicy> = {
  failure: oneOf('retry', 'cache', 'swallow'),
  waiters: oneOf('same-reason', 'reload'),
  clearInFlight: oneOf('detach', 'join', 'reject'),
  uncacheable: policyOf<readonly unknown[]>([], 'a list of values', Array.isArray),
  capacity: policyOf(Number.POSITIVE_INFINITY, 'a number from 1', isCount),
  keyed: oneOf<boolean>(true, false),
  ttlFrom: oneOf('settle', 'start', 'access'),
  atTtl: oneOf('miss', 'hit'),
  resolutionMs: policyOf(1, 'a number from 1', isCount),
  ttlZero: oneOf('uncached', 'forever', 'throws'),
  ttlInfinity: oneOf('forever', 'throws'),
  refresh: oneOf('none', 'ahead', 'stale'),
  clock: oneOf('wall', 'monotonic'),
  keys: oneOf('same-value-zero', 'string', 'json', 'structure'),
  values: oneOf('identity', 'clone'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
