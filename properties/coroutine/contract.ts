import { type Adapter, oneOf, type PolicySpecs } from '../../src/core/index.js'

/** Choices that a coroutine driver documents. The first value of each is the default. */
export interface CoroutinePolicy {
  /**
   * What driving a finished coroutine again by hand does: it throws, or it goes as the end went (it returns, or throws the
   * very error that it ended with). A native generator replays.
   */
  readonly again: 'throws' | 'replays'
  /** What awaiting a value that cannot be awaited gives: a `TypeError`, or the value, as the `await` of the language does. */
  readonly nonAwaitable: 'type-error' | 'value'
}

/** The body of a coroutine: a generator that yields where it suspends. */
export type CoroutineBody<V> = () => Generator<unknown, V>

/** A coroutine that is driven by hand. */
export interface ManualCoroutine {
  state(): 'created' | 'running' | 'suspended' | 'closed'
  /** Resumes it with a value. */
  send(value?: unknown): unknown
  /** Resumes it with an error at the point where it is suspended. */
  throw(error: unknown): unknown
  /** Ends it; its `finally` blocks run. */
  close(): unknown
}

/** How to drive generators with one's own coroutines. */
export interface CoroutineAdapter<V = unknown> extends Adapter {
  /** Drives a body to its end and gives what it returns. */
  run(body: CoroutineBody<V>): PromiseLike<V>
  /** What a body delegates to with `yield*` in order to await. */
  suspend<T>(awaited: PromiseLike<T>): Iterable<unknown>
  manual?(body: CoroutineBody<V>): ManualCoroutine
  readonly policy?: Partial<CoroutinePolicy>
}

export const policies: PolicySpecs<CoroutinePolicy> = {
  again: oneOf('throws', 'replays'),
  nonAwaitable: oneOf('type-error', 'value'),
}
