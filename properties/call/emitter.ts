import type { Emitter, Listener } from './contract.js'

interface Registration {
  readonly listener: Listener
  readonly once: boolean
}

/**
 * An event emitter that tells whenever a listener comes or goes. It behaves as Node's does, but for an `error` that nobody
 * listens to: that is simply lost. Both families of names are there, since packages look for either.
 */
export class WatchedEmitter implements Emitter {
  readonly #listeners = new Map<string | symbol, Registration[]>()
  readonly #changed: (event: string, count: number) => void

  /** @param changed told of an event and of how many listen to it now */
  constructor(changed: (event: string, count: number) => void) {
    this.#changed = changed
  }

  on(event: string, listener: Listener): this {
    return this.#add(event, { listener, once: false })
  }

  once(event: string, listener: Listener): this {
    return this.#add(event, { listener, once: true })
  }

  prependListener(event: string, listener: Listener): this {
    return this.#add(event, { listener, once: false }, true)
  }

  prependOnceListener(event: string, listener: Listener): this {
    return this.#add(event, { listener, once: true }, true)
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener)
  }

  /** Takes the listener away that was added last, as Node does. */
  off(event: string, listener: Listener): this {
    const all = this.#of(event)
    const index = all.findLastIndex((each) => each.listener === listener)
    return index < 0 ? this : this.#set(event, all.toSpliced(index, 1))
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener)
  }

  removeAllListeners(event?: string): this {
    for (const each of event === undefined ? this.eventNames() : [event]) this.#set(String(each), [])
    return this
  }

  emit(event: string, ...args: unknown[]): boolean {
    const all = this.#of(event)
    for (const each of all) {
      if (each.once && this.#of(event).includes(each)) {
        this.#set(
          event,
          this.#of(event).filter((other) => other !== each),
        )
      }
      Reflect.apply(each.listener, this, args)
    }
    return all.length > 0
  }

  listenerCount(event: string): number {
    return this.#of(event).length
  }

  listeners(event: string): Listener[] {
    return this.#of(event).map(({ listener }) => listener)
  }

  rawListeners(event: string): Listener[] {
    return this.listeners(event)
  }

  eventNames(): (string | symbol)[] {
    return [...this.#listeners.keys()].filter((event) => this.#of(event).length > 0)
  }

  setMaxListeners(): this {
    return this
  }

  getMaxListeners(): number {
    return Number.POSITIVE_INFINITY
  }

  #of(event: string | symbol): readonly Registration[] {
    return this.#listeners.get(event) ?? []
  }

  #add(event: string, registration: Registration, first = false): this {
    const all = this.#of(event)
    return this.#set(event, first ? [registration, ...all] : [...all, registration])
  }

  #set(event: string, registrations: readonly Registration[]): this {
    this.#listeners.set(event, [...registrations])
    this.#changed(event, registrations.length)
    return this
  }
}
