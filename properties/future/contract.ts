import { type Adapter, oneOf, type PolicySpecs } from '../../src/core/index.js'

/** Choices that a future documents. The first value of each is the default. */
export interface FuturePolicy {
  /** What a settling does that comes after the first, or after a cancel: nothing, or it throws. */
  readonly settleAgain: 'ignore' | 'throw'
  /** Whether resolving with a thenable takes its outcome, or fulfils with the thenable itself. */
  readonly adopts: boolean
  /** What those who wait for a cancelled future get: a rejection, or nothing ever. */
  readonly cancelled: 'reject' | 'never'
  /** What a cancel does that comes after the settlement: nothing, or nobody is told of it any more. */
  readonly cancelAfterSettle: 'ignored' | 'mutes'
  /** What a cancel does that comes while the future waits for a thenable. */
  readonly cancelLocked: 'ignored' | 'cancels'
  /** What a cancelled future is rejected with: the reason given, or an error of the subject's own. */
  readonly cancelReason: 'reason' | 'own-error'
}

/** A future, and what its owner does with it. */
export interface FutureHandle<V> {
  readonly promise: PromiseLike<V>
  resolve(value: V | PromiseLike<V>): void
  reject(reason: unknown): void
  /** `'pending'`, `'fulfilled'`, `'rejected'` or `'cancelled'`. */
  state?(): string
  /** The value; throws the reason, and anything while there is no outcome. */
  result?(): V
  /** Calls back once there is an outcome, whatever it is. */
  onSettled?(callback: () => void): void
  cancel?(reason?: unknown): void
}

/** How to make one's own future. */
export interface FutureAdapter<V = unknown> extends Adapter {
  create(): FutureHandle<V>
  readonly policy?: Partial<FuturePolicy>
}

export const policies: PolicySpecs<FuturePolicy> = {
  settleAgain: oneOf('ignore', 'throw'),
  adopts: oneOf(true as boolean, false),
  cancelled: oneOf('reject', 'never'),
  cancelAfterSettle: oneOf('ignored', 'mutes'),
  cancelLocked: oneOf('ignored', 'cancels'),
  cancelReason: oneOf('reason', 'own-error'),
}
