import { type Adapter, oneOf, type PolicySpecs } from '../../src/core/index.js'

/** Choices that a worker pool documents. The first value of each is the default. */
export interface OffloadPolicy {
  /** What an abort rejects with: the signal's reason, or an error of its own. */
  readonly abort: 'reason' | 'own-error' | 'unsupported'
  /** What becomes of the work in flight when the pool is destroyed. */
  readonly destroy: 'reject' | 'finish'
  /** What a call after that is. */
  readonly afterDestroy: 'reject' | 'throw' | 'restart'
  /** Whether reasons cross as structured cloning carries them, or in a form of the pool's own. */
  readonly reasons: 'exact' | 'serialised'
}

/** A pool as its users see it. */
export interface OffloadHandle {
  /** Runs one of the cases of `lawful/offload-cases` in a worker. */
  run(caseName: string, input?: unknown, signal?: AbortSignal): PromiseLike<unknown>
  /** Ends all workers. */
  destroy?(): unknown
}

/** How to make one's own worker pool. */
export interface OffloadAdapter extends Adapter {
  create(options: { readonly threads: number }): OffloadHandle | PromiseLike<OffloadHandle>
  readonly policy?: Partial<OffloadPolicy>
}

export const policies: PolicySpecs<OffloadPolicy> = {
  abort: oneOf('reason', 'own-error', 'unsupported'),
  destroy: oneOf('reject', 'finish'),
  afterDestroy: oneOf('reject', 'throw', 'restart'),
  reasons: oneOf('exact', 'serialised'),
}
