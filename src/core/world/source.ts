import type { HistoryEvent, Outcome } from '../history.js'
import type { Value } from '../value.js'

/**
 * How a source answers one call.
 *
 * - `promise`: a native promise, settled when the world chooses
 * - `thenable`: a bare `{ then }` that calls back when the world chooses, and at once when it is settled already
 * - `value`: the value itself, at once
 * - `throw`: a synchronous throw
 */
export interface SourceCall {
  readonly give: 'promise' | 'thenable' | 'value' | 'throw'
  readonly outcome: 'fulfil' | 'reject'
  /** A specimen's name, or `fresh`. */
  readonly value: string
  /** How long the call takes, in ms; absent, it may be settled as soon as it is pending. */
  readonly afterMs?: number
}

interface Callbacks {
  readonly fulfil: (value: unknown) => unknown
  readonly reject: (reason: unknown) => unknown
}

/** What a source needs of its world. */
export interface SourceWorld {
  readonly nowMs: number
  nextId(): number
  record(event: Omit<HistoryEvent, 'seq' | 'step' | 'timeMs'>): unknown
  value(name: string): unknown
  reason(name: string): unknown
  note(value: unknown): Value
  enable(dueMs: number, run: () => void): void
}

/** Runs inside a source's n-th call, n from 1; a thenable that it returns is what the call goes by. */
export type During = (n: number) => PromiseLike<unknown> | undefined

/** A recorded, controlled task. */
export function makeSource(
  world: SourceWorld,
  name: string,
  plans: readonly SourceCall[],
  during: During = () => undefined,
): (...args: unknown[]) => unknown {
  let calls = 0
  return (...args) => {
    const plan = plans[Math.min(calls, plans.length - 1)]
    if (!plan) throw new RangeError(`source ${name} has no plan`)
    const n = ++calls
    const id = world.nextId()
    const detail = { n, give: plan.give, ...(args.length > 0 ? { args: argsText(world, args) } : {}) }
    world.record({ type: 'start', actor: name, op: name, id, detail })
    const settle = (outcome: Outcome, value: unknown) =>
      world.record({ type: 'settle', actor: name, op: name, id, outcome, value: world.note(value) })
    const followed = during(n)
    if (followed) return follow(followed, settle)
    const fulfils = plan.outcome === 'fulfil'
    const value = fulfils ? world.value(plan.value) : world.reason(plan.value)
    if (plan.give === 'throw') {
      settle('threw', value)
      throw value
    }
    if (plan.give === 'value') {
      settle('returned', value)
      return value
    }
    const { handle, complete } = plan.give === 'promise' ? pendingPromise() : pendingThenable()
    world.enable(world.nowMs + (plan.afterMs ?? 0), () => {
      settle(fulfils ? 'fulfilled' : 'rejected', value)
      complete(fulfils, value)
    })
    return handle
  }
}

function follow(followed: PromiseLike<unknown>, settle: (outcome: Outcome, value: unknown) => void): unknown {
  const result = Promise.resolve(followed)
  result.then(
    (value) => settle('fulfilled', value),
    (reason) => settle('rejected', reason),
  )
  return result
}

const argsText = (world: SourceWorld, args: readonly unknown[]): string =>
  args.map((arg) => world.note(arg).text).join(', ')

interface Pending {
  readonly handle: PromiseLike<unknown>
  complete(fulfils: boolean, value: unknown): void
}

function pendingPromise(): Pending {
  let callbacks!: Callbacks
  const handle = new Promise((fulfil, reject) => {
    callbacks = { fulfil, reject }
  })
  // The subject may drop it; that must not show as an unhandled rejection of ours.
  handle.catch(() => {})
  return {
    handle,
    complete: (fulfils, value) => (fulfils ? callbacks.fulfil(value) : callbacks.reject(value)),
  }
}

function pendingThenable(): Pending {
  const waiting: Callbacks[] = []
  let settled: { fulfils: boolean; value: unknown } | undefined
  const tell = (callbacks: Callbacks) =>
    settled?.fulfils ? callbacks.fulfil(settled.value) : callbacks.reject(settled?.value)
  return {
    handle: {
      then(onFulfilled?: unknown, onRejected?: unknown) {
        const callbacks = { fulfil: callable(onFulfilled), reject: callable(onRejected) }
        if (settled) tell(callbacks)
        else waiting.push(callbacks)
        return undefined as never
      },
    },
    complete(fulfils, value) {
      settled = { fulfils, value }
      for (const callbacks of waiting.splice(0)) tell(callbacks)
    },
  }
}

const callable = (callback: unknown): ((value: unknown) => unknown) =>
  typeof callback === 'function' ? (callback as (value: unknown) => unknown) : () => {}
