import { sleep } from './sleep.js'

/** How a `Retry` goes about it. Times are milliseconds. */
export interface RetryOptions {
  /** How many attempts there are at most, the first included. Default 3. */
  readonly attempts?: number
  /** The wait after the first failed attempt. Default 100. */
  readonly baseMs?: number
  /** What each wait is multiplied by for the next. Default 2. */
  readonly factor?: number
  /** No wait is longer. Default 30,000. */
  readonly maxMs?: number
  /** Which part of each wait is left to chance, from 0 (none) to 1 (all of it). Default 0. */
  readonly jitter?: number
  /** Ends the attempt under way, or the wait, and with it the run, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** How long an attempt may take before it counts as failed, with a `TimeoutError`. Default: as long as it likes. */
  readonly timeoutMs?: number | undefined
  /** Whether a reason is worth another attempt; what it throws ends the run. Default: every reason is. */
  readonly shouldRetry?: ((reason: unknown, attempt: number) => boolean) | undefined
}

/** Timers beyond this fire at once. */
const LONGEST_MS = 2 ** 31 - 1

/** The options with their defaults. */
type Chosen = Required<Omit<RetryOptions, 'shouldRetry'>> & {
  readonly shouldRetry: NonNullable<RetryOptions['shouldRetry']>
}

/**
 * Attempts at something that may fail, with growing waits in between. They begin when it is first awaited, and are made
 * once however often that is: the first success is its value, the last failure its reason.
 */
export class Retry<V> implements PromiseLike<V> {
  readonly #attempt: (n: number) => V | PromiseLike<V>
  readonly #options: Chosen
  #run: Promise<V> | undefined

  /**
   * @param attempt told which attempt it is, from 1; may return the value or a thenable of it, or throw. An attempt that
   * is out of time or aborted is left to itself, and what comes of it is ignored: hand it the signal too.
   * @throws RangeError when an option makes no sense
   */
  constructor(attempt: (n: number) => V | PromiseLike<V>, options: RetryOptions = {}) {
    const { attempts = 3, baseMs = 100, factor = 2, maxMs = 30_000, jitter = 0 } = options
    const { signal, timeoutMs, shouldRetry = () => true } = options
    demand(Number.isInteger(attempts) && attempts > 0, 'attempts', attempts, 'a whole number from 1')
    demand(factor >= 0, 'factor', factor, 'a number from 0')
    demand(jitter >= 0 && jitter <= 1, 'jitter', jitter, 'a number from 0 to 1')
    for (const [name, ms] of Object.entries({ baseMs, maxMs, timeoutMs: timeoutMs ?? 0 }))
      demand(ms >= 0 && ms <= LONGEST_MS, name, ms, `a number from 0 to ${LONGEST_MS}`)
    this.#attempt = attempt
    this.#options = { attempts, baseMs, factor, maxMs, jitter, signal, timeoutMs, shouldRetry }
  }

  /** The least and the most that it waits after the n-th failed attempt, n from 1. */
  waitMs(n: number): readonly [min: number, max: number] {
    const { baseMs, factor, maxMs, jitter } = this.#options
    const fullMs = baseMs === 0 ? 0 : Math.min(maxMs, baseMs * factor ** (n - 1))
    return [fullMs * (1 - jitter), fullMs]
  }

  then<A = V, B = never>(
    onFulfilled?: ((value: V) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    // A turn later, so that an attempt which awaits this very object finds the run in place.
    this.#run ??= Promise.resolve().then(() => this.#runAttempts())
    return this.#run.then(onFulfilled, onRejected)
  }

  async #runAttempts(): Promise<V> {
    const { attempts, signal, shouldRetry } = this.#options
    for (let n = 1; ; n++) {
      try {
        return await this.#make(n)
      } catch (reason) {
        signal?.throwIfAborted()
        if (n >= attempts || !shouldRetry(reason, n)) throw reason
      }
      const [min, max] = this.waitMs(n)
      await sleep(min + Math.random() * (max - min), { signal })
    }
  }

  /** One attempt, in a race with the signal and with its time. */
  #make(n: number): Promise<V> {
    const { signal, timeoutMs } = this.#options
    let onAbort = () => {}
    let timer: ReturnType<typeof setTimeout> | undefined
    return new Promise<V>((resolve, reject) => {
      signal?.throwIfAborted()
      onAbort = () => reject(signal?.reason)
      signal?.addEventListener('abort', onAbort)
      if (timeoutMs !== undefined) timer = setTimeout(() => reject(outOfTime(n, timeoutMs)), timeoutMs)
      // Only the outcome resolves: a thenable would lock it in, and nothing could overtake it any more.
      new Promise<V>((settle) => settle(this.#attempt(n))).then(resolve, reject)
    }).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    })
  }
}

const outOfTime = (n: number, timeoutMs: number): DOMException =>
  new DOMException(`Attempt ${n} took longer than ${timeoutMs} ms`, 'TimeoutError')

function demand(fits: boolean, name: string, value: unknown, expected: string): void {
  if (!fits) throw new RangeError(`\`${name}\` must be ${expected}, not ${String(value)}`)
}
