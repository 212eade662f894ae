/** What a run of steps is made of. */
export interface ProgressOptions<V> {
  /** How many steps there are. */
  readonly steps: number
  /** Does a step, counted from 0. It may return its result or a thenable of it, or throw. */
  step(index: number): V | PromiseLike<V>
  /**
   * Told after each step how much is done, in percent: 100 with the last step and not before. What it throws does not
   * stop the steps; the host reports it, as any error that nobody handles.
   */
  onProgress?(percent: number): void
  /** Once aborted, no further step begins, and the run is rejected with its reason. A step under way is waited for. */
  readonly signal?: AbortSignal
}

/**
 * Steps done one after the other, with a report after each. They begin when the run is made; awaiting gives their
 * results, in order. The first step that fails ends the run, which is rejected with its reason.
 */
export class Progress<V> implements PromiseLike<V[]> {
  readonly #results: Promise<V[]>

  /** @throws RangeError when `steps` is no whole number, or less than 0 */
  constructor(options: ProgressOptions<V>) {
    const { steps } = options
    if (!Number.isSafeInteger(steps) || steps < 0)
      throw new RangeError(`The number of steps must be a whole number, not ${steps}`)
    this.#results = work(options)
  }

  then<A = V[], B = never>(
    onFulfilled?: ((results: V[]) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#results.then(onFulfilled, onRejected)
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<V[] | B> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<V[]> {
    return this.then().finally(onFinally)
  }
}

async function work<V>({ steps, signal, ...calls }: ProgressOptions<V>): Promise<V[]> {
  const results: V[] = []
  for (let index = 0; index < steps; index++) {
    signal?.throwIfAborted()
    results.push(await calls.step(index))
    report(calls, index + 1 === steps ? 100 : ((index + 1) / steps) * 100)
  }
  return results
}

function report(calls: Pick<ProgressOptions<never>, 'onProgress'>, percent: number): void {
  try {
    calls.onProgress?.(percent)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
