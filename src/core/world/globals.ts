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

/** Runs at the beginning of a check that are all looked at: what a subject does once, it does there. */
const FIRST_RUNS = 16

/** One shared object as it was: its plain data properties, which can be compared without running a getter. */
interface Snapshot {
  readonly holder: Record<PropertyKey, unknown>
  readonly prefix: string
  readonly all: Set<PropertyKey>
  readonly names: readonly PropertyKey[]
  readonly values: readonly unknown[]
}

/** The globals as they were when a check began. */
export class GlobalWatch {
  readonly #snapshots: readonly Snapshot[] = holders.map(([holder, prefix]) => {
    // Some globals come into being when they are first looked at, and bring others along: look once beforehand.
    Object.getOwnPropertyDescriptors(holder)
    const descriptors = Object.getOwnPropertyDescriptors(holder) as Record<PropertyKey, PropertyDescriptor>
    const all = Reflect.ownKeys(descriptors)
    const names = all.filter((name) => 'value' in descriptors[name]!)
    const values = names.map((name) => descriptors[name]!.value)
    return { holder: holder as Snapshot['holder'], prefix, all: new Set(all), names, values }
  })

  #looks = 0
  #careful = FIRST_RUNS

  /**
   * Labels of what the run just played has changed; everything is put back, so that each run is judged on its own.
   *
   * Comparing some three hundred properties costs more than a run does, so after the first runs only every
   * sixty-fourth looks. A change found then could be any run's: it is put back without blame, and from there on every
   * run is looked at.
   */
  look(): readonly string[] {
    if (this.#looks++ < this.#careful) return this.restore()
    if (this.#looks % 64 === 0 && this.restore().length > 0) this.#careful = Number.POSITIVE_INFINITY
    return []
  }

  /** Puts everything back; labels of what had changed. */
  restore(): readonly string[] {
    const labels: string[] = []
    for (const snapshot of this.#snapshots) {
      const { holder, prefix, names, values } = snapshot
      for (let index = 0; index < names.length; index++) {
        const name = names[index]!
        if (holder[name] === values[index] || Object.is(holder[name], values[index])) continue
        Object.defineProperty(holder, name, { value: values[index] })
        labels.push(`${prefix}${String(name)}`)
      }
      if (Reflect.ownKeys(holder).length !== snapshot.all.size) labels.push(...this.#removeAdded(snapshot))
    }
    return labels
  }

  #removeAdded({ holder, prefix, all }: Snapshot): readonly string[] {
    const added = Reflect.ownKeys(holder).filter((name) => !all.has(name))
    // What cannot be removed is blamed once.
    for (const name of added) if (!Reflect.deleteProperty(holder, name)) all.add(name)
    return added.map((name) => `${prefix}${String(name)}`)
  }
}
