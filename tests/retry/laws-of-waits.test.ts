import { describe, expect, it } from 'vitest'
import { retry } from '../../properties/retry/protocol.js'
import { at, history, verdict } from '../history-builder.js'
import {
  aborts,
  failedOnce,
  failedTwice,
  fails,
  gets,
  hears,
  judge,
  run,
  starts,
  succeededAtOnce,
  succeeds,
  timer,
} from './steps.js'

const after = (ms: number, detail = {}) => [
  [run(detail), starts],
  [at(5), fails()],
  [at(5 + ms), timer, starts],
]

describe('no-wait-shorter-than-scheduled', () => {
  const claim = 'no-wait-shorter-than-scheduled'

  it('is broken by a wait that is measured from the start', () => {
    expect(judge(claim, after(15))).toBe('violated')
  })

  it('is kept by the wait itself', () => {
    expect(judge(claim, after(20))).toBe('holds')
    expect(judge(claim, after(10, { schedule: '10.5..20' }))).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
    expect(judge(claim, after(0, { schedule: '0..20' }))).toBe('unexercised')
    expect(verdict(retry, claim, history(...after(5)))).toBe('not-applicable')
  })

  it('counts from the time-out of an attempt that has run out of its time', () => {
    const late = (ms: number) => [
      [run({ timeoutMs: 30 }), starts],
      [at(30), timer],
      [at(30 + ms), timer, starts],
    ]
    expect(judge(claim, late(20), { timeout: 'attempt' })).toBe('holds')
    expect(judge(claim, late(10), { timeout: 'attempt' })).toBe('violated')
  })
})

describe('no-wait-longer-than-scheduled', () => {
  const claim = 'no-wait-longer-than-scheduled'

  it('is broken by a wait that the cap should have cut, beyond the turns it takes', () => {
    expect(judge(claim, after(40))).toBe('violated')
    expect(judge(claim, after(22))).toBe('violated')
  })

  it('is kept within its bounds, and one turn later', () => {
    expect(judge(claim, after(20))).toBe('holds')
    expect(judge(claim, after(21))).toBe('holds')
    expect(judge(claim, after(21, { schedule: '10..20.5' }))).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
    expect(verdict(retry, claim, history(...after(40)))).toBe('not-applicable')
  })

  it('leaves an attempt behind the end to another law', () => {
    expect(
      judge(claim, [
        [run(), starts],
        [fails(), hears('late')],
        [at(50), timer, starts],
      ]),
    ).toBe('unexercised')
  })
})

describe('no-wait-before-the-first', () => {
  const claim = 'no-wait-before-the-first'

  it('is broken by a first attempt that is made late', () => {
    expect(judge(claim, [[run()], [at(20), timer, starts]])).toBe('violated')
  })

  it('is kept at once, and a turn later', () => {
    expect(judge(claim, succeededAtOnce)).toBe('holds')
    expect(judge(claim, [[run()], [at(1), timer, starts]])).toBe('holds')
    expect(judge(claim, [[run({ baseMs: 0 }), starts]])).toBe('unexercised')
  })
})

describe('no-wait-after-the-last', () => {
  const claim = 'no-wait-after-the-last'

  it('is broken by a wait for nothing', () => {
    expect(judge(claim, [...failedTwice(), [at(60), timer, hears('last')]])).toBe('violated')
    expect(judge(claim, [[run(), starts], [succeeds(1)], [at(20), timer, gets(1)]])).toBe('violated')
    expect(judge(claim, [[run({ refused: 1 }), starts], [fails()], [at(20), timer, hears('no')]])).toBe(
      'violated',
    )
  })

  it('is kept at once', () => {
    expect(judge(claim, failedTwice(hears('last')))).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
    expect(
      judge(claim, [
        [run({ signal: true }), starts],
        [aborts(), hears('stop')],
      ]),
    ).toBe('unexercised')
  })
})
