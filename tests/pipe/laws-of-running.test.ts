import { describe, expect, it } from 'vitest'
import {
  ask,
  branches,
  fails,
  from,
  fromInput,
  gets,
  given,
  gives,
  hears,
  judge,
  map,
  one,
  type Steps,
  two,
  unhandled,
} from './judged.js'

const ran: Steps = [
  ...two,
  [ask('A', 3), given('f', 1)],
  [gives('f', 2), given('g', 2)],
  [gives('g', 3), gets('A', 3)],
]
const eager = { start: 'eager' } as const

describe('stages-run-in-order', () => {
  const claim = 'stages-run-in-order'

  it('is broken by a stage that does not wait', () => {
    expect(judge(claim, [...two, [ask('A', 3), given('f', 1), given('g', 1)]])).toBe('violated')
    expect(judge(claim, [fromInput, map(1, 2, 'f'), [ask('A', 2), given('f', undefined)]])).toBe('violated')
  })

  it('is kept by one behind the other', () => {
    expect(judge(claim, ran)).toBe('holds')
    expect(judge(claim, [...one, [ask('A', 2), given('f', 1)]])).toBe('unexercised')
  })

  it('leaves a stage behind a failure to another law', () => {
    expect(judge(claim, [...two, [ask('A', 3), given('f', 1)], [fails('f', 'no'), given('g', 2)]])).toBe(
      'holds',
    )
  })
})

describe('synchronous-and-asynchronous-stages-mix', () => {
  const claim = 'synchronous-and-asynchronous-stages-mix'

  it('is broken by anything but the value of the stage before', () => {
    const promise = Promise.resolve(2)
    expect(judge(claim, [...two, [ask('A', 3), given('f', 1)], [gives('f', 2), given('g', promise)]])).toBe(
      'violated',
    )
    expect(judge(claim, [...one, [ask('A', 2), given('f', undefined)]])).toBe('violated')
  })

  it('is kept by the value', () => {
    expect(judge(claim, ran)).toBe('holds')
    expect(judge(claim, two)).toBe('unexercised')
  })
})

describe('an-error-skips-the-rest', () => {
  const claim = 'an-error-skips-the-rest'
  const failing: Steps = [...two, [ask('A', 3), given('f', 1)]]

  it('is broken by a stage behind a failure', () => {
    expect(judge(claim, [...failing, [fails('f', 'no'), given('g', undefined)]])).toBe('violated')
    expect(judge(claim, [fromInput, map(1, 2, 'f'), [ask('A', 2)], [fails('input', 0), given('f', 0)]])).toBe(
      'violated',
    )
  })

  it('is kept by none', () => {
    expect(judge(claim, [...failing, [fails('f', 'no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, ran)).toBe('unexercised')
  })
})

describe('no-stage-is-left-out', () => {
  const claim = 'no-stage-is-left-out'

  it('is broken by a value that a stage was not asked for', () => {
    expect(judge(claim, [...one, [ask('A', 2), gets('A', 1)]])).toBe('violated')
  })

  it('is kept by all of them', () => {
    expect(judge(claim, ran)).toBe('holds')
    expect(judge(claim, [from(1), [ask('A', 1), gets('A', 1)]])).toBe('unexercised')
  })
})

describe('a-stage-runs-once-per-awaited-pipe', () => {
  const claim = 'a-stage-runs-once-per-awaited-pipe'

  it('is broken by a second run for one pipe', () => {
    expect(judge(claim, [...one, [ask('A', 2), given('f', 1)], [gives('f', 2), given('f', 1)]])).toBe(
      'violated',
    )
  })

  it('is kept by branches that share what is behind them, and by some that do not', () => {
    expect(judge(claim, ran)).toBe('holds')
    const both: Steps = [...two, map(2, 4, 'h'), [ask('A', 3), given('f', 1)], [ask('B', 4)]]
    expect(judge(claim, both)).toBe('holds')
    expect(judge(claim, [...both, [given('f', 1)]])).toBe('holds')
    expect(judge(claim, [...both, [given('f', 1), given('f', 1)]])).toBe('violated')
    expect(judge(claim, two)).toBe('unexercised')
  })

  it('lets eager pipes run for themselves, awaited or not', () => {
    expect(judge(claim, [...two, [given('f', 1), given('f', 1)]], eager)).toBe('holds')
    expect(judge(claim, [...two, [given('f', 1), given('f', 1), given('f', 1)]], eager)).toBe('violated')
  })
})

describe('awaiting-twice-reruns-nothing', () => {
  const claim = 'awaiting-twice-reruns-nothing'
  const again: Steps = [...one, [ask('A', 2), given('f', 1)], [gives('f', 2), gets('A', 2)], [ask('B', 2)]]

  it('is broken by a run for the second await', () => {
    expect(judge(claim, [...again, [given('f', 1)]])).toBe('violated')
  })

  it('is kept by none', () => {
    expect(judge(claim, [...again, [gets('B', 2)]])).toBe('holds')
    expect(judge(claim, ran)).toBe('unexercised')
  })
})

describe('nothing-runs-unasked', () => {
  const claim = 'nothing-runs-unasked'

  it('is broken by a stage before the await, and by one of a pipe that nobody awaits', () => {
    expect(judge(claim, [...one, [given('f', 1)], [ask('A', 2)]])).toBe('violated')
    expect(judge(claim, [...branches, [ask('A', 2), given('f', 1), given('g', 1)]])).toBe('violated')
  })

  it('is kept by waiting', () => {
    expect(judge(claim, ran)).toBe('holds')
    expect(judge(claim, one)).toBe('holds')
    expect(judge(claim, [from(1)])).toBe('unexercised')
    expect(judge(claim, one, eager)).toBe('not-applicable')
  })
})

describe('an-unawaited-pipe-leaks-no-rejection', () => {
  const claim = 'an-unawaited-pipe-leaks-no-rejection'

  it('is broken by a report of the host', () => {
    expect(judge(claim, [fromInput, [fails('input', 0), unhandled(0)]])).toBe('violated')
  })

  it('is kept by silence', () => {
    expect(judge(claim, [fromInput, [fails('input', 0)]])).toBe('holds')
    expect(judge(claim, [fromInput, [gives('input', 0)]])).toBe('unexercised')
    expect(judge(claim, [fromInput], eager)).toBe('not-applicable')
  })

  it('leaves a report to hygiene where every pipe was awaited', () => {
    expect(judge(claim, [fromInput, [ask('A', 1)], [fails('input', 0), unhandled(0), hears('A', 0)]])).toBe(
      'unexercised',
    )
  })
})

describe('starts-when-it-is-built', () => {
  const claim = 'starts-when-it-is-built'

  it('is broken by a pipe that waits', () => {
    expect(judge(claim, [...one, [ask('A', 2), given('f', 1)]], eager)).toBe('violated')
  })

  it('is kept by one that has begun', () => {
    expect(judge(claim, [...one, [given('f', 1)], [ask('A', 2)]], eager)).toBe('holds')
    expect(judge(claim, [fromInput, map(1, 2, 'f'), [ask('A', 2)]], eager)).toBe('unexercised')
    expect(judge(claim, one)).toBe('not-applicable')
  })
})
