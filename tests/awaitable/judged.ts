import { describe, expect, it } from 'vitest'
import type { AwaitablePolicy } from '../../properties/awaitable/contract.js'
import { awaitable } from '../../properties/awaitable/protocol.js'
import {
  answer,
  call,
  event,
  handler,
  history,
  type Item,
  idOf,
  settle,
  start,
  verdict,
} from '../history-builder.js'

export type Steps = readonly (readonly Item[])[]

interface Judged {
  readonly broken: Readonly<Record<string, Steps>>
  readonly kept: Readonly<Record<string, Steps>>
  /** Where the antecedent of the law is missing. */
  readonly silent: Steps
  readonly policy?: Partial<AwaitablePolicy>
  readonly traits?: Readonly<Record<string, boolean>>
  /** A policy under which the law does not apply. */
  readonly excused?: Partial<AwaitablePolicy>
}

/** Tries a law on histories written by hand. */
export function judged(claim: string, { broken, kept, silent, policy, traits, excused }: Judged): void {
  const context = { ...(policy ? { policy } : {}), ...(traits ? { traits } : {}) }
  const judge = (steps: Steps) => verdict(awaitable, claim, history(...steps), context)
  describe(`awaitable/${claim}`, () => {
    it.each(Object.entries(broken))('is broken where %s', (_, steps) => {
      expect(judge(steps)).toBe('violated')
    })
    it.each(Object.entries(kept))('is kept where %s', (_, steps) => {
      expect(judge(steps)).toBe('holds')
    })
    it('says nothing without its antecedent', () => {
      expect(judge(silent)).toBe('unexercised')
    })
    if (!excused) return
    it('does not apply under another policy', () => {
      expect(verdict(awaitable, claim, history(...silent), { policy: excused })).toBe('not-applicable')
    })
  })
}

export const created: Item = event('act', 'world', 'create')
export const task = start('task')
export const fulfils = (value: unknown): Item => settle('task', 'fulfilled', value)
export const rejects = (reason: unknown): Item => settle('task', 'rejected', reason)

/** A client calls `then` with both handlers, or with those named. */
export const chains = (client: string, given = 'both'): Item => call(client, 'then', { detail: { given } })
export const awaits = (client: string, via = 'await'): Item => call(client, via, { detail: { from: 'task' } })

/** A handler is told an outcome, and passes it on. */
export const told = (client: string, outcome: 'fulfilled' | 'rejected', value: unknown): Item =>
  handler(client, outcome === 'fulfilled' ? 'onFulfilled' : 'onRejected', {
    outcome,
    value,
    detail: outcome === 'fulfilled' ? { returns: idOf(value) } : { throws: idOf(value) },
  })

/** A handler that is told a fulfilment, and responds in its own way. */
export const responds = (
  client: string,
  value: unknown,
  detail: NonNullable<Parameters<typeof handler>[2]>['detail'],
): Item => handler(client, 'onFulfilled', { outcome: 'fulfilled', value, ...(detail ? { detail } : {}) })

export { answer, call, event, handler, idOf, settle, start }
