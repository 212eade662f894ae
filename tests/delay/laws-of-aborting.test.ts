import { describe, expect, it } from 'vitest'
import { delay } from '../../properties/delay/protocol.js'
import { at, history, verdict } from '../history-builder.js'
import { aborts, gets, hears, judge, rings, type Steps, stuck, throws, timerLeft, waits } from './steps.js'

const before = (...then: Steps[number]): Steps => [[aborts('s')], [waits('A', 10, 'v', 's'), ...then]]
const during = (...then: Steps[number]): Steps => [[waits('A', 10, 'v', 's')], [at(5), aborts('s'), ...then]]

describe('an-aborted-delay-does-not-begin', () => {
  const claim = 'an-aborted-delay-does-not-begin'

  it('is broken by a value, and by a rejection that is late or never comes', () => {
    expect(judge(claim, [...before(), [at(10), rings, gets('A')]])).toBe('violated')
    expect(judge(claim, [...before(), [at(10), rings, hears('A')]])).toBe('violated')
    expect(judge(claim, [...before(), [stuck('A')]])).toBe('violated')
  })

  it('is kept by a rejection, a throw, and a rejection a turn later', () => {
    expect(judge(claim, before(hears('A')))).toBe('holds')
    expect(judge(claim, before(throws('A')))).toBe('holds')
    expect(judge(claim, [...before(), [at(1), rings, hears('A')]])).toBe('holds')
  })

  it('says nothing of a later abort, and of what takes no time', () => {
    expect(judge(claim, during(hears('A')))).toBe('unexercised')
    expect(judge(claim, [[aborts('s')], [waits('A', 0, 'v', 's'), gets('A')]])).toBe('unexercised')
    expect(verdict(delay, claim, history(...before(gets('A'))))).toBe('not-applicable')
  })
})

describe('an-abort-ends-the-wait', () => {
  const claim = 'an-abort-ends-the-wait'

  it('is broken by waiting on, whatever comes of it', () => {
    expect(judge(claim, [...during(), [at(10), rings, hears('A')]])).toBe('violated')
    expect(judge(claim, [...during(), [at(10), rings, gets('A')]])).toBe('violated')
    expect(judge(claim, [...during(), [stuck('A')]])).toBe('violated')
    expect(judge(claim, during(gets('A')))).toBe('violated')
  })

  it('is kept by a rejection at once, or a turn later', () => {
    expect(judge(claim, during(hears('A')))).toBe('holds')
    expect(judge(claim, [...during(), [at(6), rings, hears('A')]])).toBe('holds')
    const endless = [[waits('A', Number.POSITIVE_INFINITY, 'v', 's')], [aborts('s'), hears('A')]]
    expect(judge(claim, endless)).toBe('holds')
  })

  it('says nothing where the time is over about then', () => {
    const close: Steps = [[waits('A', 10, 'v', 's')], [at(9), aborts('s')], [at(10), rings, gets('A')]]
    expect(judge(claim, close)).toBe('unexercised')
    expect(judge(claim, [[waits('A', 5, 'v', 's')], [at(5), gets('A')], [aborts('s')]])).toBe('unexercised')
    expect(judge(claim, before(hears('A')))).toBe('unexercised')
    const overflowing = [[waits('A', 2 ** 31, 'v', 's')], [at(1), rings, aborts('s'), gets('A')]]
    expect(judge(claim, overflowing)).toBe('unexercised')
  })
})

describe('an-abort-clears-the-timer', () => {
  const claim = 'an-abort-clears-the-timer'

  it('is broken by a timer that is left for its time', () => {
    expect(judge(claim, [...during(hears('A')), [timerLeft(10)]])).toBe('violated')
  })

  it('is kept where none is left, or another one', () => {
    expect(judge(claim, during(hears('A')))).toBe('holds')
    expect(judge(claim, [...during(hears('A')), [timerLeft(40)]])).toBe('holds')
    expect(judge(claim, before(hears('A')))).toBe('unexercised')
  })
})

describe('an-abort-ends-only-its-own', () => {
  const claim = 'an-abort-ends-only-its-own'
  const beside = (signal?: string): Steps => [
    [waits('B', 10, 'v', signal)],
    [waits('A', 10, 'v', 's')],
    [at(5), aborts('s'), hears('A')],
  ]

  it('is broken by the rejection of one that was not given the signal', () => {
    expect(judge(claim, [...beside(), [hears('B')]])).toBe('violated')
    expect(judge(claim, [...beside('other'), [hears('B')]])).toBe('violated')
  })

  it('is kept where that one goes on', () => {
    expect(judge(claim, [...beside(), [at(10), rings, gets('B')]])).toBe('holds')
    expect(judge(claim, [[waits('B', 1)], [at(1), gets('B')]])).toBe('unexercised')
    expect(judge(claim, [...beside('s'), [hears('B')]])).toBe('unexercised')
  })
})
