import { describe, expect, it } from 'vitest'
import { answer, deadlock, settle } from '../history-builder.js'
import {
  ask,
  clear,
  failedOnce,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  loads,
  type Steps,
  served,
} from './steps.js'

describe('a-failure-is-not-a-value', () => {
  const claim = 'a-failure-is-not-a-value'

  it('is broken by a value that no load brought', () => {
    expect(
      judge(claim, [
        [ask('A'), loads()],
        [fails('no'), gets('A', undefined)],
      ]),
    ).toBe('violated')
    expect(judge(claim, [...failedOnce, [ask('B'), gets('B', undefined)]])).toBe('violated')
  })

  it('is kept by the value of a load', () => {
    const again: Steps = [...failedOnce, [ask('B'), loads()], [fulfils(2), gets('B', 2)]]
    expect(judge(claim, again)).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, failedOnce, { failure: 'swallow' })).toBe('not-applicable')
  })
})

describe('waiters-get-the-reason', () => {
  const claim = 'waiters-get-the-reason'
  const waiting: Steps = [[ask('A'), loads()], [ask('B')]]

  it('is broken by another reason, and by a value', () => {
    expect(judge(claim, [...waiting, [fails('no'), hears('A', 'no'), hears('B', 'other')]])).toBe('violated')
    expect(judge(claim, [...waiting, [fails('no'), hears('A', 'no'), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by the very reason', () => {
    expect(judge(claim, [...waiting, [fails('no'), hears('A', 'no'), hears('B', 'no')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, failedOnce, { waiters: 'reload' })).toBe('not-applicable')
    expect(judge(claim, failedOnce, { failure: 'swallow' })).toBe('not-applicable')
  })

  it('says nothing where another load may have served, or a clear came in between', () => {
    const beside: Steps = [
      ...waiting,
      [loads()],
      [fulfils(2, 'load#2'), gets('B', 2)],
      [fails('no', 'load#1')],
    ]
    expect(judge(claim, beside)).toBe('unexercised')
    const cleared: Steps = [...waiting, clear(), [fails('no'), hears('A', 'no'), hears('B', 'other')]]
    expect(judge(claim, cleared)).toBe('unexercised')
    const late: Steps = [
      [ask('A'), loads()],
      [fails('no'), ...clear(), hears('A', 'cleared')],
    ]
    expect(judge(claim, late, { clearInFlight: 'reject' })).toBe('holds')
    expect(judge(claim, late)).toBe('violated')
  })
})

describe('waiters-go-on-to-the-next-load', () => {
  const claim = 'waiters-go-on-to-the-next-load'
  const waiting: Steps = [[ask('A'), loads()], [ask('B')], [fails('no'), hears('A', 'no')]]
  const policy = { waiters: 'reload' } as const

  it('is broken by an answer without a further load', () => {
    expect(judge(claim, [...waiting, [hears('B', 'no')]], policy)).toBe('violated')
  })

  it('is kept by a further load', () => {
    expect(judge(claim, [...waiting, [loads()], [fulfils(2), gets('B', 2)]], policy)).toBe('holds')
    expect(judge(claim, failedOnce, policy)).toBe('unexercised')
    expect(judge(claim, failedOnce)).toBe('not-applicable')
    expect(judge(claim, failedOnce, { ...policy, failure: 'cache' })).toBe('not-applicable')
  })
})

describe('retries-after-a-failure', () => {
  const claim = 'retries-after-a-failure'

  it('is broken by the old failure', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), hears('B', 'no')]])).toBe('violated')
  })

  it('is kept by a new load', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), loads()], [fulfils(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
    expect(judge(claim, failedOnce, { failure: 'cache' })).toBe('not-applicable')
  })

  it('says nothing while nobody knows of the failure, or something else is under way', () => {
    const soon: Steps = [
      [ask('A'), loads()],
      [fails('no'), ask('B'), hears('A', 'no'), hears('B', 'no')],
    ]
    expect(judge(claim, soon)).toBe('unexercised')
    const joined: Steps = [
      ...failedOnce,
      [ask('B'), loads()],
      [ask('C')],
      [fulfils(2), gets('B', 2), gets('C', 2)],
    ]
    expect(judge(claim, joined)).toBe('holds')
  })
})

