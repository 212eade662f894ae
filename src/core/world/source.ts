import type { HistoryEvent, Outcome } from '../history.js'
import type { Value } from '../value.js'
import type { ActionTraits } from './action.js'
import { keyOf } from './clients.js'

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
  /** Whether the call rejects with the reason of an `AbortSignal` among its arguments as soon as that one aborts. */
  readonly abortable?: boolean
}

/** What a protocol may add to a source. */
export interface SourceOptions {
  /** Runs inside the n-th call, n from 1; a thenable that it returns is what the call goes by. */
  readonly during?: (n: number, args: readonly unknown[]) => PromiseLike<unknown> | undefined
  /** Facts of a call for the protocol's laws: the `detail` of its `start`. */
  readonly detail?: (args: readonly unknown[]) => HistoryEvent['detail']
  /** Whether the calls of each key go by the plans from the first one on, so that those of another key do not matter. */
  readonly perKey?: boolean
  /** What a call that fulfils gives, where that depends on what it was given. Default: the value of its plan. */
  readonly gives?: (args: readonly unknown[], plan: SourceCall) => unknown
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
  readonly owner: string
  schedule(run: () => void, traits: ActionTraits): () => void
}

/** A recorded, controlled task. */
export function makeSource(
  world: SourceWorld,
  name: string,
  plans: readonly SourceCall[],
  { during, detail: facts, gives, perKey = false }: SourceOptions = {},
): (...args: unknown[]) => unknown {
  let calls = 0
  const ofKey = new Map<string | number, number>()
  return (...args) => {
    const n = ++calls
    const known = facts?.(args)
    const key = keyOf(known)
    const nth = key === undefined ? n : (ofKey.get(key) ?? 0) + 1
    if (key !== undefined) ofKey.set(key, nth)
    const plan = plans[Math.min(perKey ? nth : n, plans.length) - 1]
    if (!plan) throw new RangeError(`source ${name} has no plan`)
    const id = world.nextId()
    const argued = args.length > 0 ? { args: argsText(world, args) } : undefined
    const abortable = plan.abortable ? { abortable: true } : undefined
    const detail = { n, give: plan.give, ...abortable, ...argued, ...known }
    const value = argued && world.note(args[0])
    world.record({ type: 'start', actor: name, op: name, id, value, detail })
    const settle = (outcome: Outcome, value: unknown) =>
      world.record({ type: 'settle', actor: name, op: name, id, outcome, value: world.note(value) })
    const followed = during?.(n, args)
    if (followed) return follow(followed, settle)
    const fulfils = plan.outcome === 'fulfil'
    const given = () => (gives ? gives(args, plan) : world.value(plan.value))
    const result = fulfils ? given() : world.reason(plan.value)
    if (plan.give === 'throw') {
      settle('threw', result)
      throw result
    }
    if (plan.give === 'value') {
      settle('returned', result)
      return result
    }
    // What a callback of the subject throws is nothing that a source could handle: it is thrown at the host.
    const raise = (error: unknown) =>
      world.record({ type: 'host-error', actor: name, value: world.note(error) })
    const { handle, complete } = plan.give === 'promise' ? pendingPromise() : pendingThenable(raise)
    const end = (fulfilled: boolean, value: unknown) => {
      settle(fulfilled ? 'fulfilled' : 'rejected', value)
      complete(fulfilled, value)
    }
    const traits: ActionTraits = {
      dueMs: world.nowMs + (plan.afterMs ?? 0),
      owner: world.owner,
      words: `${name} #${n}`,
      key,
      mark: key === undefined ? undefined : `${name}/${key}/${nth}`,
    }
    const signal = plan.abortable ? args.flatMap(signalIn)[0] : undefined
    const ends = () => end(fulfils, result)
    if (signal) endsOrAborts(world, traits, signal, ends, (reason) => end(false, reason))
    else world.schedule(ends, traits)
    return handle
  }
}

/** A signal that was handed over, bare or as the `signal` of an options bag. */
function signalIn(arg: unknown): AbortSignal[] {
  if (arg instanceof AbortSignal) return [arg]
  const { signal } = Object(arg) as { signal?: unknown }
  return signal instanceof AbortSignal ? [signal] : []
}

/** Whichever comes first. The listener goes with the call, as a careful task's does: what is left is the subject's. */
function endsOrAborts(
  world: SourceWorld,
  traits: ActionTraits,
  signal: AbortSignal,
  end: () => void,
  abort: (reason: unknown) => void,
): void {
  if (signal.aborted) {
    abort(signal.reason)
    return
  }
  const onAbort = () => {
    withdraw()
    abort(signal.reason)
  }
  const withdraw = world.schedule(() => {
    signal.removeEventListener('abort', onAbort)
    end()
  }, traits)
  signal.addEventListener('abort', onAbort, { once: true })
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

function pendingThenable(raise: (error: unknown) => void): Pending {
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
      for (const callbacks of waiting.splice(0)) {
        try {
          tell(callbacks)
        } catch (error) {
          raise(error)
        }
      }
    },
  }
}

const callable = (callback: unknown): ((value: unknown) => unknown) =>
  typeof callback === 'function' ? (callback as (value: unknown) => unknown) : () => {}
