import {
  AdapterError,
  FRESH,
  isThenable,
  type SourceCall,
  type Step,
  type Traits,
  type World,
} from '../../src/core/index.js'
import type { TtlCacheAdapter, TtlCacheHandle, TtlCachePolicy } from './contract.js'
import { Keys } from './keys.js'

/** What survives being copied, and can be told from what it is not. */
export const COPIED: ReadonlySet<string> = new Set([FRESH, 'null', '0', "''", 'false', 'true', "'text'"])

/** A stretch of time in the measures that matter to a cache. */
export interface Wait {
  /** Times to live. */
  readonly ttls: number
  /** Durations of a load. */
  readonly loads: number
  /** Steps of the smallest difference that the subject can be asked to see. */
  readonly units: number
  /** Milliseconds, where a run is told that has been. */
  readonly ms?: number
}

/** One client's doing: what, on which key, how long after its move before, and how many microtasks into a drain. */
export interface Move {
  readonly op: 'get' | 'clear' | 'clearAll'
  readonly key: number
  readonly wait: Wait
  readonly inject: number
}

/** How a load goes, and how many durations it takes, where it does not say so itself. */
export interface Load extends SourceCall {
  readonly slow: number
}

/** The system clock is set. */
export interface Jump {
  readonly at: Wait
  readonly by: Wait
}

export interface Scenario {
  /** Of 0, of `Infinity`, or finite. JSON has no infinity. */
  readonly ttlMs: number | 'Infinity'
  /** The system clock at the beginning, in ms since the epoch. */
  readonly epochMs: number
  /** The duration of a load. */
  readonly loadTime: Wait
  /** How the loads go, one after the other; the last plan stands for all further ones. */
  readonly loads: readonly Load[]
  readonly clients: readonly (readonly Move[])[]
  readonly jumps: readonly Jump[]
}

export const CLIENTS = ['A', 'B', 'C']
/** Where there is no deadline, time goes by this measure instead, in units of the subject's clock. */
const ENDLESS = 1000
/** Longer than a platform timer can wait. */
export const LONG_MS = 2 ** 31
/** No program reads 0 off the clock of its own process, so that some take that for "never"; but it may read 1. */
export const BEGIN_MS = 1
/** More than any cache that wakes to clean up needs. */
const MAX_STEPS = 3000

/** The smallest difference in time that must matter: a subject with a coarse clock may be off by a unit either way. */
const unitMs = ({ resolutionMs }: TtlCachePolicy): number => (resolutionMs === 1 ? 1 : 2 * resolutionMs)

export function drive(world: World<TtlCachePolicy>, adapter: TtlCacheAdapter, scenario: Scenario): void {
  const { policy } = world.context
  const { epochMs, loadTime, loads, clients, jumps } = scenario
  const ttlMs = Number(scenario.ttlMs)
  const keys = new Keys(policy.keyed, adapter)
  const ttl = ttlMs > 0 && ttlMs < LONG_MS ? ttlMs : ENDLESS * policy.resolutionMs
  const ownMs = ({ ttls, units, ms = 0 }: Wait) => ttls * ttl + units * unitMs(policy) + ms
  const loadMs = ownMs(loadTime)
  const lastMs = (wait: Wait) => ownMs(wait) + wait.loads * loadMs
  world.maxSteps = MAX_STEPS
  world.graceMs = (Number.isFinite(ttlMs) ? ttlMs : 0) + policy.resolutionMs
  announce(world, scenario)
  const plans = loads.map(({ slow, ...plan }) => ({ afterMs: slow * loadMs, ...plan }))
  const load = world.source('load', plans, { detail: ([key]) => ({ key: keys.label(key) }) })
  for (const { at, by } of jumps) jump(world, epochMs, BEGIN_MS + Math.max(0, lastMs(at)), lastMs(by))
  open(world, adapter, load, ttlMs, (handle) => {
    const rejects = policy.clearInFlight === 'reject' && clients.flat().some(({ op }) => op !== 'get')
    const from = policy.failure === 'swallow' || rejects ? {} : { from: 'load' }
    for (const [index, moves] of clients.entries()) {
      let dueMs = BEGIN_MS
      const steps = moves.map((move): Step => {
        dueMs += Math.max(0, lastMs(move.wait))
        return { ...step(world, handle, keys, move, from), dueMs, inject: move.inject, afterAnswer: true }
      })
      world.client(CLIENTS[index]!, steps)
    }
  })
}

