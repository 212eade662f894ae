import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a reported run of steps documents. The first value of each is the default. */
export interface ProgressPolicy {
  /** What an `onProgress` that throws does to the run. */
  readonly callbackThrow: 'ignored' | 'rejects'
  /** Whether a run of no steps reports at all. */
  readonly zeroSteps: 'silent' | 'reports-100'
  /** What a step may give. */
  readonly source: SourcePolicy
  /** Whether a step's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** What a run of steps is made of. */
export interface ProgressOptions {
  /** How many steps there are. */
  readonly steps: number
  /** Does a step, counted from 0. */
  step(index: number): unknown
  /** Told after each step how much of 100 is done. */
  onProgress(percent: number): void
}

/** How to make one's own reported run of steps. */
export interface ProgressAdapter extends Adapter {
  /** Gives the results of all steps, in order. */
  create(options: ProgressOptions): PromiseLike<unknown[]>
  readonly policy?: Partial<ProgressPolicy>
}

export const policies: PolicySpecs<ProgressPolicy> = {
  callbackThrow: oneOf('ignored', 'rejects'),
  zeroSteps: oneOf('silent', 'reports-100'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
