import { type Pool, pool } from 'workerpool'

/** How a pool of worker threads is made. */
export interface OffloadOptions {
  /** How many threads there are at most. Default: one less than the machine runs at once. */
  readonly threads?: number
}

/** How one piece of work is done. */
export interface WorkOptions {
  /** Stops the work when it aborts; the call is then rejected with the signal's reason. */
  readonly signal?: AbortSignal
}

/** What comes back of a piece of work: in an envelope, so that a reason is one whatever its value. */
interface Outcome {
  readonly failed: boolean
  readonly value: unknown
}

// Runs in the worker. It is text, as which functions travel there anyway, so that no build step rewrites its import.
const WORK = `async (module, name, args) => {
  try {
    const { [name]: work } = await import(module)
    if (typeof work !== 'function') throw new TypeError(module + ' exports no function ' + name)
    return { failed: false, value: await work(...args) }
  } catch (value) {
    return { failed: true, value }
  }
}`

/** How long a worker gets to end by itself. One that is blocked never does. */
const MERCY_MS = 1

/**
 * Runs functions of a module in worker threads, so that long computations do not block the event loop. Arguments, values
 * and reasons cross as structured clones. Threads start when they are needed and live until the pool is destroyed: they
 * keep the process alive, so declare it with `await using`, or call `destroy`.
 *
 *     await using images = new Offload(new URL('./images.js', import.meta.url), { threads: 2 })
 *     const small = await images.run('shrink', [bytes, 0.5], { signal })
 */
export class Offload implements AsyncDisposable {
  readonly #module: string
  readonly #pool: Pool
  #end: Promise<void> | undefined

  /** @param module the URL of an ES or CommonJS module, absolute, as `import.meta.resolve` gives it */
  constructor(module: URL | string, { threads }: OffloadOptions = {}) {
    this.#module = String(module)
    const most = threads === undefined ? {} : { maxWorkers: threads }
    this.#pool = pool({ ...most, workerType: 'thread', workerTerminateTimeout: MERCY_MS })
  }

  /**
   * Calls an exported function in a worker. It may be asynchronous.
   *
   * Rejects with what the function throws or rejects with; with the reason of `signal`, which terminates the worker;
   * with an `Error` where the worker exits, the pool is destroyed, or something cannot be cloned. Terminating stops any
   * JavaScript at once; a call into native code ends first, and keeps its thread until then.
   */
  async run(name: string, args: readonly unknown[] = [], { signal }: WorkOptions = {}): Promise<unknown> {
    if (this.#end) throw new Error('The pool of workers is destroyed')
    signal?.throwIfAborted()
    // Cloned here, where it can fail for this call alone, and so that nobody changes them while the call waits.
    const task = this.#pool.exec('run', [WORK, [this.#module, name, structuredClone(args)]])
    // It must not return the task: a rejected promise that a listener returns is thrown at the process.
    const cancel = () => {
      task.cancel()
    }
    signal?.addEventListener('abort', cancel)
    let outcome: Outcome
    try {
      outcome = await task
    } catch (error) {
      this.#remind()
      throw signal?.aborted ? signal.reason : explained(error)
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
    if (outcome.failed) throw outcome.value
    return outcome.value
  }

  /** Terminates every worker. Calls in flight and later ones are rejected. */
  destroy(): Promise<void> {
    this.#end ??= Promise.resolve(this.#pool.terminate(true)).then(() => undefined)
    return this.#end
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.destroy()
  }

  /** A pool whose worker exits does not look at its queue again until it is asked for something. */
  #remind(): void {
    if (!this.#end && this.#pool.stats().pendingTasks > 0) void this.#pool.exec('methods', [])
  }
}

/** The message of an error of cloning is lost on its way out of the worker; nothing else comes without one. */
const explained = (error: unknown): unknown =>
  error instanceof Error && error.message === ''
    ? new Error('What the work gave could not be cloned', { cause: error })
    : error

/** A function that runs in worker threads. */
export interface AsyncFunction<A extends readonly unknown[], R> extends AsyncDisposable {
  (...args: A): Promise<R>
  /** The same function, stopped when a signal aborts. */
  under(signal: AbortSignal): (...args: A) => Promise<R>
  /** Terminates its workers. */
  destroy(): Promise<void>
}

/**
 * Makes a blocking function that a module exports asynchronous, by running it in worker threads of its own.
 *
 *     await using hash = makeAsync<typeof import('./hash.js').hash>(new URL('./hash.js', import.meta.url), 'hash')
 *     const digest = await hash('text')
 */
export function makeAsync<F extends (...args: never[]) => unknown>(
  module: URL | string,
  name: string,
  options: OffloadOptions = {},
): AsyncFunction<Parameters<F>, Awaited<ReturnType<F>>> {
  type Result = Promise<Awaited<ReturnType<F>>>
  const offload = new Offload(module, options)
  const calling =
    (work: WorkOptions) =>
    (...args: Parameters<F>) =>
      offload.run(name, args, work) as Result
  return Object.assign(calling({}), {
    under: (signal: AbortSignal) => calling({ signal }),
    destroy: () => offload.destroy(),
    [Symbol.asyncDispose]: () => offload.destroy(),
  })
}
