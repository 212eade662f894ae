import type { TtlCacheAdapter } from './contract.js'

/** Plain strings, which any cache can tell apart: what makes two keys the same is no matter of expiry. */
export const KEYS = ['a', 'b', 'c'] as const

/** The keys of one run, by what the subject declares of them. */
export class Keys {
  readonly #distinct: readonly string[]
  readonly #keyOf: (key: unknown) => unknown

  /** @param keyed false where there is one entry, whatever the key */
  constructor(keyed: boolean, { keyOf }: TtlCacheAdapter) {
    this.#keyOf = keyOf ?? ((key) => key)
    const first = (key: string, index: number) =>
      !KEYS.slice(0, index).some((other) => Object.is(this.#keyOf(other), this.#keyOf(key)))
    this.#distinct = keyed ? KEYS.filter(first) : KEYS.slice(0, 1)
  }

  at(index: number): string {
    return this.#distinct[index % this.#distinct.length]!
  }

  /** The key as the laws know it, whatever a loader was handed for it. */
  label(handed: unknown): string | null {
    if (this.#distinct.length === 1) return this.#distinct[0]!
    return this.#distinct.find((key) => key === handed || Object.is(this.#keyOf(key), handed)) ?? null
  }
}
