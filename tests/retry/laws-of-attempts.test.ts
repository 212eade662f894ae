import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  failedOnce,
  failedTwice,
  fails,
  gets,
  hears,
  judge,
  more,
  run,
  starts,
  succeededAtOnce,
  succeeds,
  throws,
  timer,
} from './steps.js'

describe('at-most-the-attempts-asked-for', () => {
  const claim = 'at-most-the-attempts-asked-for'

  it('is broken by one more', () => {
    expect(judge(claim, [...failedTwice(), [at(60), timer, starts]])).toBe('violated')
  })

  it('is kept when all are used up, and exercised only then', () => {
    expect(judge(claim, failedTwice(hears('last')))).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
  })

  it('counts anew for each await, where awaiting runs again', () => {
    const again = [...failedTwice(hears('last')), [more(), starts], [fails('third')]]
    expect(judge(claim, again, { again: 'rerun' })).toBe('holds')
    expect(judge(claim, again)).toBe('violated')
  })
})

describe('makes-all-its-attempts', () => {
  const claim = 'makes-all-its-attempts'

  it('is broken by a run that ends with attempts left, or without any', () => {
    expect(
      judge(claim, [
        [run(), starts],
        [fails('no'), hears('no')],
      ]),
    ).toBe('violated')
    expect(judge(claim, [[run(), hears('no')]])).toBe('violated')
  })

  it('is kept by a run that goes on', () => {
    expect(judge(claim, failedTwice(hears('last')))).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
  })

  it('says nothing where a reason is refused, or a time-out may have ended the run', () => {
    expect(
      judge(claim, [
        [run({ refused: 1 }), starts],
        [fails('no'), hears('no')],
      ]),
    ).toBe('unexercised')
    expect(
      judge(claim, [
        [run({ timeoutMs: 10 }), starts],
        [fails('no'), hears('no')],
      ]),
    ).toBe('unexercised')
  })

  it('leaves throws and falsy reasons to laws of their own', () => {
    expect(
      judge(claim, [
        [run(), starts],
        [fails(0), hears(0)],
      ]),
    ).toBe('unexercised')
    expect(judge(claim, [[run(), starts, throws('no'), hears('no')]])).toBe('unexercised')
  })
})

describe('a-synchronous-throw-is-a-failed-attempt', () => {
  const claim = 'a-synchronous-throw-is-a-failed-attempt'

  it('is broken where a throw ends the run', () => {
    expect(judge(claim, [[run(), starts, throws('no'), hears('no')]])).toBe('violated')
  })

  it('is kept by another attempt', () => {
    expect(
      judge(claim, [
        [run(), starts, throws('no')],
        [at(20), timer, starts, succeeds(1), gets(1)],
      ]),
    ).toBe('holds')
    expect(judge(claim, failedTwice(hears('last')))).toBe('unexercised')
    expect(judge(claim, [], { syncThrow: 'throw' })).toBe('not-applicable')
  })
})

describe('a-synchronous-throw-is-let-through', () => {
  const judged = (...steps: Parameters<typeof judge>[1]) =>
    judge('a-synchronous-throw-is-let-through', steps, { syncThrow: 'throw' })

  it('is broken by another attempt', () => {
    expect(judged([run(), starts, throws('no')], [at(20), timer, starts])).toBe('violated')
  })

  it('is kept by an end', () => {
    expect(judged([run(), starts, throws('no'), hears('no')])).toBe('holds')
    expect(judged(...succeededAtOnce)).toBe('unexercised')
    expect(judge('a-synchronous-throw-is-let-through', [])).toBe('not-applicable')
  })
})

describe('a-falsy-reason-is-a-failed-attempt', () => {
  const claim = 'a-falsy-reason-is-a-failed-attempt'

  it('is broken where it ends the run, however', () => {
    expect(
      judge(claim, [
        [run(), starts],
        [fails(null), gets(undefined)],
      ]),
    ).toBe('violated')
    expect(
      judge(claim, [
        [run(), starts],
        [fails(''), hears('')],
      ]),
    ).toBe('violated')
  })

  it('is kept by another attempt', () => {
    expect(judge(claim, [[run(), starts], [fails(0)], [at(20), timer, starts]])).toBe('holds')
    expect(judge(claim, failedTwice(hears('last')))).toBe('unexercised')
    expect(judge(claim, [], { reasons: 'errors' })).toBe('not-applicable')
  })
})

describe('stops-at-the-first-success', () => {
  const claim = 'stops-at-the-first-success'

  it('is broken by an attempt behind a success', () => {
    expect(
      judge(claim, [
        [run(), starts],
        [succeeds(0), starts],
      ]),
    ).toBe('violated')
  })

  it('is kept by an end', () => {
    expect(judge(claim, succeededAtOnce)).toBe('holds')
    expect(judge(claim, failedTwice())).toBe('unexercised')
  })

  it('says nothing of a success that came too late', () => {
    const late = [
      [run({ timeoutMs: 30 }), starts],
      [at(50), timer, starts],
      [at(60), succeeds(1, 'attempt#1')],
    ]
    expect(judge(claim, late, { timeout: 'attempt' })).toBe('unexercised')
  })
})

describe('attempts-never-overlap', () => {
  const claim = 'attempts-never-overlap'

  it('is broken by two that are under way', () => {
    expect(judge(claim, [[run(), starts], [starts]])).toBe('violated')
  })

  it('is kept by one after the other', () => {
    expect(judge(claim, failedTwice())).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
  })

  it('lets an attempt follow one that has run out of its time, but not two', () => {
    const late = [
      [run({ timeoutMs: 30 }), starts],
      [at(50), timer, starts],
    ]
    expect(judge(claim, late, { timeout: 'attempt' })).toBe('holds')
    expect(judge(claim, late)).toBe('violated')
    expect(judge(claim, [...late, [at(52), starts]], { timeout: 'attempt' })).toBe('violated')
  })
})

describe('nothing-starts-after-the-end', () => {
  const claim = 'nothing-starts-after-the-end'

  it('is broken by an attempt behind the end', () => {
    expect(judge(claim, [[run(), starts], [hears('late')], [at(50), fails('no'), starts]])).toBe('violated')
  })

  it('is kept when time passes and nothing starts', () => {
    expect(judge(claim, [...failedTwice(hears('last')), [at(200), timer]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
  })
})
