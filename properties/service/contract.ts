import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a service documents. The first value of each is the default. */
export interface ServicePolicy {
  /** Whether a dispose closes the resource at once, or only when the last user has disposed. */
  readonly dispose: 'at-once' | 'last-user'
  /** Whether a get after a dispose opens the resource again. */
  readonly reopen: boolean
  /** After a failed opening: the next get tries again, or the failure is kept. */
  readonly failure: 'retry' | 'cache'
  /** What those who wait for an opening that fails get: its reason, or the outcome of the next opening. */
  readonly waiters: 'same-reason' | 'reload'
  /** Whether a second dispose waits for the first, or returns on its own. */
  readonly disposeTwice: 'joins' | 'returns'
  /** When several closings fail: one error holds them all, or the first is told. */
  readonly closeErrors: 'suppressed' | 'first'
  /** In which order several resources are closed. */
  readonly order: 'lifo' | 'graph' | 'parallel'
  /** What becomes of gets that wait when a dispose comes while the resource is opened. */
  readonly disposeWhileOpening: 'rejects' | 'serves' | 'reopens'
  /** What `open` and `close` may give. `open` of a single service gives thenables only, as its type says. */
  readonly source: SourcePolicy
  /** Whether a synchronous throw of `open` becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** A service as its users see it. */
export interface ServiceHandle<R> {
  /** The resource, opened if need be. */
  get(): PromiseLike<R>
  /** Closes the resource. */
  dispose(): PromiseLike<void>
  stats?(): ServiceStats
  /** What `await using` calls, where the runtime has the symbol: it is to mean the same as `dispose`. */
  [Symbol.asyncDispose]?(): PromiseLike<void>
}

/** Figures that a service keeps of itself. */
export interface ServiceStats {
  /** Whether the resource is open. */
  readonly initialized: boolean
  /** How long opening took, in ms. */
  readonly initTimeMs: number
  /** How many gets there were. */
  readonly accessCount: number
}

/** One of several resources that need one another. */
export interface ServiceNode<R> {
  readonly name: string
  /** Names of those that it needs to be open. */
  readonly needs: readonly string[]
  open(): PromiseLike<R> | R
  close(resource: R): PromiseLike<void> | void
}

/** Several resources under one roof. */
export interface ServiceGraph<R> {
  get(name: string): PromiseLike<R>
  dispose(): PromiseLike<void>
}

/** How to make one's own service. */
export interface ServiceAdapter<R = unknown> extends Adapter {
  create(
    open: () => PromiseLike<R>,
    close: (resource: R) => PromiseLike<void> | void,
  ): ServiceHandle<R> | PromiseLike<ServiceHandle<R>>
  createGraph?(nodes: readonly ServiceNode<R>[]): ServiceGraph<R> | PromiseLike<ServiceGraph<R>>
  readonly policy?: Partial<ServicePolicy>
}

export const policies: PolicySpecs<ServicePolicy> = {
  dispose: oneOf('at-once', 'last-user'),
  reopen: oneOf<boolean>(true, false),
  failure: oneOf('retry', 'cache'),
  waiters: oneOf('same-reason', 'reload'),
  disposeTwice: oneOf('joins', 'returns'),
  closeErrors: oneOf('suppressed', 'first'),
  order: oneOf('lifo', 'graph', 'parallel'),
  disposeWhileOpening: oneOf('rejects', 'serves', 'reopens'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
