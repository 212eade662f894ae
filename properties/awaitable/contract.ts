import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that an awaitable documents. The first value of each is the default. */
export interface AwaitablePolicy {
  /** Whether the task starts at creation (by the first quiescent point), or with the first `then`. */
  readonly start: 'eager' | 'lazy'
  /** What a second subscriber gets: the same run of the task, a run of its own, or a rejection. */
  readonly again: 'share' | 'rerun' | 'reject'
  /** Whether handlers wait until `then` has returned, or may run inside it. */
  readonly handlers: 'async' | 'sync'
  /** Of those that share: whether a failure is shared too, or a subscriber that comes after it runs the task again. */
  readonly failure: 'cache' | 'retry'
  /** What the task may give. */
  readonly source: SourcePolicy
  /** Whether a task's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** How to make one's own awaitable. */
export interface AwaitableAdapter<V = unknown> extends Adapter {
  /** An awaitable of what the task gives. The kit never awaits the return of `create` on its own account. */
  create(task: () => PromiseLike<V> | V): PromiseLike<V>
  readonly policy?: Partial<AwaitablePolicy>
}

export const policies: PolicySpecs<AwaitablePolicy> = {
  start: oneOf('eager', 'lazy'),
  again: oneOf('share', 'rerun', 'reject'),
  handlers: oneOf('async', 'sync'),
  failure: oneOf('cache', 'retry'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
