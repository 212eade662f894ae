import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a cancellable awaitable documents. The first value of each is the default. */
export interface CancellablePolicy {
  /** What an abort rejects with: the signal's reason, or an error of its own. */
  readonly abort: 'reason' | 'own-error'
  /** Whether the task is handed a signal of its own to honour. */
  readonly taskSignal: 'forwarded' | 'none'
  /** What the task may give. */
  readonly source: SourcePolicy
  /** Whether a task's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** How to make one's own awaitable that an `AbortSignal` ends. */
export interface CancellableAdapter<V = unknown> extends Adapter {
  create(task: (signal?: AbortSignal) => PromiseLike<V>, signal: AbortSignal): PromiseLike<V>
  /** One flight for many, each of whom may leave by a signal of their own. */
  createShared?(task: (signal?: AbortSignal) => PromiseLike<V>): (signal?: AbortSignal) => PromiseLike<V>
  readonly policy?: Partial<CancellablePolicy>
}

export const policies: PolicySpecs<CancellablePolicy> = {
  abort: oneOf('reason', 'own-error'),
  taskSignal: oneOf('forwarded', 'none'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
