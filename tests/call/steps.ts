import type { CallPolicy } from '../../properties/call/contract.js'
import { call as protocol } from '../../properties/call/protocol.js'
import { answer, at, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of wrapped functions and of waits are written. The wait is 100 ms. */

export const WAIT_MS = 100

/** A client calls, with its own name as the argument. */
export const calls = (client: string, args = `'${client}'`) =>
  call(client, 'call', { value: client, detail: { waitMs: WAIT_MS, args } })

/** The function runs with the arguments of a client. */
export const runs = (client: string, args = `'${client}'`) => start('fn', { value: client, detail: { args } })
export const fulfils = (value: unknown, which = 'fn') => settle(which, 'fulfilled', value)
export const rejects = (reason: unknown, which = 'fn') => settle(which, 'rejected', reason)
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)

/** The signal that everybody shares aborts. */
export const aborts = (reason: unknown = 'stop') => event('act', 'world', 'abort', { value: reason })

/** A client waits for the event, with a signal of its own or with a time-out where that is said. */
export const waits = (client: string, facts: Readonly<Record<string, string | number>> = {}) =>
  call(client, 'next', { detail: facts })
export const waitsWith = (client: string) => waits(client, { signal: `signal${client}` })
export const emits = (name: string, value?: unknown) => event('act', 'world', `emit ${name}`, { value })
export const heard = (name: string) => event('handler', 'bystander', name)
export const stops = (client: string, reason: unknown = 'stop') =>
  event('act', 'world', `abort signal${client}`, { value: reason })
export const listeners = (count: number, name = 'done') =>
  event('touch', 'emitter', `${count} listeners`, { detail: { event: name, count } })

export type Steps = readonly (readonly Item[])[]
type Kind = 'debounce' | 'throttle' | 'timeout' | 'event'

/** What judges steps by one law, for a subject of a kind with these policies. */
export const judging =
  (kind: Kind) =>
  (claim: string, steps: Steps, policy: Partial<CallPolicy> = {}) =>
    verdict(protocol, claim, history(...steps), { policy, traits: { [kind]: true } })

/** One call, one run, one answer. */
export const alone: Steps = [[calls('A')], [at(100), runs('A')], [fulfils(1), gets('A', 1)]]
/** Two calls of one batch, and their run. */
export const pair: Steps = [
  [calls('A')],
  [at(40), calls('B')],
  [at(140), runs('B')],
  [fulfils(1), gets('A', 1), gets('B', 1)],
]
