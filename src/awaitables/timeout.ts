/** How long a call may take. */
export interface TimeoutOptions {
  /** In ms. `Infinity`: as long as it likes. */
  readonly timeoutMs: number
  /** Ends every wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** The longest time that a timer of the platform can take, in ms: a longer one overflows and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * A function whose callers do not wait for ever. A call ends as the function does, or with a `TimeoutError` when that takes
 * too long; the function itself goes on, and what comes of it then is ignored. No timer and no listener is left.
 */
export class Timeout<A extends readonly unknown[], V> {
  readonly #fn: (...args: A) => V | PromiseLike<V>
  readonly #options: TimeoutOptions

  /**
   * @param fn may return the value or a thenable of it, or throw
   * @throws RangeError when the time is nothing that can be waited for
   */
  constructor(fn: (...args: A) => V | PromiseLike<V>, options: TimeoutOptions) {
    const { timeoutMs } = options
    if (!(timeoutMs >= 0 && (timeoutMs <= LONGEST_TIMER_MS || timeoutMs === Number.POSITIVE_INFINITY)))
      throw new RangeError(`timeoutMs must be from 0 to ${LONGEST_TIMER_MS}, or Infinity, not ${timeoutMs}`)
    this.#fn = fn
    this.#options = options
  }

  /** Calls the function. Where the signal has aborted it is not called at all. */
  call(...args: A): Promise<V> {
    const { timeoutMs, signal } = this.#options
    if (signal?.aborted) return Promise.reject(signal.reason)
    return new Promise<V>((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      const onAbort = () => {
        stop()
        reject(signal?.reason)
      }
      const onTimeout = () => {
        stop()
        reject(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'))
      }
      const timer = timeoutMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(onTimeout, timeoutMs)
      signal?.addEventListener('abort', onAbort, { once: true })
      const done =
        <T>(settle: (outcome: T) => void) =>
        (outcome: T) => {
          stop()
          settle(outcome)
        }
      const answer = new Promise<V>((settle) => settle(this.#fn(...args)))
      answer.then(done(resolve), done(reject))
    })
  }
}
