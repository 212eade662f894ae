import { History, type Span, type Step, settledAs, type Traits, type World } from '../../src/core/index.js'
import type { DelayAdapter, DelayPolicy } from './contract.js'

/** A delay in ms. Some are written as text, since a scenario is plain data. */
export type Ms = number | 'NaN' | 'Infinity' | '-Infinity'

/** One delay that a client asks for. */
export interface Move {
  readonly ms: Ms
  /** A specimen's name, or `fresh`. */
  readonly value: string
  /** How many microtasks into the drain before it. */
  readonly inject: number
  /** Begins once the client's delay before it has ended; otherwise in the same turn as that one. */
  readonly after: boolean
  /** Which of the signals it is given, if any. */
  readonly signal?: number | undefined
}

export interface ClientPlan {
  /** When it begins, in ms. */
  readonly atMs: number
  readonly moves: readonly Move[]
}

/** When a signal aborts, in ms. */
export interface AbortPlan {
  readonly atMs: number
  readonly inject: number
}

export interface Scenario {
  readonly clients: readonly ClientPlan[]
  /** How the signals abort; one that has no plan never does. */
  readonly aborts: readonly (AbortPlan | null)[]
}

/** A delay that is made at one time and awaited at another, both in ms. */
export interface Late {
  readonly ms: number
  readonly atMs: number
  readonly afterMs: number
}

/** The longest delay that one timer of the platform can take. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

const CLIENTS = ['A', 'B', 'C', 'D']
const SIGNALS = ['s1', 's2']
/** A subject may go by many short timers. After so many steps nobody waits for it any more, which proves nothing. */
const PATIENCE_STEPS = 400

type Controllers = readonly { readonly name: string; readonly controller: AbortController }[]

export function drive(world: World<DelayPolicy>, adapter: DelayAdapter, scenario: Scenario): void {
  const { clients, aborts } = scenario
  const signals = aborts.map((_, index) => {
    const name = SIGNALS[index]!
    return { name, controller: world.signal(name) }
  })
  for (const [index, { atMs, moves }] of clients.entries()) {
    const steps = moves.map((move, at): Step => {
      const step = delay(world, adapter, move, signals)
      if (at === 0) return { ...step, dueMs: atMs, inject: move.inject }
      return move.after ? { ...step, afterAnswer: true, inject: move.inject } : { ...step, sameTurn: true }
    })
    world.client(CLIENTS[index]!, steps)
  }
  for (const [index, plan] of aborts.entries()) {
    const { name, controller } = signals[index]!
    if (!plan) continue
    const { atMs: dueMs, inject } = plan
    world.act(`abort ${name}`, () => controller.abort(), { dueMs, inject, code: `${name}.abort()` })
  }
}

function delay(
  world: World<DelayPolicy>,
  adapter: DelayAdapter,
  { ms: written, value: name, signal }: Move,
  signals: Controllers,
): Step {
  const ms = Number(written)
  const value = world.value(name)
  const { id, text } = world.note(value)
  const given = signal === undefined ? undefined : signals[signal]
  return {
    op: 'delay',
    run: () => (given ? adapter.create(ms, value, given.controller.signal) : adapter.create(ms, value)),
    value: world.note(ms),
    detail: { gives: id, ...(given ? { signal: given.name } : {}) },
    owed: () => ms !== Number.POSITIVE_INFINITY && world.step < PATIENCE_STEPS,
    code: `adapter.create(${ms}, ${text}${given ? `, ${given.name}.signal` : ''})`,
  }
}

export function driveLate(
  world: World<DelayPolicy>,
  adapter: DelayAdapter,
  { ms, atMs, afterMs }: Late,
): void {
  const value = world.value('fresh')
  let made: unknown
  const create = () => {
    made = adapter.create(ms, value)
    return made
  }
  world.client('A', [
    {
      op: 'create',
      run: create,
      answers: 'value',
      dueMs: atMs,
      value: world.note(ms),
      code: `adapter.create(${ms}, ${world.note(value).text})`,
    },
    { op: 'await', run: () => made, dueMs: atMs + afterMs, code: 'given.A' },
  ])
}

/** How long the delays are by which it is seen whether the subject takes a signal, in ms. */
const PROBE_MS = 50

/** When the signal of a probe aborts, if it does. */
const PROBES = ['never', 'before', 'during'] as const

/** Whether a signal that aborts makes any difference, before or during the wait: else the subject takes none. */
export function examine(world: World<DelayPolicy>, adapter: DelayAdapter): PromiseLike<Traits> {
  for (const [index, aborts] of PROBES.entries()) {
    const run = () => {
      const controller = new AbortController()
      if (aborts === 'before') controller.abort()
      const made = adapter.create(PROBE_MS, 'value', controller.signal)
      if (aborts === 'during') controller.abort()
      return made
    }
    // Well apart, so that no fault between them shows here.
    world.client(CLIENTS[index]!, [{ op: 'probe', run, dueMs: 2 * index * PROBE_MS }])
  }
  const tookMs = ({ start, end }: Span) => (settledAs(end) === 'fulfilled' ? end!.timeMs - start.timeMs : -1)
  const traits = () => {
    const [never, ...aborted] = new History(world.events).calls('probe').map(tookMs)
    return { abort: aborted.some((ms) => ms !== never) }
  }
  // Asked when the run is over.
  return { then: (tell) => Promise.resolve(tell?.(traits()) as never) }
}
