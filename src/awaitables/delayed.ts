import { type SleepOptions, sleep } from './sleep.js'

/** A value after a time, which counts from creation. Whoever awaits it later finds it there. */
export class Delayed<V> implements PromiseLike<V> {
  readonly #slept: Promise<V>

  /**
   * @param ms as for `sleep`: negative and `NaN` count as 0, and `Infinity` waits until the signal aborts
   * @param value given as it is, unless it is itself awaitable
   * @param options with a `signal` that ends the wait, whose reason all then get
   */
  constructor(ms: number, value: V, options?: SleepOptions) {
    this.#slept = sleep(ms, options).then(() => value)
  }

  then<A = V, B = never>(
    onFulfilled?: ((value: V) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#slept.then(onFulfilled, onRejected)
  }
}
