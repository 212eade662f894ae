import { type Adapter, oneOf, type PolicySpecs } from '../../src/core/index.js'

/** What the hygiene laws ask of a subject's policies. */
export interface HygienePolicy {
  /** Whether a source's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

export type HygieneAdapter = Adapter

export const policies: PolicySpecs<HygienePolicy> = { syncThrow: oneOf('reject', 'throw') }
