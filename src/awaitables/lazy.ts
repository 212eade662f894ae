/**
 * A value that is initialised when it is first asked for, and once, however many ask meanwhile. A failed
 * initialisation is told to all who waited for it, and the next one to ask tries again.
 */
export class Lazy<V> implements PromiseLike<V> {
  readonly #factory: () => V | PromiseLike<V>
  #flight: Promise<V> | undefined
  #entering = false

  /** @param factory may return the value or a thenable of it, or throw */
  constructor(factory: () => V | PromiseLike<V>) {
    this.#factory = factory
  }

  /**
   * The value; initialises it if need be. A factory that calls this before it has returned would wait for itself, and
   * is rejected with an `Error`. (Later on it cannot be told from any other caller: it must not await its own value.)
   */
  get(): Promise<V> {
    if (this.#entering) return Promise.reject(new Error('A lazy value was asked for by its own factory'))
    return this.#flight ?? this.#start()
  }

  /**
   * Forgets the value, so that the next to ask initialises again. An initialisation in flight still answers those who
   * wait for it, and nobody else.
   */
  reset(): void {
    this.#flight = undefined
  }

  then<A = V, B = never>(
    onFulfilled?: ((value: V) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.get().then(onFulfilled, onRejected)
  }

  #start(): Promise<V> {
    let land!: (value: V | PromiseLike<V>) => void
    let fail!: (reason: unknown) => void
    const flight = new Promise<V>((resolve, reject) => {
      land = resolve
      fail = reject
    })
    // In place before the factory runs, so that a reset from within it is not lost.
    this.#flight = flight
    flight.catch(() => {
      if (this.#flight === flight) this.#flight = undefined
    })
    this.#entering = true
    try {
      land(this.#factory())
    } catch (reason) {
      fail(reason)
    } finally {
      this.#entering = false
    }
    return flight
  }
}
