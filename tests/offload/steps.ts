import type { OffloadPolicy } from '../../properties/offload/contract.js'
import { offload } from '../../properties/offload/protocol.js'
import {
  answer,
  call,
  deadlock,
  event,
  history,
  type Item,
  settle,
  start,
  verdict,
} from '../history-builder.js'

/** The words in which the histories of worker pools are written. Calls are numbered from 1, and their clients lettered. */

const clientOf = (n: number) => String.fromCharCode(64 + n)

interface Facts {
  readonly pool?: number
  readonly threads?: number
  readonly late?: boolean
  readonly unsendable?: boolean
}

/** The n-th call of a run. */
export const asks = (n: number, op: string, value: unknown = n, facts: Facts = {}) =>
  call(clientOf(n), op, { value, detail: { key: n, pool: 0, threads: 1, late: false, ...facts } })

/** Its work begins, and comes to its end. Works are numbered as they begin. */
export const begins = (n: number) => start('work', { detail: { n, key: n } })
export const ends = (which: number, value: unknown = which) => settle(`work#${which}`, 'fulfilled', value)

/** Its client is answered, or waited for in vain. */
export const gets = (n: number, value: unknown = n) => answer(clientOf(n), 'fulfilled', value)
export const hears = (n: number, reason: unknown) => answer(clientOf(n), 'rejected', reason)
export const isThrown = (n: number, reason: unknown) => answer(clientOf(n), 'threw', reason)
export const waits = (n: number) => deadlock(clientOf(n))

export const opens = (n: number) => event('act', 'world', 'open', { detail: { work: n } })
export const aborts = (n: number, reason: unknown) =>
  event('act', 'world', 'abort', { value: reason, detail: { work: n } })
export const destroys = (pool = 0) => call('owner', 'destroy', { detail: { pool } })
export const isDestroyed = answer('owner', 'fulfilled')
export const reads = (op: string, value: number, threads = 1) =>
  event('read', 'world', op, { value, detail: { pool: 0, threads } })

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a pool with these policies and a `destroy`. */
export const judge = (
  claim: string,
  steps: Steps,
  policy: Partial<OffloadPolicy> = {},
  traits: Readonly<Record<string, boolean>> = { destroy: true },
) => verdict(offload, claim, history(...steps), { policy, traits })

/** One call that is served. */
export const served: Steps = [[asks(1, 'echo'), begins(1), ends(1), gets(1)]]
/** A call whose worker exits, and is told. */
export const exited: Steps = [[asks(1, 'exit')], [begins(1), hears(1, new Error('The worker exited'))]]
