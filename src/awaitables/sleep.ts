import { Future } from './future.js'

/** The longest time that a timer of the platform can take, in ms: a longer one overflows and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** What a wait may be told. */
export interface SleepOptions {
  /** Ends the wait early: it then rejects with the signal's reason, whatever that is. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Waits. However it ends, no timer and no listener is left.
 *
 * @param ms how long, in milliseconds, also beyond what one timer can take. Negative and `NaN` count as 0, and
 *   `Infinity` waits until the signal aborts.
 * @throws the signal's very reason, when it aborts before or during the wait
 */
export function sleep(ms: number, { signal }: SleepOptions = {}): Promise<void> {
  const over = new Future<void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const onAbort = () => {
    clearTimeout(timer)
    over.setException(signal?.reason)
  }
  const wait = (leftMs: number) => {
    const nowMs = Math.min(leftMs, LONGEST_TIMER_MS)
    timer = setTimeout(() => (leftMs > nowMs ? wait(leftMs - nowMs) : end()), nowMs)
  }
  const end = () => {
    signal?.removeEventListener('abort', onAbort)
    over.setResult()
  }
  if (signal?.aborted) onAbort()
  else {
    signal?.addEventListener('abort', onAbort, { once: true })
    wait(ms > 0 ? ms : 0)
  }
  return over.then()
}
