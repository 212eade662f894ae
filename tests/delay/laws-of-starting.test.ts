import { describe, expect, it } from 'vitest'
import { answer, at, call } from '../history-builder.js'
import { gets, judge, rings, type Steps } from './steps.js'

/** Made at 0 ms to take 20 ms, and awaited from a later time on. */
const late = (awaitedMs: number, endMs: number): Steps => [
  [call('A', 'create', { value: 20 }), answer('A', 'returned')],
  [at(awaitedMs), call('A', 'await')],
  [at(endMs), rings, gets('A')],
]

describe('counts-from-creation', () => {
  const claim = 'counts-from-creation'

  it('is broken by an answer that is late, or early', () => {
    expect(judge(claim, late(10, 30))).toBe('violated')
    expect(judge(claim, late(30, 50))).toBe('violated')
    expect(judge(claim, late(10, 15))).toBe('violated')
  })

  it('is kept at the time, and at once where that is over', () => {
    expect(judge(claim, late(10, 20))).toBe('holds')
    expect(judge(claim, late(30, 30))).toBe('holds')
    expect(judge(claim, late(0, 20))).toBe('unexercised')
    expect(judge(claim, late(10, 30), { start: 'then' })).toBe('not-applicable')
  })
})

describe('counts-from-the-first-then', () => {
  const claim = 'counts-from-the-first-then'

  it('is broken by a time that has gone by before', () => {
    expect(judge(claim, late(10, 20), { start: 'then' })).toBe('violated')
    expect(judge(claim, late(30, 30), { start: 'then' })).toBe('violated')
  })

  it('is kept by the whole time from then on', () => {
    expect(judge(claim, late(10, 30), { start: 'then' })).toBe('holds')
    expect(judge(claim, late(0, 20), { start: 'then' })).toBe('unexercised')
    expect(judge(claim, late(10, 30))).toBe('not-applicable')
  })
})
