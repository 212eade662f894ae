/** Some versions of Node 20 and most browsers have no such symbol yet; `await using` then needs a polyfill anyway. */
const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? (Symbol.for('Symbol.asyncDispose') as typeof Symbol.asyncDispose)

/** What a service knows of itself. */
export interface LazyServiceStats {
  /** Whether the resource is open. */
  readonly initialized: boolean
  /** How long the last successful opening took, in ms; 0 before the first. */
  readonly initTimeMs: number
  /** How many gets there were. */
  readonly accessCount: number
}

export interface LazyServiceOptions {
  /**
   * Whether several users share the resource: each pairs its get with a dispose, and the last dispose closes. A get that
   * is rejected needs none. Default false: any dispose closes.
   */
  readonly shared?: boolean
}

/** One opening and all who came for it. */
interface Term<R> {
  readonly opening: Promise<R>
  /** The same for those who wait, until they are interrupted. */
  readonly resource: Promise<R>
  interrupt(reason: unknown): void
  interrupted: boolean
  users: number
}

/**
 * A resource that is opened when it is first asked for, once, and closed when it is disposed of, once. After that it can
 * be opened again, as soon as the old one is closed.
 */
export class LazyService<R> implements AsyncDisposable {
  readonly #open: () => R | PromiseLike<R>
  readonly #close: (resource: R) => void | PromiseLike<void>
  readonly #shared: boolean
  #term: Term<R> | undefined
  /** The last closing, until it is over. */
  #closing: Promise<void> | undefined
  #ending: Term<R> | undefined
  #entering = false
  #initialized = false
  #initTimeMs = 0
  #accessCount = 0

  /**
   * @param open may return the resource or a thenable of it, or throw
   * @param close gets what `open` gave
   */
  constructor(
    open: () => R | PromiseLike<R>,
    close: (resource: R) => void | PromiseLike<void>,
    { shared = false }: LazyServiceOptions = {},
  ) {
    this.#open = open
    this.#close = close
    this.#shared = shared
  }

  /**
   * The resource; opens it if need be. A failed opening is told to all who waited for it, and the next get tries again.
   * Who still waits when the service is disposed of is rejected with a `DOMException` named `AbortError`.
   *
   * @param options a `signal` gives up waiting, with its reason; the opening goes on, for others
   */
  get({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<R> {
    this.#accessCount++
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#entering) return Promise.reject(new Error('A service was asked for by its own `open`'))
    const term = this.#term ?? this.#begin()
    term.users++
    return signal ? orAborted(term, signal) : term.resource
  }

  /**
   * Closes the resource, and waits for that; also for a closing that is under way already. An opening under way is waited
   * for, and what it gives is closed. Where there is nothing to close it does nothing.
   *
   * @throws the reason of `close`, whatever it is; the service can be used again
   */
  async dispose(): Promise<void> {
    const term = this.#term
    if (term) {
      if (this.#shared && --term.users > 0) return
      this.#term = undefined
      this.#initialized = false
      term.interrupt(new DOMException('The service was disposed of', 'AbortError'))
      this.#ending = term
      this.#closing = this.#end(term)
    }
    await this.#closing
  }

  [asyncDispose](): Promise<void> {
    return this.dispose()
  }

  stats(): LazyServiceStats {
    return {
      initialized: this.#initialized,
      initTimeMs: this.#initTimeMs,
      accessCount: this.#accessCount,
    }
  }

  #begin(): Term<R> {
    const { promise: opening, resolve } = deferred<R>()
    const interrupted = deferred<never>()
    const term: Term<R> = {
      opening,
      resource: Promise.race([opening, interrupted.promise]),
      interrupt(reason) {
        term.interrupted = true
        interrupted.reject(reason)
      },
      interrupted: false,
      users: 0,
    }
    // In place before `open` is called, which may throw at once.
    this.#term = term
    opening.catch(() => {
      if (this.#term === term) this.#term = undefined
    })
    const start = () => this.#start(term)
    resolve(this.#closing ? this.#closing.then(start, start) : start())
    return term
  }

  async #start(term: Term<R>): Promise<R> {
    // Disposed of while the old resource was being closed: there is no need to open at all.
    if (term.interrupted) return term.resource
    const beganMs = performance.now()
    const resource = await this.#enter()
    if (!term.interrupted) {
      this.#initialized = true
      this.#initTimeMs = performance.now() - beganMs
    }
    return resource
  }

  #enter(): R | PromiseLike<R> {
    this.#entering = true
    try {
      return this.#open()
    } finally {
      this.#entering = false
    }
  }

  async #end(term: Term<R>): Promise<void> {
    try {
      // A failed opening has been told to those who asked, and leaves nothing to close.
      const opened = await term.opening.then(
        (resource) => ({ resource }),
        () => undefined,
      )
      if (opened) await this.#close(opened.resource)
    } finally {
      if (this.#ending === term) this.#closing = undefined
    }
  }
}

/** A user who goes before the resource is there is none any more. */
function orAborted<R>(term: Term<R>, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      term.users--
      reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const settled = () => signal.removeEventListener('abort', onAbort)
    term.resource.then(settled, settled)
    term.resource.then(resolve, reject)
  })
}

function deferred<V>() {
  let resolve!: (value: V | PromiseLike<V>) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<V>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
