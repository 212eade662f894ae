import { describe, expect, it } from 'vitest'
import { at, start } from '../history-builder.js'
import { ask, brings, gets, hit, judge, loaded, type Steps, starts, timer } from './steps.js'

const first = loaded('A', 1)

describe('no-load-without-a-get', () => {
  const claim = 'no-load-without-a-get'

  it('is broken by a load that nobody waits for', () => {
    expect(judge(claim, [...first, ...timer(10), [starts()]])).toBe('violated')
    expect(judge(claim, [[starts()]])).toBe('violated')
    expect(judge(claim, [[ask('A'), starts('b')]])).toBe('violated')
  })

  it('is kept by loads of those who ask', () => {
    expect(judge(claim, first)).toBe('holds')
    expect(judge(claim, [[ask('A'), start('load', { detail: { key: null } })]])).toBe('holds')
    expect(judge(claim, hit(0, 'A', 1))).toBe('unexercised')
    expect(judge(claim, first, { refresh: 'ahead' })).toBe('not-applicable')
  })
})

describe('refreshes-ahead-of-the-deadline', () => {
  const claim = 'refreshes-ahead-of-the-deadline'
  const ahead = { refresh: 'ahead' } as const

  it('is broken by a hit in the last moment that loads nothing', () => {
    expect(judge(claim, [...first, ...hit(9, 'B', 1)], ahead)).toBe('violated')
  })

  it('is kept by a load in the background', () => {
    const refreshed: Steps = [...first, [at(9), ask('B'), gets('B', 1), starts()], [brings(2)]]
    expect(judge(claim, refreshed, ahead)).toBe('holds')
    expect(judge(claim, [...first, ...hit(5, 'B', 1)], ahead)).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(2, 'B', 1)], ahead, 3)).toBe('unexercised')
    expect(judge(claim, first)).toBe('not-applicable')
  })
})

describe('serves-stale-while-it-loads', () => {
  const claim = 'serves-stale-while-it-loads'
  const stale = { refresh: 'stale' } as const

  it('is broken by those who wait for the reload', () => {
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 11 })], stale)).toBe('violated')
  })

  it('is kept by the stale value', () => {
    const served: Steps = [...first, [at(11), ask('B'), starts(), gets('B', 1)], [brings(2)]]
    expect(judge(claim, served, stale)).toBe('holds')
    expect(judge(claim, [...first, ...hit(9, 'B', 1)], stale)).toBe('unexercised')
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 30 })], stale)).toBe('unexercised')
    expect(judge(claim, first)).toBe('not-applicable')
  })
})
