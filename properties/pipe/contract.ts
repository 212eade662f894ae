import { type Adapter, oneOf, type PolicySpecs, type SourcePolicy } from '../../src/core/index.js'

/** Choices that a pipe documents. The first value of each is the default. */
export interface PipePolicy {
  /** Whether stages run when the pipe is awaited, or as soon as it is built. */
  readonly start: 'lazy' | 'eager'
  /** What a stage may give. */
  readonly source: SourcePolicy
  /** Whether a stage's synchronous throw becomes a rejection, or is let through to the caller. */
  readonly syncThrow: 'reject' | 'throw'
}

/** How to compose with one's own pipes, of type `P`. */
export interface PipeAdapter<P = unknown> extends Adapter {
  /** A pipe that begins with a value, or with what a thenable gives. */
  from(input: unknown): P
  /** A new pipe with one more stage; the old one stays as it is. */
  map(pipe: P, stage: (value: unknown) => unknown): P
  /** What to await, where the pipe itself is no thenable. */
  toAwaitable?(pipe: P): PromiseLike<unknown>
  readonly policy?: Partial<PipePolicy>
}

export const policies: PolicySpecs<PipePolicy> = {
  start: oneOf('lazy', 'eager'),
  source: oneOf('any', 'thenable', 'promise'),
  syncThrow: oneOf('reject', 'throw'),
}
