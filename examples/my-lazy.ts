/** A lazy value, with the fault that most first versions have: the flag is set after the await. */
export class MyLazy<V> {
  #ready = false
  #value: V | undefined

  constructor(readonly factory: () => PromiseLike<V> | V) {}

  async get(): Promise<V> {
    if (!this.#ready) {
      this.#value = await this.factory()
      this.#ready = true
    }
    return this.#value as V
  }
}
