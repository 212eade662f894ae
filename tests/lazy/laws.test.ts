import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LazyPolicy } from '../../properties/lazy/contract.js'
import { lazy } from '../../properties/lazy/protocol.js'
import { answer, call, deadlock, history, type Item, settle, start, verdict } from '../history-builder.js'

const ask = (client: string, reentrant = false) =>
  call(client, 'await', { detail: { from: 'factory', ...(reentrant ? { reentrant } : {}) } })
const starts = start('factory')
const fulfils = (value: unknown, which = 'factory') => settle(which, 'fulfilled', value)
const fails = (reason: unknown, which = 'factory') => settle(which, 'rejected', reason)
const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)
const reset = [call('R', 'reset'), answer('R', 'returned')]

type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject with these policies and a `reset`. */
const judge = (claim: string, steps: Steps, policy: Partial<LazyPolicy> = {}) =>
  verdict(lazy, claim, history(...steps), { policy, traits: { reset: true } })

const served: Steps = [
  [ask('A'), starts],
  [fulfils(1), gets('A', 1)],
]
const failedOnce: Steps = [
  [ask('A'), starts],
  [fails('no'), hears('A', 'no')],
]

describe('nothing-before-the-first-await', () => {
  const claim = 'nothing-before-the-first-await'

  it('is broken by a factory that runs first', () => {
    expect(judge(claim, [[starts], [ask('A')]])).toBe('violated')
    expect(judge(claim, [[starts]])).toBe('violated')
  })

  it('is kept where the await comes first', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, [[ask('A')]])).toBe('unexercised')
    expect(judge(claim, [[starts]], { start: 'eager' })).toBe('not-applicable')
  })
})

describe('starts-at-creation', () => {
  const eager = (steps: Steps) => judge('starts-at-creation', steps, { start: 'eager' })

  it('is broken where the first client has to begin', () => {
    expect(eager(served)).toBe('violated')
  })

  it('is kept by a factory that runs first', () => {
    expect(eager([[starts], [ask('A')], [fulfils(1), gets('A', 1)]])).toBe('holds')
    expect(eager([[starts]])).toBe('unexercised')
    expect(judge('starts-at-creation', served)).toBe('not-applicable')
  })
})

