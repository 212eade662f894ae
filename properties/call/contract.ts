import type { EventEmitter } from 'node:events'
import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a wrapped call documents. The first value of each is the default. */
export interface CallPolicy {
  /** Whether a debounced function runs after the last call, or at the first. */
  readonly edge: 'trailing' | 'leading'
  /** What a throttled function does with calls that come too soon. */
  readonly throttle: 'queue' | 'coalesce' | 'drop'
  /** What an abort rejects with: the signal's reason, or an error of its own. */
  readonly abort: 'reason' | 'own-error' | 'unsupported'
  /** Whether an `error` event rejects who waits for another event. */
  readonly errorEvent: 'rejects' | 'ignored'
  /** What the wrapped function may give. */
  readonly source: SourcePolicy
  /** Whether its synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** How to wrap a function with one's own debounce, throttle or time-out. */
export interface WrapAdapter<V = unknown> extends Adapter {
  readonly kind: 'debounce' | 'throttle' | 'timeout'
  wrap(
    fn: (...args: unknown[]) => PromiseLike<V> | V,
    options: { readonly waitMs: number; readonly signal?: AbortSignal },
  ): (...args: unknown[]) => PromiseLike<V>
  readonly policy?: Partial<CallPolicy>
}

/** How to wait for an event in one's own way. */
export interface EventAdapter<V = unknown> extends Adapter {
  readonly kind: 'event'
  /** Gives the first argument of the next such event. */
  next(
    emitter: EventEmitter,
    event: string,
    options: { readonly signal?: AbortSignal; readonly timeoutMs?: number },
  ): PromiseLike<V>
  readonly policy?: Partial<CallPolicy>
}

export type CallAdapter = WrapAdapter | EventAdapter

export const policies: PolicySpecs<CallPolicy> = {
  edge: oneOf('trailing', 'leading'),
  throttle: oneOf('queue', 'coalesce', 'drop'),
  abort: oneOf('reason', 'own-error', 'unsupported'),
  errorEvent: oneOf('rejects', 'ignored'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
