import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a retry documents. The first value of each is the default. */
export interface RetryPolicy {
  /** What an abort rejects with: the signal's reason, the last attempt's, or an error of its own. */
  readonly abort: 'reason' | 'last-error' | 'own-error' | 'unsupported'
  /** What it rejects with when no attempt is left: the last reason, one that wraps it, or the most frequent. */
  readonly error: 'last' | 'wrapped' | 'most-frequent'
  /** Whether awaiting the result again runs the attempts again. */
  readonly again: 'share' | 'rerun'
  readonly shouldRetry: 'supported' | 'unsupported'
  /** What `timeoutMs` bounds. */
  readonly timeout: 'unsupported' | 'attempt' | 'total'
  /** What zero attempts mean. */
  readonly zeroAttempts: 'throws' | 'none' | 'one' | 'default' | 'unlimited'
  /** What becomes of an attempt during which the signal aborts: the run rejects without it, or ends when it ends. */
  readonly abortedAttempt: 'abandoned' | 'awaited'
  /** What an attempt may reject with; where it is `errors`, anything else is documented not to be retried. */
  readonly reasons: 'any' | 'errors'
  /** What an attempt may give. */
  readonly source: SourcePolicy
  /** Whether an attempt's synchronous throw is a failed attempt, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** What a retry is asked for. Times are milliseconds. */
export interface RetryOptions {
  /** How many attempts there are at most, the first included. */
  readonly attempts: number
  /** The wait after the first failed attempt. */
  readonly baseMs: number
  /** What each wait is multiplied by for the next. */
  readonly factor: number
  /** No wait is longer. */
  readonly maxMs: number
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Whether a reason is worth another attempt. */
  shouldRetry?(reason: unknown): boolean
}

/** How to run one's own retry. */
export interface RetryAdapter<V = unknown> extends Adapter {
  run(attempt: (n: number) => PromiseLike<V> | V, options: RetryOptions): PromiseLike<V>
  /** The documented wait after the k-th failed attempt, k from 1; bounds inclusive. */
  schedule?(k: number, options: RetryOptions): number | readonly [min: number, max: number]
  readonly policy?: Partial<RetryPolicy>
}

export const policies: PolicySpecs<RetryPolicy> = {
  abort: oneOf('reason', 'last-error', 'own-error', 'unsupported'),
  error: oneOf('last', 'wrapped', 'most-frequent'),
  again: oneOf('share', 'rerun'),
  shouldRetry: oneOf('supported', 'unsupported'),
  timeout: oneOf('unsupported', 'attempt', 'total'),
  zeroAttempts: oneOf('throws', 'none', 'one', 'default', 'unlimited'),
  abortedAttempt: oneOf('abandoned', 'awaited'),
  reasons: oneOf('any', 'errors'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
