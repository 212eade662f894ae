/** A value to await that is there already: no timer and no work, though handlers still run in a turn of their own. */
export class Immediate<V> implements PromiseLike<V> {
  readonly value: V

  constructor(value: V) {
    this.value = value
  }

  then<A = V, B = never>(
    onFulfilled?: ((value: V) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return new Promise<V>((resolve) => resolve(this.value)).then(onFulfilled, onRejected)
  }
}