describe('single-flight', () => {
  const claim = 'single-flight'

  it('is broken by a flight that starts while another is under way', () => {
    expect(
      judge(claim, [
        [ask('A'), starts],
        [ask('B'), starts],
      ]),
    ).toBe('violated')
  })

  it('is kept by one flight for two, and by two that follow one another', () => {
    expect(judge(claim, [[ask('A'), starts], [ask('B')], [fulfils(1), gets('A', 1), gets('B', 1)]])).toBe(
      'holds',
    )
    expect(judge(claim, [...failedOnce, [ask('A'), starts], [ask('B')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })

  it('is kept by a second flight after a reset', () => {
    expect(judge(claim, [[ask('A'), starts], [ask('B')], reset, [ask('C'), starts]])).toBe('holds')
  })

  it('is broken by two flights after a reset', () => {
    expect(judge(claim, [reset, [ask('B'), starts], [ask('C'), starts]])).toBe('violated')
  })

  it('does not count a flight that was asked for before the reset and begins after it', () => {
    const late: Steps = [[ask('A')], [ask('B')], reset, [starts], [ask('C'), starts]]
    expect(judge(claim, late)).toBe('holds')
    const twice: Steps = [
      [ask('A')],
      reset,
      [ask('B')],
      [starts],
      reset,
      [starts],
      [ask('C'), starts],
      [ask('D')],
    ]
    expect(judge(claim, twice)).toBe('holds')
  })

  it('does not count a flight that begins in the very turn of a reset', () => {
    expect(judge(claim, [[ask('A'), ...reset, starts], [ask('B'), starts], [ask('C')]])).toBe('holds')
  })
})

describe('none-after-a-success', () => {
  const claim = 'none-after-a-success'

  it('is broken by another flight', () => {
    expect(judge(claim, [...served, [ask('B'), starts]])).toBe('violated')
  })

  it('is kept by an answer without one, and says nothing across a reset', () => {
    expect(judge(claim, [...served, [ask('B'), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, [...served, reset, [ask('B'), starts]])).toBe('unexercised')
  })
})

describe('identical-value-for-all', () => {
  const claim = 'identical-value-for-all'
  const value = {}
  const two = (a: unknown, b: unknown): Steps => [
    [ask('A'), starts],
    [ask('B')],
    [fulfils(value), gets('A', a), gets('B', b)],
  ]

  it('is broken by a copy, for one client or for all', () => {
    const copy = {}
    expect(judge(claim, two(value, {}))).toBe('violated')
    expect(judge(claim, two(copy, copy))).toBe('violated')
    expect(
      judge(claim, [
        [ask('A'), starts],
        [fulfils(0), gets('A', -0)],
      ]),
    ).toBe('violated')
  })

  it('is kept by the very value', () => {
    expect(judge(claim, two(value, value))).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('a-failure-is-not-a-value', () => {
  const claim = 'a-failure-is-not-a-value'

  it('is broken by a fulfilment after nothing but failures', () => {
    expect(
      judge(claim, [
        [ask('A'), starts],
        [fails('no'), gets('A', undefined)],
      ]),
    ).toBe('violated')
    expect(judge(claim, [...failedOnce, [ask('B'), gets('B', undefined)]])).toBe('violated')
  })

  it('is kept by what a later flight gave', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), starts], [fulfils(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('waiters-get-the-reason', () => {
  const claim = 'waiters-get-the-reason'
  const reason = new Error('no')
  const told = (...told: readonly Item[]): Steps => [[ask('A'), starts], [ask('B')], [fails(reason), ...told]]

  it('is broken by another reason, and by a value', () => {
    expect(judge(claim, told(hears('A', reason), hears('B', new Error('no'))))).toBe('violated')
    expect(judge(claim, told(gets('A', undefined)))).toBe('violated')
  })

  it('is kept by the very reason for all', () => {
    expect(judge(claim, told(hears('A', reason), hears('B', reason)))).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, told(), { waiters: 'reload' })).toBe('not-applicable')
  })

  it('lets a client that comes before the failure is known join it', () => {
    const joined: Steps = [
      [ask('A'), starts],
      [fails(reason), ask('B'), starts],
      [hears('A', reason)],
      [fails(new Error('again')), hears('B', reason)],
    ]
    expect(judge(claim, joined)).toBe('holds')
  })

  it('says nothing of a flight that was reset', () => {
    expect(judge(claim, [[ask('A'), starts], reset, [fails(reason), hears('A', 'reset')]])).toBe(
      'unexercised',
    )
  })
})

describe('waiters-go-on-to-the-next-flight', () => {
  const reload = (steps: Steps) => judge('waiters-go-on-to-the-next-flight', steps, { waiters: 'reload' })
  const waiting: Steps = [[ask('A'), starts], [ask('B')]]

  it('is broken by a waiter who is told of the failure', () => {
    expect(reload([...waiting, [fails('no'), hears('A', 'no'), hears('B', 'no')]])).toBe('violated')
  })

  it('is kept by a further flight', () => {
    const further = [fails('no'), hears('A', 'no'), starts]
    expect(reload([...waiting, further, [fulfils(1), gets('B', 1)]])).toBe('holds')
    expect(reload(failedOnce)).toBe('unexercised')
    expect(judge('waiters-go-on-to-the-next-flight', waiting)).toBe('not-applicable')
  })

  it("says nothing of an eager flight, which is nobody's own", () => {
    expect(reload([[starts], [ask('A')], [fails('no'), hears('A', 'no')]])).toBe('holds')
  })
})

describe('retries-after-a-failure', () => {
  const claim = 'retries-after-a-failure'

  it('is broken by an answer without a new attempt', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), hears('B', 'no')]])).toBe('violated')
  })

  it('is kept by a new attempt, or by joining one', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), starts], [fulfils(1), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
    expect(judge(claim, failedOnce, { failure: 'cache' })).toBe('not-applicable')
  })

  it('says nothing while nobody has been told of the failure', () => {
    const early: Steps = [[ask('A'), starts], [fails('no')], [ask('B')], [hears('A', 'no'), hears('B', 'no')]]
    expect(judge(claim, early)).toBe('unexercised')
  })

  it('says nothing where two failures have one reason, since neither is known then', () => {
    const alike: Steps = [[ask('A'), starts], [fails(0)], [ask('B'), starts], [fails(0), hears('A', 0)]]
    expect(judge(claim, [...alike, [ask('C'), hears('C', 0)]])).toBe('unexercised')
  })
})

describe('keeps-a-failure', () => {
  const keep = (steps: Steps) => judge('keeps-a-failure', steps, { failure: 'cache' })

  it('is broken by a new attempt', () => {
    expect(keep([...failedOnce, [ask('B'), starts]])).toBe('violated')
  })

  it('is broken by another reason, and by a value', () => {
    expect(keep([...failedOnce, [ask('B'), hears('B', 'another')]])).toBe('violated')
    expect(keep([...failedOnce, [ask('B'), gets('B', undefined)]])).toBe('violated')
  })

  it('is kept by the same reason, and by an attempt after a reset', () => {
    expect(keep([...failedOnce, [ask('B'), hears('B', 'no')]])).toBe('holds')
    expect(keep([...failedOnce, reset, [ask('B'), starts], [fulfils(1), gets('B', 1)]])).toBe('holds')
    expect(keep(failedOnce)).toBe('unexercised')
    expect(judge('keeps-a-failure', failedOnce)).toBe('not-applicable')
  })
})

describe('a-waiter-after-a-failure-is-served', () => {
  const claim = 'a-waiter-after-a-failure-is-served'
  const lateComer: Steps = [
    [ask('A'), starts],
    [fails('no'), ask('B'), hears('A', 'no')],
  ]

  it('is broken by a client that comes then and waits for ever', () => {
    expect(judge(claim, [...lateComer, [deadlock('B')]])).toBe('violated')
    expect(judge(claim, [...failedOnce, [ask('B')], [deadlock('B')]])).toBe('violated')
  })

  it('is kept by any answer', () => {
    expect(judge(claim, [...lateComer, [hears('B', 'no')]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
  })

  it('says nothing of a client that waited for the flight itself, or has one of its own', () => {
    const early: Steps = [[ask('A'), starts], [ask('B')], [fails('no'), hears('A', 'no')], [deadlock('B')]]
    expect(judge(claim, early)).toBe('unexercised')
    expect(judge(claim, [...lateComer, [starts], [fulfils(1)], [deadlock('B')]])).toBe('holds')
  })
})

describe('reset-forces-a-new-flight', () => {
  const claim = 'reset-forces-a-new-flight'

  it('is broken by an answer without one', () => {
    expect(judge(claim, [...served, reset, [ask('B'), gets('B', 1)]])).toBe('violated')
    expect(judge(claim, [[ask('A'), starts], reset, [ask('B')], [fulfils(1), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by a new flight', () => {
    expect(judge(claim, [...served, reset, [ask('B'), starts], [fulfils(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, [reset, ...served])).toBe('unexercised')
    expect(verdict(lazy, claim, history(...served))).toBe('not-applicable')
  })
})

describe('a-stale-result-is-not-kept', () => {
  const claim = 'a-stale-result-is-not-kept'
  const landed: Steps = [[ask('A'), starts], reset, [fulfils(1), gets('A', 1)]]

  it('is broken by the old value for a new client', () => {
    expect(judge(claim, [...landed, [ask('B'), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by a value of its own, even where it looks the same', () => {
    expect(judge(claim, [...landed, [ask('B'), starts], [fulfils(2, 'factory#2'), gets('B', 2)]])).toBe(
      'holds',
    )
    expect(judge(claim, [...landed, [ask('B'), starts], [fulfils(1, 'factory#2'), gets('B', 1)]])).toBe(
      'holds',
    )
    expect(judge(claim, landed)).toBe('unexercised')
  })
})

describe('an-old-failure-evicts-nothing', () => {
  const claim = 'an-old-failure-evicts-nothing'
  const overtaken: Steps = [
    [ask('A'), starts],
    reset,
    [ask('B'), starts],
    [fails('no', 'factory#1'), hears('A', 'no')],
  ]

  it('is broken by a third flight', () => {
    expect(judge(claim, [...overtaken, [ask('C'), starts]])).toBe('violated')
    expect(judge(claim, [...overtaken, [fulfils(2, 'factory#2'), gets('B', 2)], [ask('C'), starts]])).toBe(
      'violated',
    )
  })

  it('is kept by joining the newer one', () => {
    expect(judge(claim, [...overtaken, [ask('C')], [fulfils(2), gets('B', 2), gets('C', 2)]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
  })

  it('says nothing where the newer one has failed as well', () => {
    const both: Steps = [...overtaken, [fails('nor', 'factory#2'), hears('B', 'nor')], [ask('C'), starts]]
    expect(judge(claim, both)).toBe('holds')
  })
})

describe('re-entry', () => {
  it('a second flight breaks a-synchronous-reentry-starts-no-second-flight', () => {
    const claim = 'a-synchronous-reentry-starts-no-second-flight'
    expect(judge(claim, [[ask('A', true), starts, starts]])).toBe('violated')
    expect(judge(claim, [[ask('A', true), starts, fails('no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, [[ask('A'), starts]])).toBe('unexercised')
  })

  it('a deadlock breaks a-self-await-does-not-hang', () => {
    const claim = 'a-self-await-does-not-hang'
    expect(judge(claim, [[ask('A', true), starts], [deadlock('A')]])).toBe('violated')
    expect(judge(claim, [[ask('A', true), starts, fails('no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, [[ask('A'), starts], [deadlock('A')]])).toBe('unexercised')
  })

  it('is left alone by the laws about other clients', () => {
    const steps: Steps = [
      [ask('A', true), starts, starts],
      [fulfils(1), fails('no', 'factory#1'), gets('A', 1)],
    ]
    for (const claim of ['single-flight', 'waiters-get-the-reason', 'a-failure-is-not-a-value']) {
      expect(judge(claim, steps)).not.toBe('violated')
    }
  })
})

it('has no law that these tests leave out', () => {
  const text = readFileSync(new URL(import.meta.url), 'utf8')
  expect(Object.keys(lazy.laws).filter((claim) => !text.includes(claim))).toEqual([])
})
