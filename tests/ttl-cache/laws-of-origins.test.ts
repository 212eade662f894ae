import { describe, expect, it } from 'vitest'
import { answer, at } from '../history-builder.js'
import { ask, brings, gets, hit, judge, loaded, type Steps, starts } from './steps.js'

const slow = loaded('A', 1, { toMs: 5 })
const used = [...loaded('A', 1), ...hit(5, 'B', 1)]

describe('counts-from-the-end-of-the-load', () => {
  const claim = 'counts-from-the-end-of-the-load'

  it('is broken by a load before a whole life is over', () => {
    expect(judge(claim, [...slow, ...loaded('B', 2, { fromMs: 10 })])).toBe('violated')
    expect(judge(claim, [...slow, ...loaded('B', 2, { fromMs: 14 })])).toBe('violated')
  })

  it('is broken by what is stale on arrival', () => {
    expect(judge(claim, [...loaded('A', 1, { toMs: 20 }), ...loaded('B', 2, { fromMs: 21 })])).toBe(
      'violated',
    )
  })

  it('is kept by an answer out of the cache', () => {
    expect(judge(claim, [...slow, ...hit(14, 'B', 1)])).toBe('holds')
    expect(judge(claim, [...slow, ...hit(9, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, [...slow, ...loaded('B', 2, { fromMs: 15 })])).toBe('unexercised')
    expect(judge(claim, slow, { ttlFrom: 'start' })).toBe('not-applicable')
  })
})

describe('counts-from-the-start-of-the-load', () => {
  const claim = 'counts-from-the-start-of-the-load'
  const start = { ttlFrom: 'start' } as const

  it('is broken by a hit after that', () => {
    expect(judge(claim, [...slow, ...hit(11, 'B', 1)], start)).toBe('violated')
  })

  it('is kept by a load', () => {
    expect(judge(claim, [...slow, ...loaded('B', 2, { fromMs: 11 })], start)).toBe('holds')
    expect(judge(claim, [...slow, ...hit(10, 'B', 1)], start)).toBe('unexercised')
    expect(judge(claim, slow)).toBe('not-applicable')
  })

  it('counts no later than from where the load began, which may be after the get', () => {
    const late: Steps = [[ask('A')], [at(3), starts()], [at(8), brings(1), gets('A', 1)]]
    expect(judge(claim, [...late, ...hit(12, 'B', 1)], start)).toBe('unexercised')
    expect(judge(claim, [...late, ...hit(14, 'B', 1)], start)).toBe('violated')
  })
})

describe('counts-from-the-last-access', () => {
  const claim = 'counts-from-the-last-access'
  const access = { ttlFrom: 'access' } as const

  it('is broken by a load although it was asked for', () => {
    expect(judge(claim, [...used, ...loaded('C', 2, { fromMs: 14 })], access)).toBe('violated')
  })

  it('is kept by an answer out of the cache', () => {
    expect(judge(claim, [...used, ...hit(14, 'C', 1)], access)).toBe('holds')
    expect(judge(claim, [...used, ...loaded('C', 2, { fromMs: 15 })], access)).toBe('unexercised')
    expect(judge(claim, [...used, ...hit(9, 'C', 1)], access)).toBe('unexercised')
    expect(judge(claim, used)).toBe('not-applicable')
  })
})

describe('a-hit-does-not-prolong-a-life', () => {
  const claim = 'a-hit-does-not-prolong-a-life'

  it('is broken by a hit after the deadline', () => {
    expect(judge(claim, [...used, ...hit(11, 'C', 1)])).toBe('violated')
  })

  it('is kept by a load', () => {
    expect(judge(claim, [...used, ...loaded('C', 2, { fromMs: 11 })])).toBe('holds')
    expect(judge(claim, [...loaded('A', 1), ...loaded('C', 2, { fromMs: 11 })])).toBe('unexercised')
    expect(judge(claim, used, { ttlFrom: 'access' })).toBe('not-applicable')
  })

  it('allows for a subject that takes its time to store', () => {
    const late: Steps = [[ask('A'), starts()], [brings(1)], [at(3), gets('A', 1)]]
    expect(judge(claim, [...late, ...hit(12, 'B', 1), ...hit(13, 'C', 1)])).toBe('unexercised')
  })

  it('counts no get that was answered otherwise', () => {
    const refused: Steps = [[at(5), ask('B'), answer('B', 'rejected', 'busy')]]
    expect(judge(claim, [...loaded('A', 1), ...refused, ...hit(11, 'C', 1)])).toBe('unexercised')
  })
})