/** What the laws must know of a run. */
function announce(world: World<TtlCachePolicy>, { ttlMs, epochMs }: Scenario): void {
  const clock = `Date.now = ((beganMs) => () => ${epochMs} + performance.now() - beganMs)(performance.now())`
  world.record({ type: 'act', actor: 'world', op: 'begins', detail: { ttlMs, epochMs }, code: clock })
  for (const value of world.context.policy.uncacheable) {
    world.record({ type: 'act', actor: 'world', op: 'uncacheable', value: world.note(value) })
  }
}

/** Nothing happened before the epoch: the clock goes back so far at the most. */
function jump(world: World<TtlCachePolicy>, epochMs: number, dueMs: number, wantedMs: number): void {
  const byMs = Math.max(0 - epochMs, wantedMs)
  const code = `Date.now = ((now) => () => now() + ${byMs})(Date.now)`
  world.enable(dueMs, () => {
    world.record({ type: 'act', actor: 'world', op: 'jump', detail: { byMs }, code })
    world.clock.jumpWall(byMs)
  })
}

/**
 * The cache, made by the adapter. Whether a time to live may be 0 or `Infinity` is a policy, and one of weeks may be too
 * long: where making the cache throws, it is as if every `get` did.
 */
function open<R>(
  world: World<TtlCachePolicy>,
  adapter: TtlCacheAdapter,
  load: (...args: unknown[]) => unknown,
  ttlMs: number,
  use: (handle: TtlCacheHandle<unknown>) => R,
): R | PromiseLike<R> {
  const refuses = ttlMs === 0 || ttlMs >= LONG_MS
  const make = () => {
    if (!refuses) return adapter.create(load, { ttlMs })
    const refusal = (reason: unknown) => ({ get: () => Promise.reject(reason) })
    try {
      const made = adapter.create(load, { ttlMs })
      return isThenable(made) ? made.then((handle) => handle, refusal) : made
    } catch (reason) {
      return refusal(reason)
    }
  }
  return world.open(make, `adapter.create(load, { ttlMs: ${ttlMs} })`, (made) => {
    const handle = made as TtlCacheHandle<unknown> | null | undefined
    if (typeof handle?.get === 'function') return use(handle)
    throw new AdapterError(
      `\`create\` of ${adapter.name} must return a handle with \`get\`, not ${world.note(made).text}`,
    )
  })
}

function step(
  world: World<TtlCachePolicy>,
  handle: TtlCacheHandle<unknown>,
  keys: Keys,
  { op, key }: Move,
  from: { readonly from?: string },
): Step {
  if (op === 'clearAll') return { op, run: () => handle.clearAll?.(), code: 'subject.clearAll()' }
  const live = keys.at(key)
  const on = {
    op,
    value: world.note(live),
    detail: { key: keys.label(live) },
    code: `subject.${op}('${live}')`,
  }
  return op === 'clear'
    ? { ...on, run: () => handle.clear?.(live) }
    : { ...on, run: () => handle.get(live), ...from }
}

/** Which optional members the subject has. */
export function examine(
  world: World<TtlCachePolicy>,
  adapter: TtlCacheAdapter,
): Traits | PromiseLike<Traits> {
  const load = world.source('load', [{ give: 'promise', outcome: 'fulfil', value: FRESH }])
  return open(world, adapter, load, ENDLESS * world.context.policy.resolutionMs, (handle) => ({
    clear: typeof handle.clear === 'function',
    clearAll: typeof handle.clearAll === 'function',
  }))
}
