import type { DelayPolicy } from '../../properties/delay/contract.js'
import { delay } from '../../properties/delay/protocol.js'
import { answer, call, deadlock, event, history, type Item, idOf, verdict } from '../history-builder.js'

/** The words in which the histories of delays are written. */

/** A client asks for a value after a time. */
export const waits = (client: string, ms: number, value: unknown = 'v', signal?: string): Item =>
  call(client, 'delay', { value: ms, detail: { gives: idOf(value), ...(signal ? { signal } : {}) } })
export const gets = (client: string, value: unknown = 'v'): Item => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown = 'no'): Item => answer(client, 'rejected', reason)
export const throws = (client: string, error: unknown = 'no'): Item => answer(client, 'threw', error)
export const rings: Item = event('timer', 'clock')
export const aborts = (signal: string): Item => event('act', 'world', `abort ${signal}`)
export const timerLeft = (dueMs: number): Item =>
  event('timer-left', 'clock', undefined, { detail: { dueMs } })
export const stuck = deadlock

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies that takes a signal. */
export const judge = (claim: string, steps: Steps, policy: Partial<DelayPolicy> = {}) =>
  verdict(delay, claim, history(...steps), { policy, traits: { abort: true } })
