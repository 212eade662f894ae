import type { HistoryEvent } from '../history.js'
import type { Value } from '../value.js'

/** One thing that a client does. */
export interface Step {
  /** The operation, as the laws know it. */
  readonly op: string
  /** Does it, told the call's id. A thenable that it returns is subscribed to in the same turn; its outcome is the answer. */
  readonly run: (id: number) => unknown
  /** Not before this time, in ms since the run began. */
  readonly dueMs?: number
  /** Run this many microtasks into the drain of the action before it, instead of after that drain. */
  readonly inject?: number
  /** Run in the same synchronous turn as the client's step before it. */
  readonly sameTurn?: boolean
  /** Wait for the answer of the client's step before it. Without it, steps follow one another at once. */
  readonly afterAnswer?: boolean
  /** `value`: what `run` returns is the answer, thenable or not. Default `thenable`. */
  readonly answers?: 'value' | 'thenable'
  /**
   * Whether the subject owes an answer, asked when nothing else is left to do. An unanswered call that is owed one is
   * a deadlock. Default true.
   */
  readonly owed?: boolean | ((id: number) => boolean)
  /** The argument, where the laws ask for it: the `value` of the `call` event. */
  readonly value?: Value
  /** The source whose outcome the answer should be, for the laws that hold of every protocol. */
  readonly from?: string
  /** Facts for this protocol's laws. */
  readonly detail?: HistoryEvent['detail']
  /**
   * The call as one JavaScript expression, for the stand-alone reproduction, which evaluates it where `run` runs and
   * subscribes to a thenable that it gives. In scope are
   *
   * - `adapter`, and `subject`: what the code of `World.create` made
   * - every source, and the controller of every signal, under its name
   * - `given.A`: what the call that client A made last returned
   * - `seen('A', 'onFulfilled')`: a callback that observes a `handler` event of that actor and operation; a function as
   *   its third argument gives what it returns or throws
   * - `kit.named('T1', value)`: a value, which goes by the name that it has in the history
   *
   * Values are written as their `text`. Without code the reproduction says that it cannot make this call.
   */
  readonly code?: string
}
