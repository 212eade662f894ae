import type { CancellablePolicy } from '../../properties/cancellable/contract.js'
import { cancellable } from '../../properties/cancellable/protocol.js'
import { answer, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of cancellables are written. */

/** A client asks for a task of its own, under a signal. */
export const runs = (client: string, signal = 's'): Item =>
  call(client, 'run', { detail: { task: `task${client}`, signal } })
/** A client joins the flight that all share. */
export const joins = (client: string, signal?: string): Item =>
  call(client, 'join', { detail: { task: 'task', ...(signal ? { signal } : {}) } })

/** How a flight begins: whether it heeds its signal, whether it is handed one, and what it would come to. */
interface Flight {
  readonly heeds?: boolean
  readonly signal?: boolean
  readonly planned?: 'fulfil' | 'reject'
}
export const begins = (task: string, { heeds = false, signal = true, planned = 'fulfil' }: Flight = {}) =>
  start(task, { detail: { abortable: heeds, signal, planned } })
export const fulfils = (task: string, value: unknown = 'v'): Item => settle(task, 'fulfilled', value)
export const fails = (task: string, reason: unknown = 'no'): Item => settle(task, 'rejected', reason)
export const gets = (client: string, value: unknown = 'v'): Item => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown = 'why'): Item => answer(client, 'rejected', reason)
export const aborts = (signal = 's', value: unknown = 'why'): Item =>
  event('act', 'world', `abort ${signal}`, { value })
export const looks = (client: string): Item => call(client, 'look')
export const rings: Item = event('timer', 'clock')
export const leaks = (value: unknown): Item => event('unhandled-rejection', 'world', undefined, { value })

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies that has shared flights. */
export const judge = (
  claim: string,
  steps: Steps,
  policy: Partial<CancellablePolicy> = {},
  traits: Readonly<Record<string, boolean>> = { shared: true, reruns: false },
) => verdict(cancellable, claim, history(...steps), { policy, traits })

/** A run under way, and what comes of it. */
export const underWay = (...then: readonly (readonly Item[])[]): Steps => [
  [runs('A'), begins('taskA')],
  ...then,
]
