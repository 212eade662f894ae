import type { RetryPolicy } from '../../properties/retry/contract.js'
import { retry } from '../../properties/retry/protocol.js'
import { answer, at, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of retries are written. */

export type Steps = readonly (readonly Item[])[]

type Detail = Readonly<Record<string, string | number | boolean>>

/** A client runs attempts: by default two, with a wait of 20 ms after the first and of 40 ms after the second. */
export const run = (detail: Detail = {}, client = 'A') =>
  call(client, 'run', {
    detail: { source: 'attempt', attempts: '2', baseMs: 20, schedule: '20..20 40..40 80..80', ...detail },
  })
/** The client awaits the same result again. */
export const more = (client = 'A') =>
  call(client, 'await', { detail: { source: 'attempt', attempts: '2', baseMs: 20 } })
export const starts = start('attempt')
export const fails = (reason: unknown = 'no', which = 'attempt') => settle(which, 'rejected', reason)
export const throws = (reason: unknown = 'no') => settle('attempt', 'threw', reason)
export const succeeds = (value: unknown = 1, which = 'attempt') => settle(which, 'fulfilled', value)
export const gets = (value: unknown, client = 'A') => answer(client, 'fulfilled', value)
export const hears = (reason: unknown, client = 'A') => answer(client, 'rejected', reason)
export const aborts = (reason: unknown = 'stop', detail: Detail = {}) =>
  event('act', 'world', 'abort', { value: reason, detail })
export const timer = event('timer', 'clock')
export const asked = (reason: unknown, detail: Detail = {}) =>
  event('handler', 'A', 'shouldRetry', { value: reason, detail })

/** The verdict of one law on steps, for a subject with these policies and a schedule. */
export const judge = (claim: string, steps: Steps, policy: Partial<RetryPolicy> = {}) =>
  verdict(retry, claim, history(...steps), { policy, traits: { schedule: true } })

/** The first attempt fails at once, and the wait behind it ends in time. */
export const failedOnce: Steps = [[run(), starts], [fails('first')], [at(20), timer, starts]]
/** Both attempts fail. */
export const failedTwice = (...end: readonly Item[]): Steps => [...failedOnce, [fails('last'), ...end]]
export const succeededAtOnce: Steps = [
  [run(), starts],
  [succeeds(1), gets(1)],
]
