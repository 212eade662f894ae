import type { Slot } from './case.js'

/** One and the same, endlessly. */
export function* repeated(slot: Slot): Generator<Slot> {
  for (;;) yield slot
}

/** Endless, even mixture by weight: each once, and then the one that is furthest behind its share. */
export function* weighted(slots: readonly Slot[]): Generator<Slot> {
  const served = new Map(slots.map((slot) => [slot, 0]))
  while (slots.length > 0) {
    const behind = (slot: Slot) => served.get(slot)! / slot.kind.weight
    const next = slots.reduce((best, slot) => (behind(slot) < behind(best) ? slot : best))
    served.set(next, served.get(next)! + 1)
    yield next
  }
}

/** One item of each sequence, and so on, until all have ended. */
export function* inTurn<T>(sequences: readonly Iterator<T>[]): Generator<T> {
  for (let going = [...sequences]; going.length > 0; ) {
    const ended = new Set<Iterator<T>>()
    for (const sequence of going) {
      const { value, done } = sequence.next()
      if (done) ended.add(sequence)
      else yield value
    }
    going = going.filter((sequence) => !ended.has(sequence))
  }
}
