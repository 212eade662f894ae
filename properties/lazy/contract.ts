import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a lazy value documents. The first value of each is the default. */
export interface LazyPolicy {
  /** After a failed initialisation: the next await tries again, or the failure is kept. */
  readonly failure: 'retry' | 'cache'
  /** Whether initialisation waits for the first await, or begins at creation. */
  readonly start: 'lazy' | 'eager'
  /** What those who wait for a flight that fails get: its reason, or the outcome of the next flight. */
  readonly waiters: 'same-reason' | 'reload'
  /** What the factory may give. */
  readonly source: SourcePolicy
  /** Whether a factory's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** A lazy value that is read through a method. */
export interface LazyHandle<V> {
  get(): PromiseLike<V>
  /** Forgets the value, so that the next `get` initialises again. */
  reset?(): void
}

/** How to make one's own lazy value. */
export interface LazyAdapter<V = unknown> extends Adapter {
  /** A lazy value of what the factory gives: a thenable, or a handle with `get`. */
  create(factory: () => PromiseLike<V> | V): PromiseLike<V> | LazyHandle<V>
  readonly policy?: Partial<LazyPolicy>
}

export const policies: PolicySpecs<LazyPolicy> = {
  failure: oneOf('retry', 'cache'),
  start: oneOf('lazy', 'eager'),
  waiters: oneOf('same-reason', 'reload'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