describe('keeps-a-failure', () => {
  const claim = 'keeps-a-failure'
  const policy = { failure: 'cache' } as const

  it('is broken by a further load, and by another answer', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), loads()]], policy)).toBe('violated')
    expect(judge(claim, [...failedOnce, [ask('B'), hears('B', 'other')]], policy)).toBe('violated')
  })

  it('is kept by the same reason, until a clear', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), hears('B', 'no')]], policy)).toBe('holds')
    const cleared: Steps = [...failedOnce, clear(), [ask('B'), loads()], [fulfils(2), gets('B', 2)]]
    expect(judge(claim, cleared, policy)).toBe('holds')
    expect(judge(claim, failedOnce, policy)).toBe('unexercised')
    expect(judge(claim, failedOnce)).toBe('not-applicable')
  })

  it('asks nothing of a throw that is documented to be let through, nor where there is no room', () => {
    const thrown: Steps = [
      [ask('A'), loads(), settle('load', 'threw', 'no'), answer('A', 'threw', 'no')],
      [ask('B'), loads()],
    ]
    expect(judge(claim, thrown, { ...policy, syncThrow: 'throw' })).toBe('unexercised')
    expect(judge(claim, thrown, policy)).toBe('violated')
    const crowded: Steps = [...failedOnce, [ask('X', 'b'), loads('b')], [ask('B'), loads()]]
    expect(judge(claim, crowded, { ...policy, capacity: 1 })).toBe('unexercised')
  })
})

describe('swallows-a-failure', () => {
  const claim = 'swallows-a-failure'
  const policy = { failure: 'swallow' } as const
  const silent: Steps = [
    [ask('A'), loads()],
    [fails('no'), gets('A', undefined)],
  ]

  it('is broken by telling, and by a further load', () => {
    expect(judge(claim, failedOnce, policy)).toBe('violated')
    expect(judge(claim, [...silent, [ask('B'), loads()]], policy)).toBe('violated')
  })

  it('is kept by a value for all, until a clear', () => {
    expect(judge(claim, [...silent, [ask('B'), gets('B', undefined)]], policy)).toBe('holds')
    expect(judge(claim, [...silent, clear(), [ask('B'), loads()]], policy)).toBe('holds')
    expect(judge(claim, served, policy)).toBe('unexercised')
    expect(judge(claim, silent)).toBe('not-applicable')
  })
})

describe('a-waiter-after-a-failure-is-served', () => {
  const claim = 'a-waiter-after-a-failure-is-served'
  const soon: Steps = [
    [ask('A'), loads()],
    [fails('no'), ask('B'), hears('A', 'no')],
  ]

  it('is broken by a client that waits for ever', () => {
    expect(judge(claim, [...soon, [deadlock('B')]])).toBe('violated')
  })

  it('is kept by any answer', () => {
    expect(judge(claim, [...soon, [hears('B', 'no')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, [...soon, [loads()], [deadlock('B')]])).toBe('holds')
  })
})

describe('rejects-only-with-what-a-load-failed-with', () => {
  const claim = 'rejects-only-with-what-a-load-failed-with'

  it('is broken by a rejection of its own', () => {
    expect(judge(claim, [[ask('A'), hears('A', 'bad key')]])).toBe('violated')
    expect(judge(claim, [...served, [ask('B'), answer('B', 'threw', 'bad key')]])).toBe('violated')
    expect(
      judge(claim, [
        [ask('A'), loads()],
        [...clear(), hears('A', 'cleared')],
      ]),
    ).toBe('violated')
  })

  it('is kept where nobody is rejected, or a load has failed, or a clear is documented to do it', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
    const cleared: Steps = [
      [ask('A'), loads()],
      [...clear(), hears('A', 'cleared')],
    ]
    expect(judge(claim, cleared, { clearInFlight: 'reject' })).toBe('holds')
  })
})
