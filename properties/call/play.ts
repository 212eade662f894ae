import { AdapterError, type SourceCall, type Step, type Traits, type World } from '../../src/core/index.js'
import type { CallAdapter, CallPolicy, WrapAdapter } from './contract.js'
import { aborting, SIGNAL, watchedSignal } from './signal.js'

/** When a signal aborts, and with what. */
export interface Abort {
  readonly atMs: number
  /** How many microtasks into the drain before it. */
  readonly inject: number
  readonly reason: string
}

/** One call of the wrapped function. */
export interface Move {
  /** How long after the call before it. */
  readonly gapMs: number
  readonly inject: number
}

/** Calls of a wrapped function, each by a client of its own. */
export interface Scenario {
  readonly waitMs: number
  readonly moves: readonly Move[]
  /** How the function's calls go, one after the other; the last plan stands for all further ones. */
  readonly plans: readonly SourceCall[]
  /** `null`: no signal is handed in, or one that never aborts where `signal` says so. */
  readonly abort: Abort | null
  readonly signal: boolean
}

const CLIENTS = ['A', 'B', 'C', 'D', 'E', 'F']

/** What a client is called, by its number from 0. */
export const clientName = (index: number): string => CLIENTS[index] ?? `C${index}`

export function drive(world: World<CallPolicy>, adapter: CallAdapter, scenario: Scenario): void {
  const { waitMs, moves, plans, abort, signal } = scenario
  // The interval of the last run may still be under way when everybody has been answered.
  if (adapter.kind !== 'timeout') world.graceMs = waitMs
  const controller = abort || signal ? watchedSignal(world) : undefined
  const fn = world.source('fn', plans)
  const given = controller ? `, signal: ${SIGNAL}.signal` : ''
  const call = world.create(
    () => wrapped(adapter, fn, waitMs, controller?.signal),
    `adapter.wrap(fn, { waitMs: ${waitMs}${given} })`,
  )
  if (typeof call !== 'function')
    throw new AdapterError(`\`wrap\` of ${adapter.name} must return a function, not ${world.note(call).text}`)
  let dueMs = 0
  for (const [index, move] of moves.entries()) {
    dueMs += move.gapMs
    world.client(clientName(index), [step(world, adapter, call, { ...move, dueMs, index, waitMs, abort })])
  }
  if (controller && abort) {
    const { atMs, inject } = abort
    const { run, ...how } = aborting(world, controller, SIGNAL, abort.reason)
    world.act('abort', run, { dueMs: atMs, inject, ...how })
  }
}

const wrapped = (
  adapter: CallAdapter,
  fn: (...args: unknown[]) => unknown,
  waitMs: number,
  signal: AbortSignal | undefined,
): ((...args: unknown[]) => unknown) =>
  (adapter as WrapAdapter).wrap(fn, { waitMs, ...(signal ? { signal } : {}) })

interface Due extends Move {
  readonly dueMs: number
  readonly index: number
  readonly waitMs: number
  readonly abort: Abort | null
}

function step(
  world: World<CallPolicy>,
  adapter: CallAdapter,
  call: (...args: unknown[]) => unknown,
  { index, dueMs, inject, waitMs, abort }: Due,
): Step {
  const args = [clientName(index).toLowerCase(), index + 1]
  const value = world.note(args[0])
  const text = args.map((arg) => world.note(arg).text).join(', ')
  // Whoever is aborted, dropped or out of time is not answered with an outcome of the function.
  const { throttle } = world.context.policy
  const echoes =
    !abort && (adapter.kind === 'debounce' || (adapter.kind === 'throttle' && throttle !== 'drop'))
  return {
    op: 'call',
    run: () => call(...args),
    dueMs,
    inject,
    value,
    detail: { waitMs, args: text },
    ...(echoes ? { from: 'fn' } : {}),
    code: `subject(${text})`,
  }
}

/** What is wrapped in which way; and that the adapter has what that takes. */
export function examine(_: World<CallPolicy>, adapter: CallAdapter): Traits {
  const { kind, name } = adapter
  if (!['debounce', 'throttle', 'timeout', 'event'].includes(kind))
    throw new AdapterError(
      `\`kind\` of ${name} is ${JSON.stringify(kind)}; allowed: "debounce", "throttle", "timeout", "event"`,
    )
  const member = kind === 'event' ? 'next' : 'wrap'
  if (typeof (adapter as unknown as Record<string, unknown>)[member] !== 'function')
    throw new AdapterError(`\`${member}\` of ${name} must be a function, since its kind is "${kind}"`)
  return { [kind]: true }
}
