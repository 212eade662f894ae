/** Mulberry32: small, seeded, and the same on every runtime. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** An unsigned integer of 32 bits. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** A number from 0 up to the count. */
  below(count: number): number {
    return this.next() % count
  }

  /** A number from 0 to 1, as `Math.random` gives one. */
  fraction(): number {
    return this.next() / 2 ** 32
  }
}

/** A seed that plain data determines (FNV-1a of its JSON). */
export function seedOf(data: unknown): number {
  const text = JSON.stringify(data) ?? ''
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
