/** Where a coroutine stands: not begun, in the middle of a turn, waiting to be resumed, or at its end. */
export type CoroutineState = 'created' | 'running' | 'suspended' | 'closed'

/** What a coroutine does: a generator that yields where it suspends. */
export type CoroutineBody<V, Y = unknown> = () => Generator<Y, V, unknown>

/**
 * A generator that is driven by hand. What drives it gets what the body yields, and resumes the body with a value, with an
 * error, or for the last time. `yield*` hands all three on to the innermost generator, and so to another coroutine: that
 * is how one coroutine awaits another.
 */
export class Coroutine<V, Y = unknown> implements Iterable<Y> {
  readonly #generator: Generator<Y, V, unknown>
  #state: CoroutineState = 'created'

  /** Nothing of the body runs before the first `send`. */
  constructor(body: CoroutineBody<V, Y>) {
    this.#generator = body()
  }

  get state(): CoroutineState {
    return this.#state
  }

  /**
   * Resumes the body with a value, which is what its `yield` gives. The first one begins it, and its value is lost.
   *
   * @returns what the body yields next, or returns
   * @throws what the body throws, and an `Error` when the coroutine is running or has finished
   */
  send(value?: unknown): IteratorResult<Y, V> {
    return this.#resume(() => this.#generator.next(value))
  }

  /**
   * Resumes the body with an error, thrown where it is suspended. A coroutine that has not begun ends with it.
   *
   * @returns what the body yields next, or returns
   * @throws what the body throws, and an `Error` when the coroutine is running or has finished
   */
  throw(error: unknown): IteratorResult<Y, V> {
    return this.#resume(() => this.#generator.throw(error))
  }

  /**
   * Ends the coroutine where it is suspended; its `finally` blocks run, the innermost first. Does nothing once it is closed.
   *
   * @throws what a `finally` block throws, and an `Error` when the coroutine is running, or when a `finally` block suspends
   */
  close(): void {
    if (this.#state === 'closed') return
    const { done } = this.#resume(() => this.#generator.return(undefined as V))
    if (!done) throw new Error('The coroutine suspends while it is being closed')
  }

  /** For `yield*`: the coroutine as a part of another one. */
  [Symbol.iterator](): Iterator<Y, V, unknown> {
    return {
      next: (value) => this.send(value),
      throw: (error) => this.throw(error),
      return: (value) => {
        this.close()
        return { done: true, value: value as V }
      },
    }
  }

  #resume(turn: () => IteratorResult<Y, V>): IteratorResult<Y, V> {
    if (this.#state === 'running') throw new Error('The coroutine is running already')
    if (this.#state === 'closed') throw new Error('The coroutine has finished and cannot be driven again')
    this.#state = 'running'
    let ends = true
    try {
      const result = turn()
      ends = result.done === true
      return result
    } finally {
      this.#state = ends ? 'closed' : 'suspended'
    }
  }
}

/** Where a coroutine stands. */
export const getCoroutineState = (coroutine: Coroutine<unknown>): CoroutineState => coroutine.state

/**
 * Awaits, inside a coroutine that `run` drives: `const user = yield* until(fetchUser())`. Gives what the thenable fulfils
 * with and throws what it rejects with; what is no thenable is a `TypeError`.
 */
export function* until<T>(awaited: PromiseLike<T>): Generator<PromiseLike<T>, T, unknown> {
  return (yield awaited) as T
}

/**
 * Drives a coroutine to its end: whenever it yields a thenable, it is resumed with the outcome. The body begins at once,
 * and is resumed in a turn of its own, however early a thenable calls back.
 *
 * @returns a promise of what the body returns, rejected with what it throws
 */
export function run<V>(body: CoroutineBody<V>): Promise<V> {
  return new Promise((fulfil, reject) => {
    const coroutine = new Coroutine(body)
    const go = (resume: () => IteratorResult<unknown, V>): void => {
      try {
        const { done, value } = resume()
        if (done) fulfil(value)
        else
          promiseOf(value).then(
            (outcome) => go(() => coroutine.send(outcome)),
            (reason) => go(() => coroutine.throw(reason)),
          )
      } catch (reason) {
        reject(reason)
      }
    }
    go(() => coroutine.send())
  })
}

/** A promise of what a thenable gives, whatever its manners are: the first callback counts, and an error is a rejection. */
function promiseOf(awaited: unknown): Promise<unknown> {
  return new Promise((fulfil, reject) => {
    const then = isObject(awaited) ? (awaited as { readonly then?: unknown }).then : undefined
    if (typeof then !== 'function')
      throw new TypeError(`${named(awaited)} cannot be awaited: it has no \`then\``)
    then.call(awaited, fulfil, reject)
  })
}

const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

const named = (value: unknown): string =>
  isObject(value) ? (typeof value === 'function' ? 'A function' : 'An object') : String(value)
