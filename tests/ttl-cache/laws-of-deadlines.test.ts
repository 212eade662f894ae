import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  ask,
  brings,
  clear,
  fails,
  gets,
  hears,
  hit,
  judge,
  jump,
  loaded,
  type Steps,
  starts,
  timer,
} from './steps.js'

const first = loaded('A', 1)

describe('a-hit-before-the-deadline', () => {
  const claim = 'a-hit-before-the-deadline'

  it('is broken by a load before it', () => {
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 9 })])).toBe('violated')
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 0 })])).toBe('violated')
  })

  it('is kept by an answer out of the cache', () => {
    expect(judge(claim, [...first, ...hit(9, 'B', 1)])).toBe('holds')
    expect(judge(claim, first)).toBe('unexercised')
  })

  it('asks nothing at the deadline and after it', () => {
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 10 })])).toBe('unexercised')
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 11 })])).toBe('unexercised')
  })

  it('counts from whatever is earliest: the other ways to count have laws of their own', () => {
    const slow = loaded('A', 1, { toMs: 5 })
    expect(judge(claim, [...slow, ...loaded('B', 2, { fromMs: 9 })])).toBe('violated')
    expect(judge(claim, [...slow, ...loaded('B', 2, { fromMs: 11 })])).toBe('unexercised')
  })

  it('asks nothing of what was cleared, nor where the clock was set', () => {
    expect(judge(claim, [...first, ...clear(5), ...loaded('B', 2, { fromMs: 6 })])).toBe('unexercised')
    expect(judge(claim, [...first, ...jump(5, 99), ...loaded('B', 2, { fromMs: 6 })])).toBe('unexercised')
  })

  it('asks nothing of a failure, of falsy values, nor of more keys than there is room for', () => {
    const failed: Steps = [
      [ask('A'), starts()],
      [fails('no'), hears('A', 'no')],
    ]
    expect(judge(claim, [...failed, ...loaded('B', 2, { fromMs: 1 })])).toBe('unexercised')
    expect(judge(claim, [...loaded('A', 0), ...loaded('B', 2, { fromMs: 1 })])).toBe('unexercised')
    const crowded = [...first, ...loaded('B', 2, { key: 'b' }), ...loaded('C', 3, { fromMs: 1 })]
    expect(judge(claim, crowded, { capacity: 1 })).toBe('unexercised')
    expect(judge(claim, crowded)).toBe('violated')
  })

  it('knows a clock that counts by larger units', () => {
    const coarse = { resolutionMs: 1000 }
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 9500 })], coarse, 10_000)).toBe('unexercised')
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 8500 })], coarse, 10_000)).toBe('violated')
  })

  it('lets a subject refresh, as long as it answers with what it has', () => {
    const refreshing: Steps = [...first, [at(9), ask('B'), starts(), gets('B', 1)], [brings(2)]]
    expect(judge(claim, refreshing)).toBe('violated')
    expect(judge(claim, refreshing, { refresh: 'ahead' })).toBe('holds')
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 9 })], { refresh: 'ahead' })).toBe('violated')
  })

  it('does not know what a subject has heard that answered nobody yet', () => {
    const late: Steps = [
      [ask('A'), starts()],
      [brings(1)],
      [ask('B'), starts()],
      [gets('A', 1)],
      [brings(2), gets('B', 2)],
    ]
    expect(judge(claim, late)).toBe('unexercised')
  })
})

describe('a-falsy-value-is-kept', () => {
  const claim = 'a-falsy-value-is-kept'

  it('is broken by a load before the deadline', () => {
    for (const value of [undefined, null, 0, '', false, Number.NaN]) {
      expect(judge(claim, [...loaded('A', value), ...loaded('B', value, { fromMs: 1 })])).toBe('violated')
    }
  })

  it('is kept by an answer out of the cache', () => {
    expect(judge(claim, [...loaded('A', undefined), ...hit(1, 'B', undefined)])).toBe('holds')
    expect(judge(claim, [...first, ...hit(1, 'B', 1)])).toBe('unexercised')
  })
})

