/** The objects whose properties every program shares, and how a report names them. */
const holders: readonly (readonly [holder: object, prefix: string])[] = [
  [globalThis, ''],
  [Promise, 'Promise.'],
  [Promise.prototype, 'Promise.prototype.'],
  [Object.prototype, 'Object.prototype.'],
  [Function.prototype, 'Function.prototype.'],
  [Array.prototype, 'Array.prototype.'],
  [AbortSignal.prototype, 'AbortSignal.prototype.'],
]

interface Slot {
  readonly holder: object
  readonly name: PropertyKey
  readonly label: string
  readonly descriptor: PropertyDescriptor
}

/** The globals as they were when a check began. */
export class GlobalWatch {
  readonly #slots: readonly Slot[]
  /** Plain data properties: the ones that can be compared without running a getter. */
  readonly #data: readonly Slot[]
  readonly #sizes: readonly number[]

  constructor() {
    this.#slots = holders.flatMap(([holder, prefix]) =>
      Reflect.ownKeys(holder).map((name) => ({
        holder,
        name,
        label: `${prefix}${String(name)}`,
        descriptor: Object.getOwnPropertyDescriptor(holder, name)!,
      })),
    )
    this.#data = this.#slots.filter(({ descriptor }) => 'value' in descriptor)
    this.#sizes = holders.map(([holder]) => Reflect.ownKeys(holder).length)
  }

  /** Labels of what changed since; everything is put back, so that the next run is judged on its own. */
  restore(): readonly string[] {
    const changed = this.#data.filter(
      ({ holder, name, descriptor }) => !Object.is((holder as never)[name], descriptor.value),
    )
    for (const { holder, name, descriptor } of changed) Object.defineProperty(holder, name, descriptor)
    const grown = holders.flatMap(([holder, prefix], index) =>
      Reflect.ownKeys(holder).length === this.#sizes[index] ? [] : this.#added(holder, prefix),
    )
    return [...changed.map(({ label }) => label), ...grown]
  }

  #added(holder: object, prefix: string): readonly string[] {
    const before = new Set(this.#slots.filter((slot) => slot.holder === holder).map(({ name }) => name))
    const added = Reflect.ownKeys(holder).filter((name) => !before.has(name))
    for (const name of added) Reflect.deleteProperty(holder, name)
    return added.map((name) => `${prefix}${String(name)}`)
  }
}
