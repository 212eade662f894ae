import { type Adapter, oneOf, type PolicySpecs, policyOf, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a lock documents. The first value of each is the default. */
export interface LockPolicy {
  /** What releasing a permit a second time does; `unsupported`: whoever does so has broken the contract. */
  readonly overRelease: 'ignore' | 'throw' | 'grows' | 'unsupported'
  /** In which order waiters are served. */
  readonly order: 'fifo' | 'any'
  /** Whether a waiter may leave by an abort signal. */
  readonly signal: 'supported' | 'unsupported'
  /** What `timeoutMs` ends: the waiting, or the holding. */
  readonly timeout: 'unsupported' | 'rejects-waiter' | 'releases-holder'
  /** How many permits it can have: 1 for a mutex. The kit asks for no more. */
  readonly maxPermits: number
  /** What a function that is run may give. */
  readonly source: SourcePolicy
  /** Whether its synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** A lock as its users see it; it has one of the two, or both. */
export interface LockHandle<V> {
  /** Gives the release of a permit, once there is one. A release that is called again, or late, is an over-release. */
  acquire?(signal?: AbortSignal): PromiseLike<() => void>
  /** Runs a function with a permit, which is free again when that is done. */
  run?(fn: () => PromiseLike<V> | V): PromiseLike<V>
}

/** How to make one's own lock, semaphore, limit or queue. */
export interface LockAdapter<V = unknown> extends Adapter {
  create(options: {
    readonly permits: number
    readonly timeoutMs?: number
  }): LockHandle<V> | PromiseLike<LockHandle<V>>
  readonly policy?: Partial<LockPolicy>
}

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 1

export const policies: PolicySpecs<LockPolicy> = {
  overRelease: oneOf('ignore', 'throw', 'grows', 'unsupported'),
  order: oneOf('fifo', 'any'),
  signal: oneOf('supported', 'unsupported'),
  timeout: oneOf('unsupported', 'rejects-waiter', 'releases-holder'),
  maxPermits: policyOf(Number.POSITIVE_INFINITY, 'a number from 1', isCount),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
