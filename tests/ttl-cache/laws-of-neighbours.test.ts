import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { ask, brings, clear, fails, gets, hears, hit, judge, loaded, type Steps, starts } from './steps.js'

const first = loaded('A', 1)
const expired: Steps = [...first, [at(11), ask('B'), starts()]]

describe('keys-expire-independently', () => {
  const claim = 'keys-expire-independently'
  const older = loaded('B', 2, { key: 'b' })
  const younger = loaded('B', 2, { key: 'b', fromMs: 5 })

  it('is broken by a key that ends with another', () => {
    const both = [...older, ...loaded('A', 1, { fromMs: 5 })]
    expect(judge(claim, [...both, ...loaded('C', 3, { fromMs: 10 })])).toBe('violated')
    expect(judge(claim, [...first, ...older, ...clear(3, 'b'), ...loaded('C', 3, { fromMs: 4 })])).toBe(
      'violated',
    )
  })

  it('is broken by a key that lives on with another', () => {
    expect(judge(claim, [...first, ...younger, ...hit(11, 'C', 1)])).toBe('violated')
  })

  it('is kept by keys that mind their own time', () => {
    expect(judge(claim, [...first, ...younger, ...loaded('C', 3, { fromMs: 11 })])).toBe('holds')
    expect(judge(claim, [...older, ...loaded('A', 1, { fromMs: 5 }), ...hit(10, 'C', 1)])).toBe('holds')
    expect(judge(claim, [...first, ...hit(5, 'C', 1)])).toBe('unexercised')
    expect(judge(claim, first, { keyed: false })).toBe('not-applicable')
  })
})

describe('one-load-when-it-expires', () => {
  const claim = 'one-load-when-it-expires'

  it('is broken by a second load beside the first', () => {
    expect(judge(claim, [...expired, [ask('C'), starts()]])).toBe('violated')
  })

  it('is kept by those who wait for the first', () => {
    const joined: Steps = [...expired, [ask('C')], [brings(2), gets('B', 2), gets('C', 2)]]
    expect(judge(claim, joined)).toBe('holds')
    expect(judge(claim, [...first, ...hit(5, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, joined, { refresh: 'ahead' })).toBe('not-applicable')
  })

  it('leaves the very first load to the laws of a cache without expiry', () => {
    expect(
      judge(claim, [
        [ask('A'), starts()],
        [ask('B'), starts()],
      ]),
    ).toBe('unexercised')
  })

  it('allows another one after a clear, and after a load has outlasted its own time', () => {
    expect(judge(claim, [...expired, ...clear(12), [ask('C'), starts()]])).toBe('holds')
    const outlasted: Steps = [...expired, [at(21), ask('C'), starts()]]
    expect(judge(claim, outlasted)).toBe('violated')
    expect(judge(claim, outlasted, { ttlFrom: 'start' })).toBe('holds')
  })
})

describe('a-failed-reload-is-told', () => {
  const claim = 'a-failed-reload-is-told'

  it('is broken by the expired value', () => {
    expect(judge(claim, [...expired, [fails('no'), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by the reason, and by a further load', () => {
    expect(judge(claim, [...expired, [fails('no'), hears('B', 'no')]])).toBe('holds')
    expect(judge(claim, [...expired, [fails('no'), starts()], [brings(2), gets('B', 2)]])).toBe('unexercised')
    expect(judge(claim, [...expired, [brings(2), gets('B', 2)]])).toBe('unexercised')
    expect(judge(claim, expired, { failure: 'swallow' })).toBe('not-applicable')
  })
})
