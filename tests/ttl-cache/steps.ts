import type { TtlCachePolicy } from '../../properties/ttl-cache/contract.js'
import { ttlCache } from '../../properties/ttl-cache/protocol.js'
import { answer, at, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of caches with expiry are written. Values live for 10 ms unless it is said. */

export type Steps = readonly (readonly Item[])[]

export const ask = (client: string, key = 'a') => call(client, 'get', { detail: { key, from: 'load' } })
export const starts = (key = 'a') => start('load', { detail: { key } })
export const brings = (value: unknown, which = 'load') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown, which = 'load') => settle(which, 'rejected', reason)
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)

/** A get that loads, and is answered with what that brings. */
export const loaded = (
  client: string,
  value: unknown,
  { fromMs = 0, toMs = fromMs, key = 'a' }: { fromMs?: number; toMs?: number; key?: string } = {},
): Steps => [
  [at(fromMs), ask(client, key), starts(key)],
  [at(toMs), brings(value), gets(client, value)],
]

/** A get that is answered at once, and nothing is loaded. */
export const hit = (atMs: number, client: string, value: unknown, key = 'a'): Steps => [
  [at(atMs), ask(client, key), gets(client, value)],
]

export const clear = (atMs: number, key = 'a'): Steps => [
  [at(atMs), call('R', 'clear', { detail: { key } }), answer('R', 'returned')],
]
export const clearAll = (atMs: number): Steps => [[at(atMs), call('R', 'clearAll'), answer('R', 'returned')]]
export const jump = (atMs: number, byMs: number): Steps => [
  [at(atMs), event('act', 'world', 'jump', { detail: { byMs } })],
]
export const timer = (atMs: number): Steps => [
  [at(atMs), event('timer', 'clock', undefined, { detail: { dueMs: atMs } })],
]

/** The verdict of one law on steps, for a subject with these policies that can be cleared. */
export const judge = (
  claim: string,
  steps: Steps,
  policy: Partial<TtlCachePolicy> = {},
  ttlMs: number | string = 10,
) => {
  const begins = event('act', 'world', 'begins', { detail: { ttlMs, epochMs: 0 } })
  const traits = { clear: true, clearAll: true }
  return verdict(ttlCache, claim, history([begins], ...steps), { policy, traits })
}
