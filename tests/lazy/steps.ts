import type { LazyPolicy } from '../../properties/lazy/contract.js'
import { lazy } from '../../properties/lazy/protocol.js'
import { answer, call, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of lazy values are written. */

export const ask = (client: string, reentrant = false) =>
  call(client, 'await', { detail: { from: 'factory', ...(reentrant ? { reentrant } : {}) } })
export const starts = start('factory')
export const fulfils = (value: unknown, which = 'factory') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown, which = 'factory') => settle(which, 'rejected', reason)
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)
export const reset = [call('R', 'reset'), answer('R', 'returned')]

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies and a `reset`. */
export const judge = (claim: string, steps: Steps, policy: Partial<LazyPolicy> = {}) =>
  verdict(lazy, claim, history(...steps), { policy, traits: { reset: true } })

export const served: Steps = [
  [ask('A'), starts],
  [fulfils(1), gets('A', 1)],
]
export const failedOnce: Steps = [
  [ask('A'), starts],
  [fails('no'), hears('A', 'no')],
]
