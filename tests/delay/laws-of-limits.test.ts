import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { gets, hears, judge, rings, type Steps, stuck, throws, waits } from './steps.js'

const LONG = 2 ** 31
const at0 = (ms: number, ...then: Steps[number]): Steps => [[waits('A', ms)], [rings, ...then]]

describe('an-invalid-delay-is-none', () => {
  const claim = 'an-invalid-delay-is-none'

  it('is broken by waiting, by waiting for ever, and by refusing', () => {
    expect(judge(claim, [[waits('A', -5)], [at(5), rings, gets('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', Number.NaN)], [stuck('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', -1), throws('A')]])).toBe('violated')
    expect(judge(claim, at0(-1, hears('A')))).toBe('violated')
  })

  it('is kept by ending at once', () => {
    expect(judge(claim, at0(-1, gets('A')))).toBe('holds')
    expect(judge(claim, at0(Number.NaN, gets('A')))).toBe('holds')
    expect(judge(claim, at0(Number.NEGATIVE_INFINITY, gets('A')))).toBe('holds')
    expect(judge(claim, at0(0, gets('A')))).toBe('unexercised')
    expect(judge(claim, at0(-1, gets('A')), { invalid: 'throws' })).toBe('not-applicable')
  })
})

describe('an-invalid-delay-is-refused-at-once', () => {
  const refused = (steps: Steps) => judge('an-invalid-delay-is-refused-at-once', steps, { invalid: 'throws' })

  it('is broken by a value, and by refusing late or never', () => {
    expect(refused(at0(Number.NaN, gets('A')))).toBe('violated')
    expect(refused([[waits('A', -5)], [at(5), rings, hears('A')]])).toBe('violated')
    expect(refused([[waits('A', -5)], [stuck('A')]])).toBe('violated')
  })

  it('is kept by a throw and by a rejection', () => {
    expect(refused([[waits('A', -1), throws('A')]])).toBe('holds')
    expect(refused([[waits('A', Number.NaN), hears('A')]])).toBe('holds')
    expect(refused(at0(1, gets('A')))).toBe('unexercised')
    expect(judge('an-invalid-delay-is-refused-at-once', at0(-1, gets('A')))).toBe('not-applicable')
  })
})

describe('an-over-long-delay-is-not-early', () => {
  const claim = 'an-over-long-delay-is-not-early'

  it('is broken by the overflow of a timer, and by a time that is infinite and ends', () => {
    expect(judge(claim, [[waits('A', LONG)], [at(1), rings, gets('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', LONG)], [at(LONG - 1), rings, gets('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', Number.POSITIVE_INFINITY)], [at(LONG), gets('A')]])).toBe('violated')
  })

  it('is kept by waiting', () => {
    expect(judge(claim, [[waits('A', LONG)], [at(LONG), rings, gets('A')]])).toBe('holds')
    expect(judge(claim, [[waits('A', Number.POSITIVE_INFINITY)]])).toBe('holds')
    expect(judge(claim, [[waits('A', LONG - 1)]])).toBe('unexercised')
    expect(judge(claim, [[waits('A', LONG)]], { tooLong: 'throws' })).toBe('not-applicable')
  })
})

describe('an-over-long-delay-ends-on-time', () => {
  const claim = 'an-over-long-delay-ends-on-time'

  it('is broken by ending late or never, and by refusing', () => {
    expect(judge(claim, [[waits('A', LONG)], [at(LONG + 5), rings, gets('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', LONG)], [stuck('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', LONG), throws('A')]])).toBe('violated')
  })

  it('is kept at the time, but for a turn for each timer', () => {
    const pieces: Steps = [[waits('A', LONG)], [at(LONG - 1), rings], [at(LONG + 1), rings, gets('A')]]
    expect(judge(claim, pieces)).toBe('holds')
  })

  it('leaves early ends to the law before it, and asks nothing of infinity', () => {
    expect(judge(claim, [[waits('A', LONG)], [at(1), gets('A')]])).toBe('holds')
    expect(judge(claim, [[waits('A', Number.POSITIVE_INFINITY)]])).toBe('unexercised')
    expect(judge(claim, [[waits('A', LONG)]])).toBe('unexercised')
    expect(judge(claim, [[waits('A', LONG)]], { tooLong: 'throws' })).toBe('not-applicable')
  })
})

describe('an-over-long-delay-is-refused-at-once', () => {
  const claim = 'an-over-long-delay-is-refused-at-once'
  const refused = (steps: Steps) => judge(claim, steps, { tooLong: 'throws' })

  it('is broken by a value, whenever it comes', () => {
    expect(refused([[waits('A', LONG)], [at(1), rings, gets('A')]])).toBe('violated')
    expect(refused([[waits('A', LONG)], [at(LONG), rings, hears('A')]])).toBe('violated')
  })

  it('is kept by a throw and by a rejection', () => {
    expect(refused([[waits('A', Number.POSITIVE_INFINITY), throws('A')]])).toBe('holds')
    expect(refused([[waits('A', LONG)], [hears('A')]])).toBe('holds')
    expect(refused(at0(1, gets('A')))).toBe('unexercised')
    expect(judge(claim, [[waits('A', LONG)]])).toBe('not-applicable')
  })
})

describe('an-over-long-delay-ends-at-once', () => {
  const claim = 'an-over-long-delay-ends-at-once'
  const overflowing = (steps: Steps) => judge(claim, steps, { tooLong: 'overflows' })

  it('is broken by waiting', () => {
    expect(overflowing([[waits('A', LONG)], [at(LONG), rings, gets('A')]])).toBe('violated')
  })

  it('is kept by ending after a millisecond', () => {
    expect(overflowing([[waits('A', LONG)], [at(1), rings, gets('A')]])).toBe('holds')
    expect(overflowing([[waits('A', LONG)]])).toBe('unexercised')
    expect(judge(claim, [[waits('A', LONG)], [at(1), rings, gets('A')]])).toBe('not-applicable')
  })
})
