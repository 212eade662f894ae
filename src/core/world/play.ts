import type { Host } from '../host.js'
import { Action } from './action.js'
import { AdapterError } from './clients.js'
import type { GlobalWatch } from './globals.js'
import { observeLeftovers } from './leftovers.js'
import type { World } from './world.js'

/** Where the loop needs the machine: `drain` the microtasks, or let real `turns` pass to be sure nothing moves. */
export type Need = 'drain' | 'turns'

/** How often in a row time may pass before what is due: a subject with a timer that recurs would put it off for ever. */
const PATIENCE = 32

/** What every run of a check shares. */
export interface Surroundings {
  readonly host: Host
  readonly globals: GlobalWatch
  /** Whether an answer that does not come may only be late. */
  readonly patient: boolean
}

/**
 * Plays one run to its end. Written once as a generator, so that a synchronous and an asynchronous driver can both
 * run it; it yields wherever microtasks must be drained.
 */
export function* play(
  world: World,
  surroundings: Surroundings,
  setUp: () => void,
): Generator<Need, void, void> {
  guarded(world, setUp)
  yield 'drain'
  let confirmed = -1
  let putOff = 0
  while (world.fatal === undefined && !world.cutShort) {
    const enabled = enabledActions(world, putOff < PATIENCE)
    if (enabled.length === 0) {
      // A subject may wait for a channel or for real I/O that the drain cannot see: ask the event loop before
      // calling it a deadlock, and ask again only if something moved.
      if (!world.waiting() || confirmed === world.events.length) break
      confirmed = world.events.length
      yield 'turns'
      continue
    }
    if (++world.step > world.maxSteps) {
      world.cutShort = true
      world.record({ type: 'bound', actor: 'world', detail: { steps: world.maxSteps } })
      return
    }
    perform(world, enabled)
    if (world.choices.redundant) return
    putOff = world.owner === 'clock' && enabled.length > 1 ? putOff + 1 : 0
    yield 'drain'
  }
  if (world.opening) world.fatal ??= new AdapterError('`create` promised the subject and never gave it')
  if (world.fatal !== undefined || world.cutShort) return
  for (const id of world.owedIds()) {
    const call = world.events.find((event) => event.type === 'call' && event.id === id)
    // In real time nobody can know that nothing more will come: that is for the protocol's own laws to judge.
    const detail = surroundings.patient ? { patient: true } : undefined
    world.record({ type: 'deadlock', actor: call?.actor ?? 'world', op: call?.op, id, detail })
  }
  yield* close(world, surroundings)
}

/** Actions due now, first-in-first-out, and last the passing of time, if anything waits for that and what is due may. */
function enabledActions(world: World, mayPutOff: boolean): Action[] {
  const now = world.nowMs
  const enabled: Action[] = []
  let nextActionMs = Number.POSITIVE_INFINITY
  for (const action of world.actions) {
    if (action.dueMs <= now) enabled.push(action)
    else if (action.dueMs < nextActionMs) nextActionMs = action.dueMs
  }
  if (enabled.length > 0 && !mayPutOff) return enabled
  const nextTimerMs = world.clock.nextDueMs()
  // A timer nobody waits for need not fire: the run is over, and what is left of it is a matter for hygiene.
  const timerMatters = nextTimerMs < Infinity && (world.actions.length > 0 || world.waiting())
  if (timerMatters && nextTimerMs <= nextActionMs) {
    enabled.push(passing(() => fireTimer(world)))
  } else if (nextActionMs < Infinity) {
    enabled.push(passing(() => world.clock.passTo(nextActionMs)))
  }
  return enabled
}

const passing = (run: () => void): Action => new Action(run, { dueMs: 0, owner: 'clock', words: 'time' })

function perform(world: World, enabled: readonly Action[]): void {
  const pick = world.choices.next(enabled)
  if (world.choices.redundant) return
  const action = enabled[pick]!
  world.drop(action)
  const follower = enabled[pick === 0 ? 1 : 0]
  const depth = follower ? depthOf(world, follower) : 0
  if (follower && depth > 0) {
    world.drop(follower)
    microtasksLater(depth, () => {
      world.injected = depth
      world.owner = follower.owner
      guarded(world, follower.run)
      world.injected = 0
    })
  }
  world.owner = action.owner
  guarded(world, action.run)
}

/** How many microtasks into the drain the next action goes: as the scenario says, or as the schedule chooses. */
function depthOf(world: World, { inject, owner }: Action): number {
  return inject > 0 || owner === 'clock' ? inject : world.choices.injection(world.injection)
}

function microtasksLater(count: number, run: () => void): void {
  if (count === 0) run()
  else queueMicrotask(() => microtasksLater(count - 1, run))
}

function fireTimer(world: World): void {
  world.record({ type: 'timer', actor: 'clock', detail: { dueMs: world.clock.nextDueMs() } })
  const event = world.events.length - 1
  try {
    world.clock.fireNext()
  } catch (error) {
    world.record({ type: 'host-error', actor: 'clock', value: world.note(error) })
  }
  // Firing moved the clock: the event happened at the new time.
  world.events[event] = { ...world.events[event]!, timeMs: world.nowMs }
}

/** Lets the subject reach its last deadline, then looks at what it left behind. */
function* close(world: World, { host, globals }: Surroundings): Generator<Need, void, void> {
  world.step++
  world.handleKept()
  yield 'drain'
  // A timer set with no delay lands 1 ms later: a chain of such turns is not a leak.
  const graceEndsMs = world.nowMs + world.graceMs
  const soonMs = () => Math.max(graceEndsMs, world.nowMs + 1)
  for (let fired = 0; world.clock.nextDueMs() <= soonMs() && fired < world.maxSteps; fired++) {
    fireTimer(world)
    yield 'drain'
  }
  observeLeftovers(world, host, globals)
}

function guarded(world: World, run: () => void): void {
  try {
    run()
  } catch (error) {
    world.fatal ??= error ?? new Error('the drive threw nothing')
  }
}
