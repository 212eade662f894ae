/** When a debounced function runs. */
export interface DebouncedOptions {
  /** How long no call must have come, in ms. */
  readonly waitMs: number
  /** `trailing`: once no call has come for that long, with the last arguments; `leading`: at the first call. */
  readonly edge?: 'trailing' | 'leading'
  /** Rejects whoever waits for a run that has not begun, with the signal's reason. Nothing runs after that. */
  readonly signal?: AbortSignal | undefined
}

/** The longest time that a timer of the platform can take, in ms: a longer one overflows and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Calls that follow one another at less than the wait, and the answer that they share. */
interface Batch<V> {
  readonly answer: Promise<V>
  settle(value: V | PromiseLike<V>): void
  fail(reason: unknown): void
}

/**
 * A function that many call in quick succession and that runs once for all of them. Everyone is answered as that run
 * ends: with its value, or with the reason of its failure.
 */
export class Debounced<A extends readonly unknown[], V> {
  readonly #fn: (...args: A) => V | PromiseLike<V>
  readonly #options: DebouncedOptions
  #batch: Batch<V> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #args: A | undefined

  /**
   * @param fn may return the value or a thenable of it, or throw
   * @throws RangeError when the wait is nothing that a timer can wait for
   */
  constructor(fn: (...args: A) => V | PromiseLike<V>, options: DebouncedOptions) {
    const { waitMs } = options
    if (!(waitMs >= 0 && waitMs <= LONGEST_TIMER_MS))
      throw new RangeError(`waitMs must be from 0 to ${LONGEST_TIMER_MS}, not ${waitMs}`)
    this.#fn = fn
    this.#options = options
  }

  /** Calls the function, together with whoever else calls within the wait. */
  call(...args: A): Promise<V> {
    const { waitMs, edge = 'trailing', signal } = this.#options
    if (signal?.aborted) return Promise.reject(signal.reason)
    const begins = this.#batch === undefined
    this.#batch ??= open<V>()
    const { answer } = this.#batch
    this.#args = args
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#end, waitMs)
    if (begins) signal?.addEventListener('abort', this.#abort, { once: true })
    if (begins && edge === 'leading') this.#run(this.#batch)
    return answer
  }

  readonly #end = (): void => {
    const batch = this.#close()
    if (batch && this.#options.edge !== 'leading') this.#run(batch)
  }

  readonly #abort = (): void => this.#close()?.fail(this.#options.signal?.reason)

  /** From here on calls belong to another batch. */
  #close(): Batch<V> | undefined {
    const batch = this.#batch
    this.#batch = undefined
    clearTimeout(this.#timer)
    this.#options.signal?.removeEventListener('abort', this.#abort)
    return batch
  }

  #run({ settle, fail }: Batch<V>): void {
    try {
      settle(this.#fn(...this.#args!))
    } catch (reason) {
      fail(reason)
    }
  }
}

function open<V>(): Batch<V> {
  let settle!: Batch<V>['settle']
  let fail!: Batch<V>['fail']
  const answer = new Promise<V>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  return { answer, settle, fail }
}
