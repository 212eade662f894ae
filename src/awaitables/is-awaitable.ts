import { Coroutine } from './coroutine.js'

/** What one can wait for: a thenable by `await`, a coroutine or a generator in progress by `yield*` or a driver. */
export type Awaitable<V = unknown> = PromiseLike<V> | Generator<unknown, V, unknown> | Coroutine<V>

/**
 * Whether a value can be waited for. A thenable is anything with a callable `then`, which is read once and not called; a
 * coroutine is recognised by what a generator can do. A getter that throws makes a value that is neither.
 */
export function isAwaitable(value: unknown): value is Awaitable {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  try {
    return isCallable((value as { readonly then?: unknown }).then) || isCoroutine(value)
  } catch {
    return false
  }
}

/** A `Coroutine`, or an iterator that an error can be thrown into: other iterators, and those of arrays, have no `throw`. */
function isCoroutine(value: object): boolean {
  if (value instanceof Coroutine) return true
  const { next, throw: raise, return: close, [Symbol.iterator]: iterate } = value as Partial<Generator>
  return [next, raise, close, iterate].every(isCallable)
}

const isCallable = (value: unknown): boolean => typeof value === 'function'
