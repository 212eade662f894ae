import { describe, expect, it } from 'vitest'
import type { ThenablePolicy } from '../../properties/thenable/contract.js'
import { thenable } from '../../properties/thenable/protocol.js'
import { answer, call, event, handler, history, type Item, idOf, verdict } from '../history-builder.js'

export type Steps = readonly (readonly Item[])[]

interface Judged {
  readonly broken: Readonly<Record<string, Steps>>
  readonly kept: Readonly<Record<string, Steps>>
  /** Where the antecedent of the law is missing. */
  readonly silent: Readonly<Record<string, Steps>>
  readonly policy?: Partial<ThenablePolicy>
  /** A policy under which the law does not apply. */
  readonly excused?: Partial<ThenablePolicy>
}

/** Tries a law on histories written by hand. */
export function judged(claim: string, { broken, kept, silent, policy = {}, excused }: Judged): void {
  const judge = (steps: Steps) => verdict(thenable, claim, history(...steps), { policy })
  describe(`thenable/${claim}`, () => {
    it.each(Object.entries(broken))('is broken where %s', (_, steps) => {
      expect(judge(steps)).toBe('violated')
    })
    it.each(Object.entries(kept))('is kept where %s', (_, steps) => {
      expect(judge(steps)).toBe('holds')
    })
    it.each(Object.entries(silent))('says nothing where %s', (_, steps) => {
      expect(judge(steps)).toBe('unexercised')
    })
    if (!excused) return
    it('does not apply under another policy', () => {
      const [first] = Object.values(broken)
      expect(verdict(thenable, claim, history(...first!), { policy: excused })).toBe('not-applicable')
    })
  })
}

export const both =
  (...items: readonly Item[]): Item =>
  (writer, step) => {
    for (const item of items) item(writer, step)
  }

interface Reference {
  /** The promise that is settled: by default the one under test. */
  readonly on?: 'd' | 'other'
  /** The name of the promise or thenable that it is resolved with. */
  readonly ref?: string
}

/** `S` settles a promise, and the call returns. */
const settles =
  (op: 'resolve' | 'reject') =>
  (value: unknown, { on = 'd', ref }: Reference = {}): Item =>
    both(
      call('S', op, { value, detail: { on, ...(ref === undefined ? {} : { ref }) } }),
      answer('S', 'returned', undefined),
    )

export const resolves = settles('resolve')
export const rejects = settles('reject')

/** Resolves a promise with the thenable or promise of a name; that name stands for its value too. */
export const locksIn = (ref: string, on: 'd' | 'other' = 'd'): Item => resolves(ref, { on, ref })

type Slot = 'onFulfilled' | 'onRejected'

/** A client subscribes, by default to both outcomes. */
export const subscribes = (
  client: string,
  slots: readonly Slot[] = ['onFulfilled', 'onRejected'],
  more: { readonly inside?: true } = {},
): Item =>
  call(client, 'then', {
    detail: {
      on: 'd',
      onFulfilled: slots.includes('onFulfilled'),
      onRejected: slots.includes('onRejected'),
      ...more,
    },
  })

interface Reply {
  readonly replies?: 'return' | 'throw'
  readonly reply?: unknown
  readonly ref?: string
  readonly busy?: boolean
  readonly bare?: boolean
}

/** A handler of a client's last call runs; it returns 'reply' unless told otherwise. */
const hears =
  (slot: Slot) =>
  (client: string, value: unknown, more: Reply = {}): Item => {
    const { replies = 'return', reply = 'reply', ref, busy = false, bare = true } = more
    const detail = { args: 1, bare, busy, replies, reply: idOf(reply), replyText: String(reply) }
    return handler(client, slot, { value, detail: ref === undefined ? detail : { ...detail, ref } })
  }

export const fulfils = hears('onFulfilled')
export const fails = hears('onRejected')

/** A thenable is touched: `then` is read or called, or it does something with what it was given. */
export const read = (name: string, more: { callable?: boolean } = {}): Item =>
  event('touch', name, 'read', { detail: { callable: more.callable ?? true } })
export const readThrows = (name: string, reason: unknown): Item =>
  event('touch', name, 'read', { value: reason, detail: { throws: true } })
export const asked = (
  name: string,
  {
    self = true,
    functions = true,
    inline = false,
  }: { self?: boolean; functions?: boolean; inline?: boolean } = {},
): Item => event('touch', name, 'then', { detail: { self, functions, inline } })
export const does = (
  name: string,
  deed: 'fulfil' | 'reject' | 'throw' | 'thrown at',
  value: unknown,
  inner?: string,
): Item => event('touch', name, deed, { value, detail: inner === undefined ? {} : { thenable: inner } })

/** A promise of the ring is resolved with the next one. */
export const joinsRing = (index: number): Item =>
  both(
    call('S', 'resolve', { detail: { on: `ring${index}`, ref: `ring${index + 1}`, ring: true } }),
    answer('S', 'returned', undefined),
  )
