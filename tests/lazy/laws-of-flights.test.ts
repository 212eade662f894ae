import { describe, expect, it } from 'vitest'
import { deadlock } from '../history-builder.js'
import {
  ask,
  failedOnce,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  reset,
  type Steps,
  served,
  starts,
} from './steps.js'

describe('nothing-before-the-first-await', () => {
  const claim = 'nothing-before-the-first-await'

  it('is broken by a factory that runs first', () => {
    expect(judge(claim, [[starts], [ask('A')]])).toBe('violated')
    expect(judge(claim, [[starts]])).toBe('violated')
  })

  it('is kept where the await comes first', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, [[ask('A')]])).toBe('unexercised')
    expect(judge(claim, [[starts]], { start: 'eager' })).toBe('not-applicable')
  })
})

describe('starts-at-creation', () => {
  const eager = (steps: Steps) => judge('starts-at-creation', steps, { start: 'eager' })

  it('is broken where the first client has to begin', () => {
    expect(eager(served)).toBe('violated')
  })

  it('is kept by a factory that runs first', () => {
    expect(eager([[starts], [ask('A')], [fulfils(1), gets('A', 1)]])).toBe('holds')
    expect(eager([[starts]])).toBe('unexercised')
    expect(judge('starts-at-creation', served)).toBe('not-applicable')
  })
})

describe('single-flight', () => {
  const claim = 'single-flight'

  it('is broken by a flight that starts while another is under way', () => {
    expect(
      judge(claim, [
        [ask('A'), starts],
        [ask('B'), starts],
      ]),
    ).toBe('violated')
  })

  it('is kept by one flight for two, and by two that follow one another', () => {
    expect(judge(claim, [[ask('A'), starts], [ask('B')], [fulfils(1), gets('A', 1), gets('B', 1)]])).toBe(
      'holds',
    )
    expect(judge(claim, [...failedOnce, [ask('A'), starts], [ask('B')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })

  it('is kept by a second flight after a reset', () => {
    expect(judge(claim, [[ask('A'), starts], [ask('B')], reset, [ask('C'), starts]])).toBe('holds')
  })

  it('is broken by two flights after a reset', () => {
    expect(judge(claim, [reset, [ask('B'), starts], [ask('C'), starts]])).toBe('violated')
  })

  it('does not count a flight that was asked for before the reset and begins after it', () => {
    const late: Steps = [[ask('A')], [ask('B')], reset, [starts], [ask('C'), starts]]
    expect(judge(claim, late)).toBe('holds')
    const twice: Steps = [
      [ask('A')],
      reset,
      [ask('B')],
      [starts],
      reset,
      [starts],
      [ask('C'), starts],
      [ask('D')],
    ]
    expect(judge(claim, twice)).toBe('holds')
  })

  it('does not count a flight that begins in the very turn of a reset', () => {
    expect(judge(claim, [[ask('A'), ...reset, starts], [ask('B'), starts], [ask('C')]])).toBe('holds')
  })
})

describe('none-after-a-success', () => {
  const claim = 'none-after-a-success'

  it('is broken by another flight', () => {
    expect(judge(claim, [...served, [ask('B'), starts]])).toBe('violated')
  })

  it('is kept by an answer without one, and says nothing across a reset', () => {
    expect(judge(claim, [...served, [ask('B'), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, [...served, reset, [ask('B'), starts]])).toBe('unexercised')
  })
})

describe('identical-value-for-all', () => {
  const claim = 'identical-value-for-all'
  const value = {}
  const two = (a: unknown, b: unknown): Steps => [
    [ask('A'), starts],
    [ask('B')],
    [fulfils(value), gets('A', a), gets('B', b)],
  ]

  it('is broken by a copy, for one client or for all', () => {
    const copy = {}
    expect(judge(claim, two(value, {}))).toBe('violated')
    expect(judge(claim, two(copy, copy))).toBe('violated')
    expect(
      judge(claim, [
        [ask('A'), starts],
        [fulfils(0), gets('A', -0)],
      ]),
    ).toBe('violated')
  })

  it('is kept by the very value', () => {
    expect(judge(claim, two(value, value))).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('re-entry', () => {
  it('a second flight breaks a-synchronous-reentry-starts-no-second-flight', () => {
    const claim = 'a-synchronous-reentry-starts-no-second-flight'
    expect(judge(claim, [[ask('A', true), starts, starts]])).toBe('violated')
    expect(judge(claim, [[ask('A', true), starts, fails('no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, [[ask('A'), starts]])).toBe('unexercised')
  })

  it('a deadlock breaks a-self-await-does-not-hang', () => {
    const claim = 'a-self-await-does-not-hang'
    expect(judge(claim, [[ask('A', true), starts], [deadlock('A')]])).toBe('violated')
    expect(judge(claim, [[ask('A', true), starts, fails('no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, [[ask('A'), starts], [deadlock('A')]])).toBe('unexercised')
  })

  it('is left alone by the laws about other clients', () => {
    const steps: Steps = [
      [ask('A', true), starts, starts],
      [fulfils(1), fails('no', 'factory#1'), gets('A', 1)],
    ]
    for (const claim of ['single-flight', 'waiters-get-the-reason', 'a-failure-is-not-a-value']) {
      expect(judge(claim, steps)).not.toBe('violated')
    }
  })
})
