/** How long a cached value lives. */
export interface CachedOptions {
  /** Milliseconds from the end of a load; 0 keeps nothing. Default `Infinity`. */
  readonly ttlMs?: number
}

/**
 * A value that is loaded when it is asked for and kept for a time. However many ask while a load is under way, it is one
 * load, and all of them get what it brings. A failed load is told to all who waited for it and is not kept.
 */
export class Cached<V> implements PromiseLike<V> {
  readonly #load: () => V | PromiseLike<V>
  readonly #ttlMs: number
  /** The load that is under way, or the last one that brought something. */
  #flight: Promise<V> | undefined
  /** Until when it is good, by a clock that nobody can set. `Infinity` while it is under way. */
  #deadlineMs = 0
  #entering = false

  /**
   * @param load may return the value or a thenable of it, or throw
   * @throws RangeError when `ttlMs` is negative or not a number
   */
  constructor(load: () => V | PromiseLike<V>, { ttlMs = Number.POSITIVE_INFINITY }: CachedOptions = {}) {
    if (!(ttlMs >= 0)) throw new RangeError(`ttlMs must be a number from 0, not ${ttlMs}`)
    this.#load = load
    this.#ttlMs = ttlMs
  }

  /**
   * The value; loads it if there is none, or none that is fresh. A load that calls this before it has returned would wait
   * for itself, and is rejected with an `Error`. (Later on it cannot be told from any other caller.)
   */
  get(): Promise<V> {
    if (this.#entering) return Promise.reject(new Error('A cached value was asked for by its own load'))
    if (this.#flight && performance.now() < this.#deadlineMs) return this.#flight
    return this.#start()
  }

  /**
   * Forgets the value, so that the next to ask loads it again. A load under way still answers those who wait for it, and
   * nobody else.
   */
  invalidate(): void {
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
    // In place before the load runs, so that an invalidation from within it is not lost.
    this.#flight = flight
    this.#deadlineMs = Number.POSITIVE_INFINITY
    flight.then(
      () => {
        if (this.#flight === flight) this.#deadlineMs = performance.now() + this.#ttlMs
      },
      () => {
        if (this.#flight === flight) this.#flight = undefined
      },
    )
    this.#entering = true
    try {
      land(this.#load())
    } catch (reason) {
      fail(reason)
    } finally {
      this.#entering = false
    }
    return flight
  }
}
