/**
 * A chain of stages to come: each is given what the one before it gave, at once or later. Nothing runs before somebody
 * awaits the pipe, and then once, however often it is awaited. A pipe never changes: `map` makes a longer one, so that
 * several may branch off from one; each runs all of its stages itself.
 */
export class Pipe<V> implements PromiseLike<V> {
  readonly #input: unknown
  readonly #stages: readonly Stage[]
  #result: Promise<V> | undefined

  private constructor(input: unknown, stages: readonly Stage[]) {
    this.#input = input
    this.#stages = stages
  }

  /** A pipe without stages: it gives a value, or what a thenable gives. */
  static from<T>(input: T): Pipe<Awaited<T>> {
    return new Pipe<Awaited<T>>(input, [])
  }

  /** A pipe with one more stage. An error, thrown or rejected, skips the stages behind it. */
  map<R>(stage: (value: V) => R): Pipe<Awaited<R>> {
    return new Pipe<Awaited<R>>(this.#input, [...this.#stages, stage as Stage])
  }

  /** Runs the stages if that has not been done, and subscribes to what comes of them. */
  then<A = V, B = never>(
    onFulfilled?: ((value: V) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#result ??= this.#run()
    return this.#result.then(onFulfilled, onRejected)
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<V | B> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<V> {
    return this.then().finally(onFinally)
  }

  async #run(): Promise<V> {
    let value = await this.#input
    for (const stage of this.#stages) value = await stage(value)
    return value as V
  }
}

type Stage = (value: unknown) => unknown
