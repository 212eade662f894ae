import type { Step, World } from '../../src/core/index.js'
import type { CallAdapter, CallPolicy, EventAdapter } from './contract.js'
import { WatchedEmitter } from './emitter.js'
import { clientName } from './play.js'
import { aborting } from './signal.js'

/** The event that is waited for, and two others. */
export const DONE = 'done'
export type EventName = typeof DONE | 'other' | 'error'
const EVENTS: readonly EventName[] = [DONE, 'other', 'error']
/** Who listens to everything all the time, and has nothing to do with the subject. */
export const BYSTANDER = 'bystander'
/** What a reproduction takes its emitter from, since it runs without the kit. */
const MODULE = 'node:events'
/** How long the waits are that end by themselves. */
export const TIMEOUT_MS = 100
/** At the latest by now the event comes. */
const LAST_MS = 1000

/** When the signal of a waiter aborts, and with what. */
export interface Abort {
  /** Before the call, so many ms after it, or not at all. */
  readonly when: 'before' | 'never' | number
  readonly inject: number
  readonly reason: string
}

/** One wait for the event. */
export interface Wait {
  readonly dueMs: number
  readonly abort: Abort | null
  readonly timed: boolean
}

/** One event. */
export interface Emission {
  readonly event: EventName
  readonly dueMs: number
  readonly inject: number
  readonly value: string
}

export interface Scenario {
  readonly waits: readonly Wait[]
  readonly emissions: readonly Emission[]
}

export function drive(world: World<CallPolicy>, adapter: CallAdapter, { waits, emissions }: Scenario): void {
  const emitter = watched(world)
  for (const [index, wait] of waits.entries()) {
    const name = clientName(index)
    world.client(name, [step(world, adapter as EventAdapter, emitter, name, wait)])
  }
  const last: Emission = { event: DONE, dueMs: LAST_MS, inject: 0, value: 'fresh' }
  for (const emission of [...emissions, last]) emit(world, emitter, emission)
}

/** An emitter whose listeners are counted, those of the bystander apart. */
function watched(world: World<CallPolicy>): WatchedEmitter {
  let begun = false
  const emitter = world.create(
    () =>
      new WatchedEmitter((event, all) => {
        if (!begun) return
        const count = all - 1
        const op = `${count} ${count === 1 ? 'listener' : 'listeners'} of '${event}'`
        world.record({ type: 'touch', actor: 'emitter', op, detail: { event, count } })
      }),
    `new (await import(${JSON.stringify(MODULE)})).EventEmitter()`,
  )
  for (const event of EVENTS)
    emitter.on(event, (...args) => {
      world.record({ type: 'handler', actor: BYSTANDER, op: event, value: world.note(args[0]) })
    })
  begun = true
  const listens = `subject.on(event, seen('${BYSTANDER}', event))`
  const code = `'${EVENTS.join(' ')}'.split(' ').forEach((event) => ${listens})`
  world.record({ type: 'act', actor: 'world', op: 'a bystander listens', code })
  return emitter
}

function step(
  world: World<CallPolicy>,
  adapter: EventAdapter,
  emitter: WatchedEmitter,
  client: string,
  { dueMs, abort, timed }: Wait,
): Step {
  const name = `signal${client}`
  const controller = abort ? world.signal(name) : undefined
  const stop = () => {
    if (!abort || abort.when === 'never') return
    const { run, ...how } = aborting(world, controller, name, abort.reason)
    if (abort.when !== 'before') {
      world.act(`abort ${name}`, run, { dueMs: world.nowMs + abort.when, inject: abort.inject, ...how })
      return
    }
    world.record({ type: 'act', actor: 'world', op: `abort ${name}`, ...how })
    run()
  }
  if (abort?.when === 'before') stop()
  const options = {
    ...(controller ? { signal: controller.signal } : {}),
    ...(timed ? { timeoutMs: TIMEOUT_MS } : {}),
  }
  const parts = [
    ...(controller ? [`signal: ${name}.signal`] : []),
    ...(timed ? [`timeoutMs: ${TIMEOUT_MS}`] : []),
  ]
  return {
    op: 'next',
    run: () => {
      if (abort?.when !== 'before') stop()
      return adapter.next(emitter, DONE, options)
    },
    dueMs,
    // Where time passes before the client comes, the event may be over, and nobody owes it anything.
    owed: (id) => isOwed(world, id),
    detail: { ...(controller ? { signal: name } : {}), ...(timed ? { timeoutMs: TIMEOUT_MS } : {}) },
    code: `adapter.next(subject, '${DONE}', { ${parts.join(', ')} })`,
  }
}

function isOwed(world: World<CallPolicy>, id: number): boolean {
  const call = world.events.find((event) => event.type === 'call' && event.id === id)!
  const { signal, timeoutMs } = call.detail ?? {}
  return (
    timeoutMs !== undefined ||
    world.events.some(
      ({ type, op, seq }) =>
        type === 'act' && ((op === `emit ${DONE}` && seq > call.seq) || op === `abort ${String(signal)}`),
    )
  )
}

function emit(world: World<CallPolicy>, emitter: WatchedEmitter, emission: Emission): void {
  const { event, dueMs, inject, value: name } = emission
  const live = event === 'error' ? world.reason(name) : world.value(name)
  const value = world.note(live)
  const run = () => {
    try {
      emitter.emit(event, live, 'more')
    } catch (error) {
      world.record({ type: 'host-error', actor: 'emitter', value: world.note(error) })
    }
  }
  const code = `subject.emit('${event}', ${value.text}, 'more')`
  world.act(`emit ${event}`, run, { dueMs, inject, value, code })
}
