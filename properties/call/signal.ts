import type { Value, World } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'

/** The name of the signal that a wrapped function gets. */
export const SIGNAL = 'stop'

/**
 * A signal for a wrapped function, whose listeners are counted all the time. It is not one of those that must be without
 * listeners in the end: what is wrapped lives on, and may go on listening for the calls to come.
 */
export function watchedSignal(world: World<CallPolicy>): AbortController {
  const controller = new AbortController()
  const { signal } = controller
  const listening = new Set<unknown>()
  const changed = (change: () => unknown) => {
    const before = listening.size
    change()
    const count = listening.size
    if (count === before) return
    const op = `${count} ${count === 1 ? 'listener' : 'listeners'} of 'abort'`
    world.record({ type: 'touch', actor: SIGNAL, op, detail: { count } })
  }
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (type: string, listener: unknown, options?: unknown) => {
    if (type === 'abort' && listener) changed(() => listening.add(listener))
    add(type, listener as EventListener, options as AddEventListenerOptions)
  }
  signal.removeEventListener = (type: string, listener: unknown, options?: unknown) => {
    if (type === 'abort') changed(() => listening.delete(listener))
    remove(type, listener as EventListener, options as EventListenerOptions)
  }
  world.record({ type: 'signal', actor: SIGNAL })
  return controller
}

/** How to abort: what the signal's reason is then, and the same as JavaScript. */
export function aborting(
  world: World<CallPolicy>,
  controller: AbortController | undefined,
  name: string,
  named: string,
): { readonly run: () => void; readonly value: Value; readonly code: string } {
  const given = world.reason(named)
  // Without a reason the platform makes one; it is made beforehand, so that it can be told from others.
  const { reason } = AbortSignal.abort(given)
  const value = world.note(reason)
  const code = `${name}.abort(${given === undefined ? '' : value.text})`
  return { run: () => controller?.abort(reason), value, code }
}
