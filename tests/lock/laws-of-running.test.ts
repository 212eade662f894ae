import { describe, expect, it } from 'vitest'
import { at, deadlock } from '../history-builder.js'
import { begins, fails, gets, hears, judge, runs, type Steps, works } from './steps.js'

const NO_RUN = { acquire: true }
const done: Steps = [
  [runs('A'), begins('A')],
  [works('A'), gets('A')],
]

describe('run-frees-on-failure', () => {
  const claim = 'run-frees-on-failure'
  const failed: Steps = [[runs('A'), begins('A')], [runs('B')], [fails('A'), hears('A')]]

  it('is broken by a client that waits on after a failure', () => {
    expect(judge(claim, [...failed, [deadlock('B')]])).toBe('violated')
    expect(
      judge(claim, [[runs('A'), begins('A'), fails('A'), hears('A')], [runs('B')], [deadlock('B')]]),
    ).toBe('violated')
  })

  it('is kept where the next one runs', () => {
    expect(judge(claim, [...failed, [begins('B')], [works('B'), gets('B')]])).toBe('holds')
    expect(judge(claim, done)).toBe('unexercised')
    expect(judge(claim, failed, {}, NO_RUN)).toBe('not-applicable')
  })
})

describe('run-passes-the-outcome-on', () => {
  const claim = 'run-passes-the-outcome-on'
  const begun: Steps = [[runs('A'), begins('A')]]

  it('is broken by another value, by another reason, and by one for the other', () => {
    expect(judge(claim, [...begun, [works('A', 1), gets('A', 2)]])).toBe('violated')
    expect(judge(claim, [...begun, [fails('A', 'no'), hears('A', 'yes')]])).toBe('violated')
    expect(judge(claim, [...begun, [fails('A', 0), gets('A', undefined)]])).toBe('violated')
  })

  it('is broken by an answer before the work is done, or without any', () => {
    expect(judge(claim, [...begun, [gets('A')]])).toBe('violated')
    expect(judge(claim, [[runs('A')], [hears('A')]])).toBe('violated')
  })

  it('is kept by the very outcome', () => {
    expect(judge(claim, done)).toBe('holds')
    expect(judge(claim, [...begun, [fails('A', 0), hears('A', 0)]])).toBe('holds')
    expect(judge(claim, begun)).toBe('unexercised')
    expect(judge(claim, done, {}, NO_RUN)).toBe('not-applicable')
  })

  it('says nothing once the time may be up', () => {
    const late: Steps = [
      [runs('A', { timeoutMs: 50 }), begins('A')],
      [at(50), hears('A')],
    ]
    expect(judge(claim, late, { timeout: 'releases-holder' })).toBe('unexercised')
    expect(judge(claim, late)).toBe('violated')
  })
})

describe('the-work-runs-once', () => {
  const claim = 'the-work-runs-once'

  it('is broken by a second run', () => {
    expect(judge(claim, [[runs('A'), begins('A'), fails('A'), begins('A')]])).toBe('violated')
  })

  it('is kept by one', () => {
    expect(judge(claim, done)).toBe('holds')
    expect(judge(claim, [[runs('A')]])).toBe('unexercised')
    expect(judge(claim, done, {}, NO_RUN)).toBe('not-applicable')
  })
})

describe('no-work-after-its-answer', () => {
  const claim = 'no-work-after-its-answer'
  const policy = { timeout: 'rejects-waiter' } as const
  const limit = { timeoutMs: 50 }
  const gone: Steps = [[runs('A', limit), begins('A')], [runs('B', limit)], [at(50), hears('B')]]

  it('is broken by work that begins all the same', () => {
    expect(judge(claim, [...gone, [works('A'), gets('A'), begins('B')]], policy)).toBe('violated')
  })

  it('is kept where it does not begin', () => {
    expect(judge(claim, [...gone, [works('A'), gets('A')]], policy)).toBe('holds')
    expect(judge(claim, done, policy)).toBe('unexercised')
    expect(judge(claim, gone)).toBe('not-applicable')
    expect(judge(claim, gone, policy, NO_RUN)).toBe('not-applicable')
  })
})
