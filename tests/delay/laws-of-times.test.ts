import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { aborts, gets, hears, judge, rings, type Steps, stuck, waits } from './steps.js'

/** A delay that ends at a time. */
const ends = (ms: number, endMs: number): Steps => [[waits('A', ms)], [at(endMs), rings, gets('A')]]

describe('never-early', () => {
  const claim = 'never-early'

  it('is broken by an answer before the time', () => {
    expect(judge(claim, ends(10, 9))).toBe('violated')
    expect(
      judge(claim, [
        [at(5), waits('A', 10)],
        [at(14), gets('A')],
      ]),
    ).toBe('violated')
  })

  it('is kept by one at the time, and later', () => {
    expect(judge(claim, ends(10, 10))).toBe('holds')
    expect(judge(claim, ends(10, 30))).toBe('holds')
    expect(
      judge(claim, [
        [at(5), waits('A', 10)],
        [at(15), gets('A')],
      ]),
    ).toBe('holds')
  })

  it('says nothing of what took no time, of aborts, and of what no timer can take', () => {
    expect(judge(claim, ends(0, 0))).toBe('unexercised')
    expect(judge(claim, [[waits('A', 10, 'v', 's')], [aborts('s')], [gets('A')]])).toBe('unexercised')
    expect(judge(claim, ends(2 ** 31, 1))).toBe('unexercised')
  })
})

describe('on-time', () => {
  const claim = 'on-time'

  it('is broken by an answer long after the time', () => {
    expect(judge(claim, ends(10, 12))).toBe('violated')
    expect(judge(claim, [[waits('A', 0)], [at(1), gets('A')]])).toBe('violated')
  })

  it('is kept at the time, and a millisecond later for each timer on the way', () => {
    expect(judge(claim, ends(10, 10))).toBe('holds')
    expect(judge(claim, ends(10, 11))).toBe('holds')
    expect(judge(claim, [[waits('A', 10)], [at(10), rings], [at(12), rings, gets('A')]])).toBe('holds')
    expect(judge(claim, [[waits('A', 10)]])).toBe('unexercised')
  })
})

describe('ties-in-creation-order', () => {
  const claim = 'ties-in-creation-order'
  const both = (ms: number): Steps[number] => [waits('A', ms, 1), waits('B', ms, 2)]

  it('is broken by the later one that ends first', () => {
    expect(judge(claim, [both(10), [at(10), rings, gets('B', 2), gets('A', 1)]])).toBe('violated')
  })

  it('is kept by creation order', () => {
    expect(judge(claim, [both(10), [at(10), rings, gets('A', 1)], [rings, gets('B', 2)]])).toBe('holds')
  })

  it('says nothing of other times and other lengths', () => {
    const apart: Steps = [[waits('A', 10)], [at(5), waits('B', 5)], [at(10), rings, gets('B'), gets('A')]]
    expect(judge(claim, apart)).toBe('unexercised')
    expect(
      judge(claim, [
        [waits('A', 2), waits('B', 1)],
        [at(2), gets('B'), gets('A')],
      ]),
    ).toBe('unexercised')
  })
})

describe('independent-of-one-another', () => {
  const claim = 'independent-of-one-another'
  const two: Steps = [[waits('A', 10)], [at(5), waits('B', 10)]]

  it('is broken by one that waits for ever beside another', () => {
    expect(judge(claim, [...two, [at(15), rings, gets('B')], [stuck('A')]])).toBe('violated')
  })

  it('is kept where both end', () => {
    expect(judge(claim, [...two, [at(10), gets('A')], [at(15), gets('B')]])).toBe('holds')
  })

  it('says nothing of one alone', () => {
    expect(judge(claim, [[waits('A', 10)], [stuck('A')]])).toBe('unexercised')
    expect(judge(claim, [[waits('A', 0)], [gets('A')], [waits('B', 0)], [gets('B')]])).toBe('unexercised')
  })
})

describe('the-very-value', () => {
  const claim = 'the-very-value'
  const given = (value: unknown, told: unknown): Steps => [[waits('A', 1, value)], [at(1), gets('A', told)]]

  it('is broken by another value, by a copy, and by a rejection', () => {
    expect(judge(claim, given(0, 1))).toBe('violated')
    expect(judge(claim, given({}, {}))).toBe('violated')
    expect(judge(claim, given(0, -0))).toBe('violated')
    expect(judge(claim, [[waits('A', 1)], [at(1), hears('A')]])).toBe('violated')
    expect(judge(claim, [[waits('A', -1, 1)], [gets('A', -1)]])).toBe('violated')
  })

  it('is kept by the value itself', () => {
    for (const value of [undefined, null, 0, Number.NaN, '', false, {}, new Error('a value')])
      expect(judge(claim, given(value, value))).toBe('holds')
  })

  it('says nothing of what is refused or aborted', () => {
    expect(judge(claim, [[waits('A', -1)], [hears('A')]])).toBe('unexercised')
    expect(judge(claim, [[waits('A', 5, 'v', 's')], [aborts('s'), hears('A')]])).toBe('unexercised')
  })
})

describe('a-zero-delay-needs-no-timer', () => {
  const immediate = (steps: Steps) => judge('a-zero-delay-needs-no-timer', steps, { zero: 'immediate' })

  it('is broken by a timer on the way', () => {
    expect(immediate([[waits('A', 0)], [rings, gets('A')]])).toBe('violated')
  })

  it('is kept in the turn of the call, and over a message', () => {
    expect(immediate([[waits('A', 0), gets('A')]])).toBe('holds')
    expect(immediate([[waits('A', 0)], [gets('A')]])).toBe('holds')
  })

  it('says nothing where the timer may be that of another', () => {
    expect(immediate([[waits('B', 5)], [waits('A', 0)], [at(5), rings, gets('B')], [gets('A')]])).toBe(
      'unexercised',
    )
    expect(immediate([[waits('A', 1)], [at(1), rings, gets('A')]])).toBe('unexercised')
    expect(judge('a-zero-delay-needs-no-timer', ends(0, 0))).toBe('not-applicable')
  })
})

describe('a-zero-delay-lets-others-run', () => {
  const claim = 'a-zero-delay-lets-others-run'

  it('is broken by an answer in the turn of the call', () => {
    expect(judge(claim, [[waits('A', 0), gets('A')]])).toBe('violated')
  })

  it('is kept in a later one', () => {
    expect(judge(claim, [[waits('A', 0)], [rings, gets('A')]])).toBe('holds')
    expect(judge(claim, ends(1, 1))).toBe('unexercised')
    expect(judge(claim, ends(0, 0), { zero: 'immediate' })).toBe('not-applicable')
  })
})
