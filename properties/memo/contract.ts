import { type Adapter, oneOf, type PolicySpecs, policyOf, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a keyed cache documents. The first value of each is the default. */
export interface MemoPolicy {
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
export interface MemoHandle<V> {
  /** The value of a key, loaded if need be. */
  get(key: unknown): PromiseLike<V>
  /** Forgets one key. */
  clear?(key: unknown): unknown
  /** Forgets all keys. */
  clearAll?(): unknown
}

/** How to make one's own keyed cache. */
export interface MemoAdapter<V = unknown> extends Adapter {
  create(load: (key: unknown) => PromiseLike<V> | V): MemoHandle<V> | PromiseLike<MemoHandle<V>>
  /** What makes two keys the same, where no policy says it: equal results by `Object.is`. */
  keyOf?(key: unknown): unknown
  /**
   * How long the subject may keep a timer after the last thing that happened, in ms: where its entries expire. They
   * must live longer than an hour. Default 0.
   */
  readonly graceMs?: number
  readonly policy?: Partial<MemoPolicy>
}

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 1

export const policies: PolicySpecs<MemoPolicy> = {
  failure: oneOf('retry', 'cache', 'swallow'),
  waiters: oneOf('same-reason', 'reload'),
  clearInFlight: oneOf('detach', 'join', 'reject'),
  uncacheable: policyOf<readonly unknown[]>([], 'a list of values', Array.isArray),
  capacity: policyOf(Number.POSITIVE_INFINITY, 'a number from 1', isCount),
  keys: oneOf('same-value-zero', 'string', 'json', 'structure'),
  values: oneOf('identity', 'clone'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
