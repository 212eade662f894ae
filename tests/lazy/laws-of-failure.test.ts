import { describe, expect, it } from 'vitest'
import { deadlock, type Item } from '../history-builder.js'
import {
  ask,
  failedOnce,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  reset,
  type Steps,
  served,
  starts,
} from './steps.js'

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
