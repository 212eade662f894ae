import { describe, expect, it } from 'vitest'
import { fails, gives, judge, rejected, report, results, run, type Steps, step, whole } from './judged.js'

const none: Steps = [[run(0), ...results()]]
const failed: Steps = [
  [run(1), step(0)],
  [fails('no'), rejected('no')],
]
/** One step, and what is reported of it. */
const one = (...percents: readonly number[]): Steps => [
  [run(1), step(0)],
  [gives(1), ...percents.map(report), ...results(1)],
]

describe('one-report-per-step', () => {
  const claim = 'one-report-per-step'

  it('is broken by a report too early, one too many, and one too few', () => {
    expect(judge(claim, [[run(1), report(0), step(0)]])).toBe('violated')
    expect(judge(claim, one(50, 100))).toBe('violated')
    expect(judge(claim, one())).toBe('violated')
  })

  it('is broken by a step that is done before another one fails, and is not reported', () => {
    expect(
      judge(claim, [
        [run(2), step(0)],
        [gives(1), step(1)],
        [fails('no'), rejected('no')],
      ]),
    ).toBe('violated')
  })

  it('is kept by one for each', () => {
    expect(judge(claim, whole)).toBe('holds')
    expect(judge(claim, none)).toBe('unexercised')
    expect(judge(claim, failed)).toBe('unexercised')
  })
})

describe('a-report-is-a-percentage', () => {
  const claim = 'a-report-is-a-percentage'

  it('is broken by what is no number, and by one out of range', () => {
    expect(judge(claim, one(Number.NaN))).toBe('violated')
    expect(judge(claim, one(-1))).toBe('violated')
    expect(judge(claim, one(101))).toBe('violated')
  })

  it('is kept by 0 to 100', () => {
    expect(judge(claim, one(0, 33.3, 100))).toBe('holds')
    expect(judge(claim, none)).toBe('unexercised')
  })
})

describe('reports-never-decrease', () => {
  const claim = 'reports-never-decrease'

  it('is broken by less than before', () => {
    expect(judge(claim, one(50, 49))).toBe('violated')
  })

  it('is kept by the same again', () => {
    expect(judge(claim, one(50, 50, 51))).toBe('holds')
    expect(judge(claim, one(50))).toBe('unexercised')
  })
})

describe('a-hundred-when-all-is-done', () => {
  const claim = 'a-hundred-when-all-is-done'

  it('is broken by almost a hundred, and by nothing', () => {
    expect(judge(claim, one(99.99999999999999))).toBe('violated')
    expect(judge(claim, one())).toBe('violated')
  })

  it('is kept by a hundred', () => {
    expect(judge(claim, one(100))).toBe('holds')
    expect(judge(claim, none)).toBe('unexercised')
    expect(judge(claim, failed)).toBe('unexercised')
  })
})

describe('no-hundred-before-the-last-step', () => {
  const claim = 'no-hundred-before-the-last-step'
  const early = (percent: number): Steps => [
    [run(2), step(0)],
    [gives(1), report(percent), step(1)],
  ]

  it('is broken by a hundred while a step is left', () => {
    expect(judge(claim, early(100))).toBe('violated')
  })

  it('is kept by less', () => {
    expect(judge(claim, early(99.5))).toBe('holds')
    expect(judge(claim, whole)).toBe('holds')
    expect(judge(claim, one(100))).toBe('unexercised')
  })

  it('leaves a hundred on failure to another law', () => {
    expect(
      judge(claim, [
        [run(2), step(0)],
        [fails('no'), report(100)],
      ]),
    ).toBe('holds')
  })
})

describe('no-hundred-on-failure', () => {
  const claim = 'no-hundred-on-failure'

  it('is broken by a hundred behind a failure', () => {
    expect(
      judge(claim, [
        [run(1), step(0)],
        [fails('no'), report(100), rejected('no')],
      ]),
    ).toBe('violated')
  })

  it('is kept by silence', () => {
    expect(judge(claim, failed)).toBe('holds')
    expect(judge(claim, whole)).toBe('unexercised')
  })
})

describe('nothing-after-the-end', () => {
  const claim = 'nothing-after-the-end'

  it('is broken by a report or a step behind the outcome', () => {
    expect(judge(claim, [...one(), [report(100)]])).toBe('violated')
    expect(judge(claim, [[run(2), step(0)], [gives(1), ...results(1)], [step(1)]])).toBe('violated')
  })

  it('is kept by an end that is one', () => {
    expect(judge(claim, whole)).toBe('holds')
    expect(judge(claim, [[run(1), step(0)]])).toBe('unexercised')
  })
})

describe('no-steps-no-report', () => {
  const claim = 'no-steps-no-report'

  it('is broken by any report', () => {
    expect(judge(claim, [[run(0), report(100), ...results()]])).toBe('violated')
  })

  it('is kept by silence', () => {
    expect(judge(claim, none)).toBe('holds')
    expect(judge(claim, whole)).toBe('unexercised')
    expect(judge(claim, none, { zeroSteps: 'reports-100' })).toBe('not-applicable')
  })
})

describe('no-steps-one-report', () => {
  const claim = 'no-steps-one-report'
  const of = (...percents: readonly number[]) =>
    judge(claim, [[run(0), ...percents.map(report), ...results()]], { zeroSteps: 'reports-100' })

  it('is broken by none, by two, and by another figure', () => {
    expect(of()).toBe('violated')
    expect(of(100, 100)).toBe('violated')
    expect(of(0)).toBe('violated')
  })

  it('is kept by a hundred', () => {
    expect(of(100)).toBe('holds')
    expect(judge(claim, whole, { zeroSteps: 'reports-100' })).toBe('unexercised')
    expect(judge(claim, none)).toBe('not-applicable')
  })
})