describe('an-old-deadline-ends-no-newer-life', () => {
  const claim = 'an-old-deadline-ends-no-newer-life'
  const again = [...first, ...clear(5), ...loaded('B', 2, { fromMs: 5 })]

  it('is broken by a load at the deadline of what was cleared', () => {
    expect(judge(claim, [...again, ...loaded('C', 3, { fromMs: 10 })])).toBe('violated')
  })

  it('is kept by the newer value', () => {
    expect(judge(claim, [...again, ...hit(10, 'C', 2)])).toBe('holds')
    expect(judge(claim, [...again, ...hit(9, 'C', 2)])).toBe('unexercised')
    expect(judge('a-hit-before-the-deadline', [...again, ...loaded('C', 3, { fromMs: 10 })])).toBe(
      'unexercised',
    )
  })
})

describe('a-miss-after-the-deadline', () => {
  const claim = 'a-miss-after-the-deadline'

  it('is broken by an answer out of the cache', () => {
    expect(judge(claim, [...first, ...hit(11, 'B', 1)])).toBe('violated')
  })

  it('is kept by a load', () => {
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 11 })])).toBe('holds')
    expect(judge(claim, [...first, ...hit(10, 'B', 1)])).toBe('unexercised')
  })

  it('counts from whatever is latest: the other ways to count have laws of their own', () => {
    expect(judge(claim, [...first, ...hit(5, 'B', 1), ...hit(11, 'C', 1)])).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(5, 'B', 1), ...hit(16, 'C', 1)])).toBe('violated')
  })

  it('lets those who come while a load is under way wait for it', () => {
    const joined: Steps = [
      ...first,
      [at(11), ask('B'), starts()],
      [at(12), ask('C')],
      [brings(2), gets('B', 2), gets('C', 2)],
    ]
    expect(judge(claim, joined)).toBe('holds')
  })

  it('takes a load for under way until somebody has heard of it', () => {
    const unheard: Steps = [
      [ask('A'), starts()],
      [at(20), brings(1), ask('B'), gets('A', 1), gets('B', 1)],
    ]
    expect(judge(claim, unheard, { ttlFrom: 'start' })).toBe('unexercised')
  })

  it('asks for a load in the background where stale values are served', () => {
    const stale: Steps = [...first, [at(11), ask('B'), gets('B', 1), starts()], [brings(2)]]
    expect(judge(claim, stale, { refresh: 'stale' })).toBe('holds')
    expect(judge(claim, [...first, ...hit(11, 'B', 1)], { refresh: 'stale' })).toBe('violated')
  })
})

describe('a-miss-at-the-deadline', () => {
  const claim = 'a-miss-at-the-deadline'

  it('is broken by an answer out of the cache at that instant', () => {
    expect(judge(claim, [...first, ...hit(10, 'B', 1)])).toBe('violated')
    const slow = loaded('A', 1, { toMs: 5 })
    expect(judge(claim, [...slow, ...hit(15, 'B', 1)])).toBe('violated')
    expect(judge(claim, [...slow, ...hit(10, 'B', 1)], { ttlFrom: 'start' })).toBe('violated')
  })

  it('is kept by a load', () => {
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 10 })])).toBe('holds')
    expect(judge(claim, [...first, ...hit(9, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(10, 'B', 1)], { atTtl: 'hit' })).toBe('not-applicable')
  })

  it('excuses a timer that is due at that instant and has not had its turn', () => {
    expect(judge(claim, [...first, ...timer(10), ...hit(10, 'B', 1), ...timer(10)])).toBe('unexercised')
    expect(judge(claim, [...first, ...timer(9), ...hit(10, 'B', 1)])).toBe('violated')
  })

  it('asks nothing of a clock that counts by larger units', () => {
    expect(judge(claim, [...first, ...hit(10_000, 'B', 1)], { resolutionMs: 1000 }, 10_000)).toBe(
      'unexercised',
    )
  })
})

describe('a-hit-at-the-deadline', () => {
  const claim = 'a-hit-at-the-deadline'
  const inclusive = { atTtl: 'hit' } as const

  it('is broken by a load at that instant', () => {
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 10 })], inclusive)).toBe('violated')
  })

  it('is kept by an answer out of the cache', () => {
    expect(judge(claim, [...first, ...hit(10, 'B', 1)], inclusive)).toBe('holds')
    expect(judge(claim, [...first, ...hit(9, 'B', 1)], inclusive)).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(10, 'B', 1)])).toBe('not-applicable')
  })
})
