import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that an asynchronous property documents. The first value of each is the default. */
export interface AsyncPropertyPolicy {
  /** After a failed load: the next read tries again, or the failure is kept. */
  readonly failure: 'retry' | 'cache'
  /** Whether loading waits for the first read, or begins with the instance. */
  readonly start: 'lazy' | 'eager'
  /** What those who wait for a load that fails get: its reason, or the outcome of the next load. */
  readonly waiters: 'same-reason' | 'reload'
  /** What the loader may give. */
  readonly source: SourcePolicy
  /** Whether a loader's synchronous throw becomes a rejection, or is let through to the reader. */
  readonly syncThrow: 'reject' | 'throw'
}

/** A class with one such property. */
export interface AsyncPropertyClass<V> {
  readonly Class: new () => object
  /** The property's name. */
  readonly key: string
  /** Reads the property of an instance. */
  read(self: object): PromiseLike<V>
}

/** How to make a class with one's own asynchronous property. */
export interface AsyncPropertyAdapter<V = unknown> extends Adapter {
  create(load: (self: object) => PromiseLike<V> | V): AsyncPropertyClass<V>
  readonly policy?: Partial<AsyncPropertyPolicy>
}

export const policies: PolicySpecs<AsyncPropertyPolicy> = {
  failure: oneOf('retry', 'cache'),
  start: oneOf('lazy', 'eager'),
  waiters: oneOf('same-reason', 'reload'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
