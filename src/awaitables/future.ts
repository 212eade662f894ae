/** Where a future stands. A future that waits for another awaitable is still pending. */
export type FutureState = 'pending' | 'fulfilled' | 'rejected' | 'cancelled'

/**
 * A value that arrives once, and can be awaited meanwhile. Whoever holds it may settle it: the first of `setResult`,
 * `setException` and `cancel` counts, and all later ones are ignored. A conforming Promises/A+ implementation; as with
 * native promises, a rejection that nobody handles is reported to the host.
 */
export class Future<V> implements PromiseLike<V> {
  // What hosts watch for unhandled rejections. The value is boxed, since a native promise would read its `then` again.
  readonly #promise: Promise<readonly [V]>
  #fulfil!: (box: readonly [V]) => void
  #reject!: (reason: unknown) => void
  #resolved = false
  #state: FutureState = 'pending'
  #outcome: unknown
  #callbacks: (() => void)[] = []

  constructor() {
    this.#promise = new Promise((fulfil, reject) => {
      this.#fulfil = fulfil
      this.#reject = reject
    })
  }

  get state(): FutureState {
    return this.#state
  }

  /** Whether there is an outcome. */
  done(): boolean {
    return this.#state !== 'pending'
  }

  /**
   * The value, at once. What it throws counts as handled.
   *
   * @throws the reason, when the future is rejected or cancelled
   * @throws DOMException named `InvalidStateError`, when it is pending
   */
  result(): V {
    if (this.#state === 'pending') throw new DOMException('The future is pending', 'InvalidStateError')
    if (this.#state === 'fulfilled') return this.#outcome as V
    this.#promise.catch(() => {})
    throw this.#outcome
  }

  /** Fulfils with a value, or takes the outcome of a thenable; from then on no other settling has an effect. */
  setResult(value: V | PromiseLike<V>): void {
    if (this.#resolve()) this.#adopt(value)
  }

  /** Rejects with a reason, whatever it is. */
  setException(reason: unknown): void {
    if (this.#resolve()) this.#settle('rejected', reason)
  }

  /**
   * Rejects with a reason, by default a `DOMException` named `AbortError`, and makes the state `cancelled`.
   *
   * @returns whether it had an effect: not where the future is settled, or waits for a thenable
   */
  cancel(reason: unknown = new DOMException('The future was cancelled', 'AbortError')): boolean {
    const first = this.#resolve()
    if (first) this.#settle('cancelled', reason)
    return first
  }

  /**
   * Calls back once there is an outcome, or soon if there is one: never at once, in the order of registration. An error
   * in a callback is the host's to report (as any in `queueMicrotask`) and reaches no other callback. A callback does
   * not count as handling a rejection unless it asks for the `result`.
   */
  addDoneCallback(callback: (future: this) => void): void {
    const run = () => callback(this)
    if (this.done()) queueMicrotask(run)
    else this.#callbacks.push(run)
  }

  then<A = V, B = never>(
    onFulfilled?: ((value: V) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const unboxed =
      typeof onFulfilled === 'function'
        ? ([value]: readonly [V]) => onFulfilled(value)
        : ([value]: readonly [V]) => value as unknown as A
    return this.#promise.then(unboxed, onRejected)
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<V | B> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<V> {
    return this.then().finally(onFinally)
  }

  /** Closes the door behind the first settling. */
  #resolve(): boolean {
    if (this.#resolved) return false
    this.#resolved = true
    return true
  }

  /** The resolution procedure: takes a value as it is, and the outcome of a thenable. */
  #adopt(value: unknown): void {
    try {
      if (value === this) throw new TypeError('A future cannot be resolved with itself')
      const then = thenOf(value)
      if (then) queueMicrotask(() => this.#follow(value, then))
      else this.#settle('fulfilled', value)
    } catch (reason) {
      this.#settle('rejected', reason)
    }
  }

  /** Calls `then`; the first of its callbacks and its throwing counts. */
  #follow(thenable: unknown, then: Then): void {
    let called = false
    const once = (act: (outcome: unknown) => void) => (outcome: unknown) => {
      if (called) return
      called = true
      act(outcome)
    }
    const reject = once((reason) => this.#settle('rejected', reason))
    try {
      then.call(
        thenable,
        once((value) => this.#adopt(value)),
        reject,
      )
    } catch (reason) {
      reject(reason)
    }
  }

  #settle(state: FutureState, outcome: unknown): void {
    this.#state = state
    this.#outcome = outcome
    if (state === 'fulfilled') this.#fulfil([outcome as V])
    else this.#reject(outcome)
    for (const callback of this.#callbacks.splice(0)) queueMicrotask(callback)
  }
}

type Then = (onFulfilled: (value: unknown) => void, onRejected: (reason: unknown) => void) => unknown

/** The `then` of a thenable, read once; undefined for any other value. */
function thenOf(value: unknown): Then | undefined {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined
  const { then } = value as { readonly then?: unknown }
  return typeof then === 'function' ? (then as Then) : undefined
}
