import { type Adapter, oneOf, type PolicySpecs } from '../../src/core/index.js'

/** Choices that a promise implementation documents. The first value of each is the default. */
export interface ThenablePolicy {
  /** Whether handlers always run on a clean stack, or may run inside `then`, `resolve` and `reject`. */
  readonly handlers: 'async' | 'sync'
  /** Whether a foreign thenable's `then` is called inside `resolve`, as Promises/A+ allows, or in a job of its own. */
  readonly thenJob: 'inline' | 'own'
}

/** A promise and the two functions that settle it. */
export interface Deferred<V> {
  readonly promise: PromiseLike<V>
  resolve(value: V | PromiseLike<V>): void
  reject(reason: unknown): void
}

/** How to make one's own promises. */
export interface ThenableAdapter<V = unknown> extends Adapter {
  deferred(): Deferred<V>
  /** A promise resolved with a value, where there is a shorter way to one. */
  resolved?(value: V | PromiseLike<V>): PromiseLike<V>
  /** A promise rejected with a reason, where there is a shorter way to one. */
  rejected?(reason: unknown): PromiseLike<V>
  readonly policy?: Partial<ThenablePolicy>
}

export const policies: PolicySpecs<ThenablePolicy> = {
  handlers: oneOf('async', 'sync'),
  thenJob: oneOf('inline', 'own'),
}
