/** How a semaphore or a mutex waits. */
export interface SemaphoreOptions {
  /** How long anybody waits for a permit, in ms, before being rejected with a `TimeoutError`. Default: for ever. */
  readonly timeoutMs?: number
}

/** Gives a permit back. Only the first call does anything. */
export type Release = () => void

/** The longest time that a timer of the platform can take, in ms: a longer one overflows and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

interface Waiter {
  grant(): void
}

/**
 * A number of permits that clients hold for a while, first come first served. A permit goes from hand to hand: nobody
 * who comes later can take it in between.
 */
export class Semaphore {
  #free: number
  readonly #waiting = new Set<Waiter>()
  readonly #timeoutMs: number | undefined

  /**
   * @param permits how many may hold one at the same time
   * @throws RangeError when that is not a positive integer, or the time-out nothing that a timer can wait for
   */
  constructor(permits: number, { timeoutMs }: SemaphoreOptions = {}) {
    if (!Number.isInteger(permits) || permits < 1)
      throw new RangeError(`A semaphore needs a positive number of permits, not ${permits}`)
    if (timeoutMs !== undefined && !(timeoutMs >= 0 && timeoutMs <= LONGEST_TIMER_MS))
      throw new RangeError(`timeoutMs must be from 0 to ${LONGEST_TIMER_MS}, not ${timeoutMs}`)
    this.#free = permits
    this.#timeoutMs = timeoutMs
  }

  /**
   * Waits for a permit and gives the function that gives it back. Rejects with the reason of the signal when that aborts
   * before, and with a `TimeoutError` when it takes too long. Aborting later changes nothing.
   */
  acquire(signal?: AbortSignal): Promise<Release> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#free > 0) {
      this.#free--
      return Promise.resolve(this.#permit())
    }
    return new Promise((resolve, reject) => this.#wait(resolve, reject, signal))
  }

  /**
   * Runs a function with a permit, and gives what it gives: its value, or the reason of its failure. Waits as `acquire`.
   */
  async run<V>(fn: () => V | PromiseLike<V>, signal?: AbortSignal): Promise<V> {
    const release = await this.acquire(signal)
    try {
      return await fn()
    } finally {
      release()
    }
  }

  #wait(resolve: (release: Release) => void, reject: (reason: unknown) => void, signal?: AbortSignal): void {
    const leave = () => {
      this.#waiting.delete(waiter)
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const onAbort = () => {
      leave()
      reject(signal?.reason)
    }
    const onTimeout = () => {
      leave()
      reject(new DOMException(`No permit within ${this.#timeoutMs} ms`, 'TimeoutError'))
    }
    const waiter: Waiter = {
      grant: () => {
        leave()
        resolve(this.#permit())
      },
    }
    const timer = this.#timeoutMs === undefined ? undefined : setTimeout(onTimeout, this.#timeoutMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#waiting.add(waiter)
  }

  #permit(): Release {
    let held = true
    return () => {
      if (!held) return
      held = false
      // A waiter is granted the permit while it is still in the queue: it can leave or be woken, but not both.
      const [next] = this.#waiting
      if (next) next.grant()
      else this.#free++
    }
  }
}
