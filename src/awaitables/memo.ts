/** How a memo tells its keys apart. */
export interface MemoOptions<K> {
  /**
   * What stands for a key: keys with the same one, as a `Map` compares, share an entry. Default: the key itself. What it
   * throws rejects the `get`.
   */
  readonly keyOf?: (key: K) => unknown
}

/** A cache that loads each key once, however many ask for it meanwhile. */
export interface Memo<K, V> {
  /**
   * The value of a key; loads it if need be. A failed load is told to all who waited for it, and the next one to ask tries
   * again. A load may ask for other keys; one that asks for its own before it has returned is rejected with an `Error`.
   */
  get(key: K): Promise<V>
  /**
   * Forgets a key, so that the next to ask loads it again. A load in flight still answers those who wait for it, and
   * nobody else.
   */
  clear(key: K): void
  /** Forgets all keys, as `clear` does one. */
  clearAll(): void
}

/**
 * Makes a cache of what a loader gives.
 *
 * @param load may return the value of a key or a thenable of it, or throw
 */
export function memo<K, V>(
  load: (key: K) => V | PromiseLike<V>,
  { keyOf = (key) => key }: MemoOptions<K> = {},
): Memo<K, V> {
  const flights = new Map<unknown, Promise<V>>()
  const entering = new Set<unknown>()

  function start(id: unknown, key: K): Promise<V> {
    let land!: (value: V | PromiseLike<V>) => void
    let fail!: (reason: unknown) => void
    const flight = new Promise<V>((resolve, reject) => {
      land = resolve
      fail = reject
    })
    // In place before the loader runs, so that a clear from within it is not lost.
    flights.set(id, flight)
    flight.catch(() => {
      if (flights.get(id) === flight) flights.delete(id)
    })
    entering.add(id)
    try {
      land(load(key))
    } catch (reason) {
      fail(reason)
    } finally {
      entering.delete(id)
    }
    return flight
  }

  return {
    get(key) {
      try {
        const id = keyOf(key)
        if (entering.has(id)) throw new Error('A key was asked for by its own loader')
        return flights.get(id) ?? start(id, key)
      } catch (reason) {
        return Promise.reject(reason)
      }
    },
    clear: (key) => {
      flights.delete(keyOf(key))
    },
    clearAll: () => flights.clear(),
  }
}
