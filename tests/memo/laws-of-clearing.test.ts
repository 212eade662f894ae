import { describe, expect, it } from 'vitest'
import { answer, call } from '../history-builder.js'
import {
  ask,
  clear,
  clearAll,
  clearedAtLast,
  clearing,
  failedOnce,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  judgePlain,
  loads,
  type Steps,
  served,
} from './steps.js'

describe.each([
  { claim: 'clear-forces-a-reload', cleared: clear(), other: clearAll() },
  { claim: 'clear-all-forces-a-reload', cleared: clearAll(), other: clear() },
])('$claim', ({ claim, cleared, other }) => {
  const underWay: Steps = [[ask('A'), loads()], cleared, [ask('B')], [fulfils(1), gets('A', 1), gets('B', 1)]]

  it('is broken by an answer without a load', () => {
    expect(judge(claim, [...served, cleared, [ask('B'), gets('B', 1)]])).toBe('violated')
    expect(judge(claim, underWay)).toBe('violated')
  })

  it('is kept by a new load', () => {
    expect(judge(claim, [...served, cleared, [ask('B'), loads()], [fulfils(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, [...served, other, [ask('B'), gets('B', 1)]])).toBe('unexercised')
    expect(judge(claim, [cleared, ...served])).toBe('unexercised')
    expect(judgePlain(claim, served)).toBe('not-applicable')
  })

  it('leaves alone what is documented to be joined, or rejected by a further clear', () => {
    expect(judge(claim, underWay, { clearInFlight: 'join' })).toBe('holds')
    expect(judge(claim, [...served, cleared, [ask('B'), gets('B', 1)]], { clearInFlight: 'join' })).toBe(
      'violated',
    )
    const twice: Steps = [...served, cleared, [ask('B'), ...cleared, hears('B', 'cleared')]]
    expect(judge(claim, twice, { clearInFlight: 'reject' })).toBe('holds')
  })
})

describe('clear-forces-a-reload, by promise', () => {
  it('counts from the end of the clear, if it did not fail', () => {
    const slow: Steps = [...served, [clearing], [ask('B'), gets('B', 1)], [clearedAtLast]]
    expect(judge('clear-forces-a-reload', slow)).toBe('unexercised')
    const failing: Steps = [...served, [clearing, answer('R', 'rejected', 'no')], [ask('B'), gets('B', 1)]]
    expect(judge('clear-forces-a-reload', failing)).toBe('unexercised')
  })
})

describe('a-clear-touches-its-key-alone', () => {
  const claim = 'a-clear-touches-its-key-alone'

  it('is broken by a load of another key', () => {
    expect(judge(claim, [...served, clear('b'), [ask('B'), loads()]])).toBe('violated')
    expect(judge(claim, [[ask('A'), loads()], clear('b'), [ask('B'), loads()]])).toBe('violated')
  })

  it('is kept by a hit', () => {
    expect(judge(claim, [...served, clear('b'), [ask('B'), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, [...served, clear('b', 'other'), [ask('B'), loads()]])).toBe('unexercised')
    expect(judge(claim, [...served, clear('b'), clear(), [ask('B'), loads()]])).toBe('holds')
    expect(judge(claim, [...served, clear(), [ask('B'), loads()]])).toBe('unexercised')
    expect(judgePlain(claim, served)).toBe('not-applicable')
  })
})

describe('a-stale-result-is-not-kept', () => {
  const claim = 'a-stale-result-is-not-kept'
  const landed: Steps = [[ask('A'), loads()], clear(), [fulfils(1), gets('A', 1)]]

  it('is broken by the old value for a new client', () => {
    expect(judge(claim, [...landed, [ask('B'), gets('B', 1)]])).toBe('violated')
    expect(judge(claim, [[ask('A'), loads()], clearAll(), [fulfils(1)], [ask('B'), gets('B', 1)]])).toBe(
      'violated',
    )
  })

  it('is kept by a value of its own, even where it looks the same', () => {
    expect(judge(claim, [...landed, [ask('B'), loads()], [fulfils(1), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, [...landed, [ask('B'), loads()], [fulfils(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, landed)).toBe('unexercised')
    expect(judge(claim, landed, { clearInFlight: 'join' })).toBe('not-applicable')
    expect(judgePlain(claim, landed)).toBe('not-applicable')
  })

  it('says nothing of those who come while the clear is under way', () => {
    const slow: Steps = [
      [ask('A'), loads()],
      [clearing],
      [fulfils(1), gets('A', 1)],
      [ask('B'), gets('B', 1)],
    ]
    expect(judge(claim, [...slow, [clearedAtLast]])).toBe('unexercised')
  })
})

describe('an-old-failure-evicts-nothing', () => {
  const claim = 'an-old-failure-evicts-nothing'
  const overtaken: Steps = [
    [ask('A'), loads()],
    clear(),
    [ask('B'), loads()],
    [fails('no', 'load#1'), hears('A', 'no')],
  ]

  it('is broken by a third load', () => {
    expect(judge(claim, [...overtaken, [ask('C'), loads()]])).toBe('violated')
    expect(judge(claim, [...overtaken, [fulfils(2, 'load#2'), gets('B', 2)], [ask('C'), loads()]])).toBe(
      'violated',
    )
  })

  it('is broken by what is tidied away too late', () => {
    const late: Steps = [
      [ask('A'), loads()],
      clear(),
      [fails('no'), hears('A', 'no'), ask('B'), loads()],
      [ask('C'), loads()],
    ]
    expect(judge(claim, late)).toBe('violated')
    expect(judge('single-flight', late)).toBe('holds')
  })

  it('is kept by joining the newer one', () => {
    expect(judge(claim, [...overtaken, [ask('C')], [fulfils(2), gets('B', 2), gets('C', 2)]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
    expect(judge(claim, overtaken, { clearInFlight: 'join' })).toBe('not-applicable')
  })

  it('says nothing where the newer one has failed as well', () => {
    const both: Steps = [...overtaken, [fails('nor', 'load#2'), hears('B', 'nor')], [ask('C'), loads()]]
    expect(judge(claim, both)).toBe('holds')
  })
})

describe('a-clear-in-flight-keeps-the-load', () => {
  const claim = 'a-clear-in-flight-keeps-the-load'
  const policy = { clearInFlight: 'join' } as const

  it('is broken by a second load', () => {
    expect(judge(claim, [[ask('A'), loads()], clear(), [ask('B'), loads()]], policy)).toBe('violated')
  })

  it('is kept by joining', () => {
    expect(judge(claim, [[ask('A'), loads()], clear(), [ask('B')]], policy)).toBe('holds')
    expect(judge(claim, served, policy)).toBe('unexercised')
    expect(judge(claim, served)).toBe('not-applicable')
  })
})

describe('a-clear-in-flight-rejects-its-callers', () => {
  const claim = 'a-clear-in-flight-rejects-its-callers'
  const policy = { clearInFlight: 'reject' } as const

  it('is broken by serving them', () => {
    expect(judge(claim, [[ask('A'), loads()], clear(), [fulfils(1), gets('A', 1)]], policy)).toBe('violated')
  })

  it('is kept by any rejection', () => {
    expect(
      judge(
        claim,
        [
          [ask('A'), loads()],
          [...clear(), hears('A', 'cleared')],
        ],
        policy,
      ),
    ).toBe('holds')
    expect(judge(claim, served, policy)).toBe('unexercised')
    expect(judge(claim, served)).toBe('not-applicable')
  })

  it('says nothing where the load has ended before the clear was over', () => {
    const landed: Steps = [
      [ask('A'), loads()],
      [fulfils(1), ...clear(), gets('A', 1)],
    ]
    expect(judge(claim, landed, policy)).toBe('unexercised')
    const meanwhile: Steps = [[ask('A'), loads()], [clearing], [fulfils(1)], [clearedAtLast, gets('A', 1)]]
    expect(judge(claim, meanwhile, policy)).toBe('unexercised')
  })
})

describe('a-clear-succeeds', () => {
  const claim = 'a-clear-succeeds'

  it('is broken by a throw and by a rejection', () => {
    expect(judge(claim, [[clearing, answer('R', 'threw', 'no')]])).toBe('violated')
    expect(
      judge(claim, [[call('R', 'clearAll', { detail: { cache: 'load' } }), answer('R', 'rejected', 'no')]]),
    ).toBe('violated')
  })

  it('is kept by any other answer', () => {
    expect(judge(claim, [clear()])).toBe('holds')
    expect(judge(claim, [[clearing], [clearedAtLast]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judgePlain(claim, [clear()])).toBe('not-applicable')
  })
})
