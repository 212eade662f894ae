import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { ask, brings, gets, hit, judge, jump, loaded, type Steps, starts } from './steps.js'

const first = loaded('A', 1)

describe('a-jump-changes-nothing', () => {
  const claim = 'a-jump-changes-nothing'
  const monotonic = { clock: 'monotonic' } as const

  it('is broken by a value that a jump ahead ends', () => {
    expect(judge(claim, [...first, ...jump(1, 50), ...loaded('B', 2, { fromMs: 2 })], monotonic)).toBe(
      'violated',
    )
  })

  it('is broken by a value that a jump back keeps', () => {
    expect(judge(claim, [...first, ...jump(1, -50), ...hit(20, 'B', 1)], monotonic)).toBe('violated')
  })

  it('is kept by what lives its time', () => {
    expect(judge(claim, [...first, ...jump(1, 50), ...hit(9, 'B', 1)], monotonic)).toBe('holds')
    expect(judge(claim, [...first, ...jump(1, -50), ...loaded('B', 2, { fromMs: 11 })], monotonic)).toBe(
      'holds',
    )
    expect(judge(claim, [...first, ...hit(9, 'B', 1)], monotonic)).toBe('unexercised')
    expect(judge(claim, first)).toBe('not-applicable')
  })
})

describe('a-jump-ahead-ends-a-life', () => {
  const claim = 'a-jump-ahead-ends-a-life'

  it('is broken by an answer out of the cache', () => {
    expect(judge(claim, [...first, ...jump(1, 50), ...hit(2, 'B', 1)])).toBe('violated')
  })

  it('is kept by a load', () => {
    expect(judge(claim, [...first, ...jump(1, 50), ...loaded('B', 2, { fromMs: 2 })])).toBe('holds')
    expect(judge(claim, [...first, ...jump(1, 5), ...hit(2, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, first, { clock: 'monotonic' })).toBe('not-applicable')
  })

  it('asks nothing after a jump back, nor after one while it was loading', () => {
    expect(judge(claim, [...first, ...jump(1, -5), ...jump(1, 50), ...hit(2, 'B', 1)])).toBe('unexercised')
    const during: Steps = [[ask('A'), starts()], ...jump(1, 50), [at(2), brings(1), gets('A', 1)]]
    expect(judge(claim, [...during, ...hit(3, 'B', 1)])).toBe('unexercised')
  })
})
