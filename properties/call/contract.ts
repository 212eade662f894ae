import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a wrapped call documents. The first value of each is the default. */
export interface CallPolicy {
  /** Whether a debounced function runs after the last call, or at the first. */
  readonly edge: 'trailing' | 'leading'
  /**
   * What a debounced call belongs to that comes while the function runs: to the next batch, or to the run under way, after
   * which the last of such calls may make another.
   */
  readonly whileRunning: 'next-batch' | 'joins'
  /** What a throttled function does with calls that come too soon. */
  readonly throttle: 'queue' | 'coalesce' | 'drop'
  /** What an abort rejects with: the signal's reason, or an error of its own. */
  readonly abort: 'reason' | 'own-error' | 'unsupported'
  /** Whether an `error` event rejects who waits for another event. */
  readonly errorEvent: 'rejects' | 'ignored'
  /** Whether who waits for an event may give up after a time. */
  readonly timeout: 'rejects' | 'unsupported'
  /** What the wrapped function may give. */
  readonly source: SourcePolicy
  /** Whether its synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** A callback that is told of events. */
export type Listener = (...args: unknown[]) => void

/**
 * What the kit gives to those who wait for an event. It has these members of an `EventEmitter`, which is assignable to it,
 * and at run time most others too; an adapter may annotate the parameter as Node's `EventEmitter`.
 */
export interface Emitter {
  on(event: string, listener: Listener): unknown
  once(event: string, listener: Listener): unknown
  off(event: string, listener: Listener): unknown
  emit(event: string, ...args: unknown[]): boolean
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
    emitter: Emitter,
    event: string,
    options: { readonly signal?: AbortSignal; readonly timeoutMs?: number },
  ): PromiseLike<V>
  readonly policy?: Partial<CallPolicy>
}

export type CallAdapter = WrapAdapter | EventAdapter

export const policies: PolicySpecs<CallPolicy> = {
  edge: oneOf('trailing', 'leading'),
  whileRunning: oneOf('next-batch', 'joins'),
  throttle: oneOf('queue', 'coalesce', 'drop'),
  abort: oneOf('reason', 'own-error', 'unsupported'),
  errorEvent: oneOf('rejects', 'ignored'),
  timeout: oneOf('rejects', 'unsupported'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
