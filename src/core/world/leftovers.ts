import type { Host } from '../host.js'
import type { GlobalWatch } from './globals.js'
import type { World } from './world.js'

/** Writes down what the subject left behind once everything has settled. */
export function observeLeftovers(world: World, host: Host, globals: GlobalWatch): void {
  for (const name of globals.look())
    world.record({ type: 'global-changed', actor: 'world', detail: { name } })
  if (world.unanswered) return
  for (const dueMs of world.clock.left())
    world.record({ type: 'timer-left', actor: 'clock', detail: { dueMs } })
  for (const { name, signal } of world.signals) {
    // An aborted signal never fires again and goes with its controller; a listener on it holds nothing.
    const count = signal.aborted ? 0 : (host.abortListeners?.(signal) ?? 0)
    if (count > 0) world.record({ type: 'listener-left', actor: name, detail: { count } })
  }
}
