import { AdapterError, isThenable, type World } from '../../src/core/index.js'
import type { Deferred, ThenableAdapter, ThenablePolicy } from './contract.js'
import type { Resolution } from './scenario.js'
import { makeThenable, type Stage } from './temper.js'

/** The promises that a program works on. */
export type On = 'd' | 'other'

/** What a program is played with: its promises, and what the recording needs. */
export class Bench implements Stage {
  depth = 0
  #thenables = 0
  readonly #made: Partial<Record<On, Deferred<unknown>>> = {}

  constructor(
    readonly world: World<ThenablePolicy>,
    readonly adapter: ThenableAdapter,
  ) {}

  nextName(): string {
    return `T${++this.#thenables}`
  }

  busy<T>(run: () => T): T {
    this.depth++
    try {
      return run()
    } finally {
      this.depth--
    }
  }

  /** A promise of the subject, made when it is first asked for. */
  deferred(on: On): Deferred<unknown> {
    return this.#made[on] ?? this.has(on, open(this.world, this.adapter))
  }

  /** Takes a deferred for one of the program's promises. */
  has(on: On, deferred: Deferred<unknown>): Deferred<unknown> {
    this.#made[on] = deferred
    this.world.values.note(deferred.promise, on)
    this.world.keep(deferred.promise)
    return deferred
  }

  /** What something is resolved with, as a live value, as JavaScript, and by name where it is a promise or a thenable. */
  realise(resolution: Resolution, on: On): Realised {
    switch (resolution.kind) {
      case 'thenable': {
        const { name, thenable, code } = makeThenable(this, resolution)
        return { value: thenable, ref: name, code }
      }
      case 'itself':
        // The promise under test may wait for the other one: that one on itself would be a cycle, which is tried apart.
        if (on === 'other') return this.#plain('fresh')
        return {
          value: this.deferred(on).promise,
          ref: 'itself',
          code: `kit.named('${on}', subject.${on}.promise)`,
        }
      case 'other':
        // A promise that waits for itself by way of the other one would be a cycle, which is tried apart.
        return on === 'other'
          ? this.#plain('fresh')
          : {
              value: this.deferred('other').promise,
              ref: 'other',
              code: "kit.named('other', subject.other.promise)",
            }
      case 'patched primitive':
        return { ...this.#plain('fresh'), patched: true }
      default:
        return this.#plain(resolution.name)
    }
  }

  #plain(name: string): Realised {
    const value = this.world.value(name)
    return { value, code: this.world.note(value).text }
  }
}

export interface Realised {
  readonly value: unknown
  readonly code: string
  readonly ref?: string
  /** To be handed over while the prototype of numbers has a `then`: a promise must not look there. */
  readonly patched?: true
}

/** Makes a deferred and checks that it is one. */
export function open(world: World<ThenablePolicy>, adapter: ThenableAdapter): Deferred<unknown> {
  const deferred = world.create(() => adapter.deferred()) as Partial<Deferred<unknown>> | undefined
  if (!isThenable(deferred?.promise)) {
    throw new AdapterError(
      `\`deferred()\` of ${adapter.name} must return { promise, resolve, reject } with a thenable promise`,
    )
  }
  if (typeof deferred.resolve !== 'function' || typeof deferred.reject !== 'function') {
    throw new AdapterError(
      `\`deferred()\` of ${adapter.name} must return functions \`resolve\` and \`reject\``,
    )
  }
  return deferred as Deferred<unknown>
}
