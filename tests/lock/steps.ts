import type { LockPolicy } from '../../properties/lock/contract.js'
import { lock } from '../../properties/lock/protocol.js'
import type { Outcome } from '../../src/core/index.js'
import { answer, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of locks are written: one permit, and times in ms where they matter. */

export const LIMIT_MS = 50

type Facts = Readonly<Record<string, string | number>>

const all = (...items: readonly Item[]): Item => {
  return (writer, step) => {
    for (const item of items) item(writer, step)
  }
}

/** A client asks for a permit. */
export const asks = (client: string, facts: Facts = {}) =>
  call(client, 'acquire', { detail: { permits: 1, ...facts } })

/** It is given one. */
export const has = (client: string) => answer(client, 'fulfilled', 'permit')

/** It asks and is given one at once. */
export const takes = (client: string, facts: Facts = {}) => all(asks(client, facts), has(client))

/** It is told that it gets none. */
export const leaves = (client: string, reason: unknown = 'no') => answer(client, 'rejected', reason)

/** It gives back what its n-th call got; the answer says how that ends. */
export const gives = (client: string, nth = 1, ends: Outcome = 'returned'): Item => {
  return (writer, step) => {
    const { id = 0 } = writer.opened(`${client}#${nth}`)
    call(client, 'release', { detail: { permits: 1, of: id } })(writer, step)
    answer(client, ends)(writer, step)
  }
}

/** A client asks for a permit with a signal, which may abort. */
export const asksWith = (client: string, facts: Facts = {}) =>
  asks(client, { signal: `signal${client}`, ...facts })
export const aborts = (client: string) => event('act', 'world', `abort signal${client}`)

/** A client runs work. */
export const runs = (client: string, facts: Facts = {}) =>
  call(client, 'run', { detail: { permits: 1, from: `work${client}`, ...facts } })
export const begins = (client: string) => start(`work${client}`)
export const works = (client: string, value: unknown = 1) => settle(`work${client}`, 'fulfilled', value)
export const fails = (client: string, reason: unknown = 'no') => settle(`work${client}`, 'rejected', reason)
export const gets = (client: string, value: unknown = 1) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown = 'no') => answer(client, 'rejected', reason)

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies, and with `acquire` and `run`. */
export const judge = (
  claim: string,
  steps: Steps,
  policy: Partial<LockPolicy> = {},
  traits: Readonly<Record<string, boolean>> = { acquire: true, run: true },
) => verdict(lock, claim, history(...steps), { policy, traits })
