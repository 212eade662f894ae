import { describe, expect, it } from 'vitest'
import { at, deadlock } from '../history-builder.js'
import {
  ask,
  clear,
  clearing,
  failedOnce,
  fails,
  fulfils,
  gets,
  judge,
  loads,
  type Steps,
  served,
  uncacheable,
} from './steps.js'

describe('no-load-without-a-get', () => {
  const claim = 'no-load-without-a-get'

  it('is broken by a load that nobody waits for', () => {
    expect(judge(claim, [[loads()]])).toBe('violated')
    expect(judge(claim, [[ask('A'), loads('b')]])).toBe('violated')
    expect(judge(claim, [...served, [loads()]])).toBe('violated')
    expect(judge(claim, [...served, [...clear(), loads()]])).toBe('violated')
  })

  it('is kept by a load for a get, however late it begins', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, [[ask('A')], clear(), [loads()]])).toBe('holds')
    expect(judge(claim, [[ask('A'), ...clear(), gets('A', 'cleared')], [loads()]])).toBe('holds')
    expect(judge(claim, [[ask('A')]])).toBe('unexercised')
  })
})

describe('the-loader-is-given-the-key', () => {
  const claim = 'the-loader-is-given-the-key'

  it('is broken by a key that nobody asked for', () => {
    expect(judge(claim, [[ask('A'), loads(null)]])).toBe('violated')
  })

  it('is kept by the very key', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, [[ask('A')]])).toBe('unexercised')
  })

  it('leaves nothing else to judge where it is broken', () => {
    const twice: Steps = [
      [ask('A'), loads()],
      [ask('B'), loads()],
      [ask('C', 'b'), loads(null)],
    ]
    expect(judge('single-flight', twice)).toBe('unexercised')
  })
})

describe('single-flight', () => {
  const claim = 'single-flight'
  const twice: Steps = [
    [ask('A'), loads()],
    [ask('B'), loads()],
  ]

  it('is broken by a second load of the key beside the first', () => {
    expect(judge(claim, twice)).toBe('violated')
  })

  it('is kept by joining, by other keys, other caches, and by a load after a clear', () => {
    expect(judge(claim, [[ask('A'), loads()], [ask('B')]])).toBe('holds')
    expect(
      judge(claim, [
        [ask('A'), loads()],
        [ask('B', 'b'), loads('b')],
      ]),
    ).toBe('unexercised')
    expect(
      judge(claim, [
        [ask('A'), loads()],
        [ask('B', 'a', 'other'), loads('a', 'other')],
      ]),
    ).toBe('unexercised')
    expect(judge(claim, [[ask('A'), loads()], clear(), [ask('B'), loads()]])).toBe('holds')
  })

  it('says nothing where a clear is under way, or the load may have been asked for before one', () => {
    expect(judge(claim, [[ask('A'), loads()], [clearing], [ask('B'), loads()]])).toBe('holds')
    expect(judge(claim, [[ask('A')], clear(), [loads()], [ask('B'), loads()]])).toBe('holds')
  })

  it('leaves what was disturbed to the laws that say by what', () => {
    expect(judge(claim, [[ask('A'), loads()], clear('b'), [ask('B'), loads()]])).toBe('holds')
  })

  it('says nothing of keys that may be dropped for room, nor of what lies far in the future', () => {
    const crowded: Steps = [[ask('X', 'b'), loads('b')], ...twice]
    expect(judge(claim, crowded, { capacity: 1 })).toBe('holds')
    expect(judge(claim, crowded, { capacity: 2 })).toBe('violated')
    expect(judge(claim, [twice[0]!, [at(3_600_000), ...twice[1]!]])).toBe('unexercised')
  })
})

