import { describe, expect, it } from 'vitest'
import { answer } from '../history-builder.js'
import {
  fails,
  gives,
  judge,
  rejected,
  report,
  results,
  run,
  type Steps,
  step,
  throwing,
  whole,
} from './judged.js'

const none: Steps = [[run(0), ...results()]]

describe('steps-in-order', () => {
  const claim = 'steps-in-order'

  it('is broken by a step out of its place, one left out, and one too many', () => {
    expect(judge(claim, [[run(2), step(1)]])).toBe('violated')
    expect(
      judge(claim, [
        [run(3), step(0)],
        [gives(1), step(2)],
      ]),
    ).toBe('violated')
    expect(
      judge(claim, [
        [run(1), step(0)],
        [gives(1), step(1)],
      ]),
    ).toBe('violated')
  })

  it('is kept by 0, 1, and no further', () => {
    expect(judge(claim, whole)).toBe('holds')
    expect(judge(claim, none)).toBe('unexercised')
  })
})

describe('one-step-at-a-time', () => {
  const claim = 'one-step-at-a-time'

  it('is broken by two steps under way', () => {
    expect(judge(claim, [[run(2), step(0), step(1)]])).toBe('violated')
  })

  it('is kept by one after the other', () => {
    expect(judge(claim, whole)).toBe('holds')
    expect(judge(claim, [[run(1), step(0)]])).toBe('unexercised')
  })
})

describe('results-in-order', () => {
  const claim = 'results-in-order'
  const two: Steps = [
    [run(2), step(0)],
    [gives(undefined), report(50), step(1)],
  ]
  const ending = (...values: readonly unknown[]): Steps => [
    ...two,
    [gives(0), report(100), ...results(...values)],
  ]

  it('is broken by another order, a missing result, and a copy', () => {
    expect(judge(claim, ending(0, undefined))).toBe('violated')
    expect(judge(claim, ending(0))).toBe('violated')
    expect(
      judge(claim, [
        [run(1), step(0)],
        [gives({}), ...results({})],
      ]),
    ).toBe('violated')
  })

  it('is broken by an outcome that is no list', () => {
    expect(judge(claim, [[run(0), answer('A', 'fulfilled', undefined)]])).toBe('violated')
  })

  it('is kept by the very values in order', () => {
    expect(judge(claim, ending(undefined, 0))).toBe('holds')
    expect(judge(claim, none)).toBe('holds')
    expect(
      judge(claim, [
        [run(1), step(0)],
        [fails('no'), rejected('no')],
      ]),
    ).toBe('unexercised')
  })
})

describe('a-failed-step-ends-the-run', () => {
  const claim = 'a-failed-step-ends-the-run'
  const failing = (...items: Steps[number]): Steps => [
    [run(2), step(0)],
    [fails('no'), ...items],
  ]

  it('is broken by a further step, another reason, and a fulfilment', () => {
    expect(judge(claim, failing(step(1)))).toBe('violated')
    expect(judge(claim, failing(rejected('other')))).toBe('violated')
    expect(judge(claim, failing(...results(undefined, undefined)))).toBe('violated')
  })

  it('is kept by the very reason', () => {
    expect(judge(claim, failing(rejected('no')))).toBe('holds')
    expect(judge(claim, whole)).toBe('unexercised')
  })

  it('says nothing of the reason where a report has thrown as well', () => {
    const both: Steps = [
      [run(2), step(0)],
      [gives(1), throwing(50, 'oops'), step(1)],
      [fails('no'), rejected('oops')],
    ]
    expect(judge(claim, both)).toBe('holds')
  })
})

describe('a-throwing-report-is-ignored', () => {
  const claim = 'a-throwing-report-is-ignored'
  const thrown = (...items: Steps[number]): Steps => [
    [run(1), step(0)],
    [gives(1), throwing(100, undefined), ...items],
  ]

  it('is broken by a rejection, and by no answer', () => {
    expect(judge(claim, thrown(rejected(undefined)))).toBe('violated')
    expect(judge(claim, thrown())).toBe('violated')
  })

  it('is kept by the results', () => {
    expect(judge(claim, thrown(...results(1)))).toBe('holds')
    expect(judge(claim, whole)).toBe('unexercised')
    expect(judge(claim, thrown(), { callbackThrow: 'rejects' })).toBe('not-applicable')
  })

  it('leaves a run alone that fails for another reason', () => {
    const both: Steps = [
      [run(2), step(0)],
      [gives(1), throwing(50, 'oops'), step(1)],
      [fails('no'), rejected('no')],
    ]
    expect(judge(claim, both)).toBe('holds')
  })
})

describe('a-throwing-report-ends-the-run', () => {
  const claim = 'a-throwing-report-ends-the-run'
  const thrown = (...items: Steps[number]) =>
    judge(
      claim,
      [
        [run(2), step(0)],
        [gives(1), throwing(50, 0), ...items],
      ],
      { callbackThrow: 'rejects' },
    )

  it('is broken by a further step, another reason, and the results', () => {
    expect(thrown(step(1))).toBe('violated')
    expect(thrown(rejected('other'))).toBe('violated')
    expect(thrown(...results(1))).toBe('violated')
  })

  it('is kept by what was thrown', () => {
    expect(thrown(rejected(0))).toBe('holds')
    expect(judge(claim, whole, { callbackThrow: 'rejects' })).toBe('unexercised')
    expect(judge(claim, whole)).toBe('not-applicable')
  })
})
