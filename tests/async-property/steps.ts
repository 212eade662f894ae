import type { AsyncPropertyPolicy } from '../../properties/async-property/contract.js'
import { asyncProperty } from '../../properties/async-property/protocol.js'
import { answer, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of asynchronous properties are written. */

interface Making {
  readonly of?: 'class' | 'subclass' | 'override'
  readonly frozen?: boolean
}

export const makes = (key: string, { of = 'class', frozen = false }: Making = {}) =>
  event('act', 'world', 'make', { value: key, detail: { key, of, frozen } })
export const read = (client: string, key: string, { of = 'class', frozen = false }: Making = {}) =>
  call(client, 'read', { detail: { from: 'load', key, of, frozen } })
export const looks = (client: string, ...meanwhile: readonly Item[]) => [
  call(client, 'prototype'),
  ...meanwhile,
  answer(client, 'returned'),
]
export const loads = (key: string) => start('load', { value: key, detail: { key } })
export const fulfils = (value: unknown, which = 'load') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown, which = 'load') => settle(which, 'rejected', reason)
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a property that can be overridden. */
export const judge = (claim: string, steps: Steps, policy: Partial<AsyncPropertyPolicy> = {}) =>
  verdict(asyncProperty, claim, history(...steps), { policy, traits: { overridable: true } })

/** A reads a. */
export const served: Steps = [
  [read('A', 'a'), loads('a')],
  [fulfils(1), gets('A', 1)],
]