describe('none-after-a-success', () => {
  const claim = 'none-after-a-success'
  const again: Steps = [...served, [ask('B'), loads()]]

  it('is broken by a further load', () => {
    expect(judge(claim, again)).toBe('violated')
    expect(judge(claim, again, { uncacheable: [2] })).toBe('violated')
  })

  it('is kept by a hit, and by a load after a clear or a failure', () => {
    expect(judge(claim, [...served, [ask('B'), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, [...served, clear(), [ask('B'), loads()]])).toBe('unexercised')
    expect(judge(claim, [...failedOnce, [ask('B'), loads()]])).toBe('unexercised')
  })

  it('says nothing of what need not be kept', () => {
    expect(judge(claim, [uncacheable(1), ...again])).toBe('unexercised')
    expect(judge(claim, [[ask('X', 'b'), loads('b')], ...again], { capacity: 1 })).toBe('unexercised')
    expect(judge(claim, [...served, clear('b'), [ask('B'), loads()]])).toBe('holds')
  })
})

describe('identical-value-for-all', () => {
  const claim = 'identical-value-for-all'
  const given = {}

  it('is broken by a copy, and by a value that was never loaded', () => {
    const copied: Steps = [
      [ask('A'), loads()],
      [fulfils(given), gets('A', {})],
    ]
    expect(judge(claim, copied)).toBe('violated')
    expect(judge(claim, [[ask('A'), gets('A', 1)]])).toBe('violated')
  })

  it('is kept by the very value', () => {
    const both: Steps = [
      [ask('A'), loads()],
      [ask('B')],
      [fulfils(given), gets('A', given), gets('B', given)],
    ]
    expect(judge(claim, both)).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })

  it('says nothing where a load has failed, or another key would explain it', () => {
    expect(judge(claim, [...failedOnce, [ask('B'), gets('B', undefined)]])).toBe('unexercised')
    expect(judge(claim, [...served, [ask('B', 'b'), gets('B', 1)]])).toBe('unexercised')
    const late: Steps = [
      ...failedOnce,
      clear(),
      [ask('B'), loads()],
      [fulfils(2, 'load#2'), gets('B', undefined)],
    ]
    expect(judge(claim, late, { failure: 'swallow' })).toBe('unexercised')
    expect(judge(claim, late)).toBe('violated')
  })
})

describe('an-uncacheable-value-is-loaded-again', () => {
  const claim = 'an-uncacheable-value-is-loaded-again'
  const policy = { uncacheable: [1] }

  it('is broken by a hit', () => {
    expect(judge(claim, [uncacheable(1), ...served, [ask('B'), gets('B', 1)]], policy)).toBe('violated')
  })

  it('is kept by a further load', () => {
    const again: Steps = [uncacheable(1), ...served, [ask('B'), loads()], [fulfils(1), gets('B', 1)]]
    expect(judge(claim, again, policy)).toBe('holds')
    expect(judge(claim, [uncacheable(2), ...served, [ask('B'), gets('B', 1)]], policy)).toBe('unexercised')
    expect(judge(claim, served)).toBe('not-applicable')
  })

  it('says nothing while nobody knows of the value', () => {
    const soon: Steps = [
      uncacheable(1),
      [ask('A'), loads()],
      [fulfils(1), ask('B'), gets('A', 1), gets('B', 1)],
    ]
    expect(judge(claim, soon, policy)).toBe('unexercised')
  })
})

describe('a-load-may-ask-for-another-key', () => {
  const claim = 'a-load-may-ask-for-another-key'
  const asked: Steps = [[ask('A', 'a', 'load', { nested: true }), loads(), ask('B', 'b')]]

  it('is broken where both wait for ever', () => {
    expect(judge(claim, [...asked, [deadlock('A')]])).toBe('violated')
  })

  it('is kept by an answer', () => {
    expect(
      judge(claim, [...asked, [loads('b')], [fulfils(1), gets('B', 1), fulfils(1, 'load#1'), gets('A', 1)]]),
    ).toBe('holds')
    expect(judge(claim, [[ask('A'), loads()], [deadlock('A')]])).toBe('unexercised')
    expect(judge(claim, [[ask('A'), loads()], [fails('no')]])).toBe('unexercised')
  })
})
