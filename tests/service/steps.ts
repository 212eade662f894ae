import type { ServicePolicy } from '../../properties/service/contract.js'
import { service } from '../../properties/service/protocol.js'
import {
  answer,
  call,
  event,
  history,
  type Item,
  idOf,
  type More,
  settle,
  start,
  verdict,
} from '../history-builder.js'

/** The words in which the histories of services are written. `node` names a node of a graph. */

const at = (node?: string): More => (node ? { detail: { key: node } } : {})

export const get = (client: string, node?: string) => call(client, 'get', at(node))
export const dispose = (client: string) => call(client, 'dispose')
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)
export const done = (client: string) => answer(client, 'fulfilled', undefined)

export const opens = (node?: string, needs = '') =>
  start('open', node ? { detail: { key: node, needs } } : {})
export const opened = (value: unknown, which = 'open') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown, which = 'open') => settle(which, 'rejected', reason)

export const closes = (value: unknown, node?: string) =>
  start('close', { detail: { resource: idOf(value), ...(node ? { key: node } : {}) } })
export const closed = (which = 'close') => settle(which, 'fulfilled', undefined)
export const notClosed = (reason: unknown, which = 'close') => settle(which, 'rejected', reason)

/** A dispose is rejected with an error that holds others, the outermost first. */
export const hearsBoth = (client: string, error: unknown, suppressed: unknown): readonly Item[] => [
  part(client, 'error', error),
  part(client, 'suppressed', suppressed),
  hears(client, new Error('both')),
]

const part =
  (client: string, op: string, value: unknown): Item =>
  (writer, step) =>
    writer.write(step, { type: 'read', ...writer.opened(client), op }, { value })

/** The figures, as a client reads them. */
export const figures = (client: string, initialized: boolean, initTimeMs: number, accessCount: number) => [
  call(client, 'stats'),
  event('read', client, 'initialized', { value: initialized }),
  event('read', client, 'initTimeMs', { value: initTimeMs }),
  event('read', client, 'accessCount', { value: accessCount }),
  answer(client, 'returned'),
]

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies, with figures and a graph. */
export const judge = (claim: string, steps: Steps, policy: Partial<ServicePolicy> = {}) =>
  verdict(service, claim, history(...steps), { policy, traits: { stats: true, graph: true } })

/** A asks, and gets resource 1. */
export const served: Steps = [
  [get('A'), opens()],
  [opened(1), gets('A', 1)],
]

/** Somebody disposes of resource 1, which is closed well. */
export const disposed: Steps = [
  [dispose('D'), closes(1)],
  [closed(), done('D')],
]
