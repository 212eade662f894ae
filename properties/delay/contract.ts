import { type Adapter, oneOf, type PolicySpecs } from '../../src/core/index.js'

/** Choices that a delay documents. The first value of each is the default. */
export interface DelayPolicy {
  /** Whether a delay of 0 takes a timer, or none at all. */
  readonly zero: 'timer' | 'immediate'
  /** What a negative delay and `NaN` are. */
  readonly invalid: 'zero' | 'throws'
  /** What a delay beyond the platform's longest timer (2^31-1 ms) is: documented to overflow, it ends at once. */
  readonly tooLong: 'waits' | 'throws' | 'overflows'
  /** Whether the time counts from creation or from the first `then`. */
  readonly start: 'create' | 'then'
}

/** How to make one's own delay. */
export interface DelayAdapter<V = unknown> extends Adapter {
  /** Gives the value after `ms` milliseconds; a signal, where it is honoured, ends the wait. */
  create(ms: number, value: V, signal?: AbortSignal): PromiseLike<V>
  readonly policy?: Partial<DelayPolicy>
}

export const policies: PolicySpecs<DelayPolicy> = {
  zero: oneOf('timer', 'immediate'),
  invalid: oneOf('zero', 'throws'),
  tooLong: oneOf('waits', 'throws', 'overflows'),
  start: oneOf('create', 'then'),
}
