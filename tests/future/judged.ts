import { describe, expect, it } from 'vitest'
import type { FuturePolicy } from '../../properties/future/contract.js'
import { future } from '../../properties/future/protocol.js'
import { answer, call, handler, history, type Item, settle, start, verdict } from '../history-builder.js'

export type Steps = readonly (readonly Item[])[]

interface Judged {
  readonly broken: Readonly<Record<string, Steps>>
  readonly kept: Readonly<Record<string, Steps>>
  /** Where the antecedent of the law is missing. */
  readonly silent: Steps
  readonly policy?: Partial<FuturePolicy>
  /** Policies or members under which the law does not apply. */
  readonly excused?: { readonly policy?: Partial<FuturePolicy>; readonly without?: string }
}

const ALL = { state: true, result: true, onSettled: true, cancel: true }

/** Tries a law on histories written by hand. */
export function judged(claim: string, { broken, kept, silent, policy = {}, excused }: Judged): void {
  const judge = (steps: Steps) => verdict(future, claim, history(...steps), { policy, traits: ALL })
  describe(`future/${claim}`, () => {
    it.each(Object.entries(broken))('is broken where %s', (_, steps) => {
      expect(judge(steps)).toBe('violated')
    })
    it.each(Object.entries(kept))('is kept where %s', (_, steps) => {
      expect(judge(steps)).toBe('holds')
    })
    it('says nothing without its antecedent', () => {
      expect(judge(silent)).toBe('unexercised')
    })
    for (const { name, context } of excuses(policy, excused)) {
      it(`does not apply to a subject ${name}`, () => {
        expect(verdict(future, claim, history(...silent), context)).toBe('not-applicable')
      })
    }
  })
}

function excuses(
  policy: Partial<FuturePolicy>,
  { policy: other, without }: NonNullable<Judged['excused']> = {},
) {
  const unlike = other && {
    name: 'of another policy',
    context: { policy: { ...policy, ...other }, traits: ALL },
  }
  const lacking = without && {
    name: `without \`${without}\``,
    context: { policy, traits: { ...ALL, [without]: false } },
  }
  return [unlike, lacking].filter((excuse) => typeof excuse === 'object')
}

/** A call that settles the future under test, and returns. */
const settling =
  (op: string) =>
  (client: string, value: unknown): Item =>
    both(call(client, op, { value, detail: { on: 'd' } }), answer(client, 'returned', undefined))

export const resolves = settling('resolve')
export const rejects = settling('reject')
export const cancelsWith = settling('cancel')

/** A cancel without a reason. */
export const cancels = (client: string): Item =>
  both(call(client, 'cancel', { detail: { on: 'd' } }), answer(client, 'returned', undefined))

/** The future under test is resolved with the kit's own thenable of that name. */
export const locks = (client: string, name: string): Item =>
  both(
    call(client, 'resolve', { value: name, detail: { on: 'd', ref: name } }),
    answer(client, 'returned', undefined),
  )

export const inner = start('inner')
export const innerFulfils = (value: unknown): Item => settle('inner', 'fulfilled', value)
export const innerRejects = (reason: unknown): Item => settle('inner', 'rejected', reason)

// Not `then`: a module that exports that is itself a thenable, and importing it never ends.
export const waits = (client: string): Item => call(client, 'then')
export const onSettled = (client: string): Item => call(client, 'onSettled')

export const told = (client: string, outcome: 'fulfilled' | 'rejected', value: unknown): Item =>
  handler(client, outcome === 'fulfilled' ? 'onFulfilled' : 'onRejected', { value, detail: { busy: false } })

export const calledBack = (client: string): Item => handler(client, 'callback', { detail: { busy: false } })

/** A client looks, and is answered in the same turn. */
export const reads = (
  client: string,
  op: 'state' | 'result',
  value: unknown,
  outcome: 'returned' | 'threw' = 'returned',
): Item => both(call(client, op), answer(client, outcome, value))

function both(...items: readonly Item[]): Item {
  return (writer, step) => {
    for (const item of items) item(writer, step)
  }
}
