import type { MemoPolicy } from '../../properties/memo/contract.js'
import { memo } from '../../properties/memo/protocol.js'
import { answer, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of keyed caches are written. The key is `a` and the cache that of `load`, unless said. */

export const ask = (client: string, key = 'a', cache = 'load', more: { nested?: boolean } = {}) =>
  call(client, 'get', { value: key, detail: { cache, key, from: cache, ...more } })
export const loads = (key: string | null = 'a', source = 'load') =>
  start(source, { value: key, detail: { key } })
export const fulfils = (value: unknown, which = 'load') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown, which = 'load') => settle(which, 'rejected', reason)
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)
export const clear = (key = 'a', cache = 'load'): readonly Item[] => [
  call('R', 'clear', { value: key, detail: { cache, key } }),
  answer('R', 'returned'),
]
export const clearAll = (cache = 'load'): readonly Item[] => [
  call('R', 'clearAll', { detail: { cache } }),
  answer('R', 'returned'),
]
/** A clear that is not over at once. */
export const clearing = call('R', 'clear', { value: 'a', detail: { cache: 'load', key: 'a' } })
export const clearedAtLast = answer('R', 'fulfilled')
export const uncacheable = (value: unknown): readonly Item[] => [
  event('act', 'world', 'uncacheable', { value }),
]

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies, a `clear` and a `clearAll`. */
export const judge = (claim: string, steps: Steps, policy: Partial<MemoPolicy> = {}) =>
  verdict(memo, claim, history(...steps), { policy, traits: { clear: true, clearAll: true } })

/** The same for a subject that can clear nothing. */
export const judgePlain = (claim: string, steps: Steps) => verdict(memo, claim, history(...steps))

export const served: Steps = [
  [ask('A'), loads()],
  [fulfils(1), gets('A', 1)],
]
export const failedOnce: Steps = [
  [ask('A'), loads()],
  [fails('no'), hears('A', 'no')],
]
