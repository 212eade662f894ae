import { describe, expect, it } from 'vitest'
import { retry } from '../../properties/retry/protocol.js'
import { at, call, event, history, start, verdict } from '../history-builder.js'
import {
  asked,
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
  timer,
} from './steps.js'

describe('gives-the-value-of-the-success', () => {
  const claim = 'gives-the-value-of-the-success'

  it('is broken by another value, and by a rejection', () => {
    expect(
      judge(claim, [
        [run(), starts],
        [succeeds(0), gets(null)],
      ]),
    ).toBe('violated')
    expect(
      judge(claim, [
        [run(), starts],
        [succeeds(0), hears('no')],
      ]),
    ).toBe('violated')
  })

  it('is kept by the very value, and says nothing of an end before it', () => {
    expect(judge(claim, succeededAtOnce)).toBe('holds')
    expect(judge(claim, [[run(), starts], [hears('no')], [succeeds(1)]])).toBe('unexercised')
  })

  it('lets a time-out reject', () => {
    expect(
      judge(claim, [
        [run({ timeoutMs: 30 }), starts],
        [at(30), succeeds(1), hears('late')],
      ]),
    ).toBe('unexercised')
  })
})

describe('a-failure-is-not-a-value', () => {
  const claim = 'a-failure-is-not-a-value'

  it('is broken by a fulfilment for nothing', () => {
    expect(judge(claim, failedTwice(gets(undefined)))).toBe('violated')
  })

  it('is kept by a rejection', () => {
    expect(judge(claim, failedTwice(hears('last')))).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
  })
})

describe('rejects-with-the-last-reason', () => {
  const claim = 'rejects-with-the-last-reason'

  it('is broken by the first, and by an error of its own', () => {
    expect(judge(claim, failedTwice(hears('first')))).toBe('violated')
    expect(judge(claim, failedTwice(hears(new Error('2 attempts failed'))))).toBe('violated')
  })

  it('is kept by the last', () => {
    expect(judge(claim, failedTwice(hears('last')))).toBe('holds')
    expect(
      judge(claim, [
        [run(), starts],
        [fails('no'), hears('other')],
      ]),
    ).toBe('unexercised')
    expect(judge(claim, [], { error: 'wrapped' })).toBe('not-applicable')
  })
})

describe('wraps-the-last-reason', () => {
  const judged = (steps: Parameters<typeof judge>[1]) =>
    judge('wraps-the-last-reason', steps, { error: 'wrapped' })
  const error = new Error('2 attempts failed')
  /** The call has the number 1. */
  const carrying = () => {
    const h = history(...failedTwice(event('read', 'A', 'carries', { value: 'last' }), hears(error)))
    const events = h.events.map((each) => (each.type === 'read' ? { ...each, id: 1 } : each))
    return new (h.constructor as new (e: typeof events) => typeof h)(events)
  }

  it('is broken by the bare reason, and by an error without it', () => {
    expect(judged(failedTwice(hears('last')))).toBe('violated')
    expect(judged(failedTwice(hears(error)))).toBe('violated')
  })

  it('is kept by an error that carries it', () => {
    expect(verdict(retry, 'wraps-the-last-reason', carrying(), { policy: { error: 'wrapped' } })).toBe(
      'holds',
    )
    expect(judged(succeededAtOnce)).toBe('unexercised')
    expect(judge('wraps-the-last-reason', [])).toBe('not-applicable')
  })
})

describe('rejects-with-the-most-frequent-reason', () => {
  const judged = (...steps: Parameters<typeof judge>[1]) =>
    judge('rejects-with-the-most-frequent-reason', steps, { error: 'most-frequent' })
  const often = new Error('often')
  const once = new Error('once')
  const three = (reason: unknown) => [
    [run({ attempts: '3' }), starts],
    [fails(often)],
    [at(20), timer, starts, fails(often)],
    [at(60), timer, starts, fails(once), hears(reason)],
  ]

  it('is broken by one that occurred less often, and by any other', () => {
    expect(judged(...three(once))).toBe('violated')
    expect(judged(...three(new Error('own')))).toBe('violated')
  })

  it('is kept by one that occurred as often as any', () => {
    expect(judged(...three(often))).toBe('holds')
    expect(judged(...failedTwice(hears('last')))).toBe('unexercised')
    expect(judge('rejects-with-the-most-frequent-reason', three(often))).toBe('not-applicable')
  })
})

describe('a-refused-reason-is-final', () => {
  const claim = 'a-refused-reason-is-final'
  const refused = [[run({ refused: 1 }), starts], [fails('no')]]

  it('is broken by a further attempt, and by another outcome', () => {
    expect(judge(claim, [...refused, [at(20), timer, starts]])).toBe('violated')
    expect(judge(claim, [...refused, [hears('other')]])).toBe('violated')
    expect(judge(claim, [...refused, [gets('no')]])).toBe('violated')
  })

  it('is kept by that reason, or by an error around it where one is declared', () => {
    expect(judge(claim, [...refused, [hears('no')]])).toBe('holds')
    expect(judge(claim, [...refused, [hears('around')]], { error: 'wrapped' })).toBe('holds')
    expect(judge(claim, failedTwice(hears('last')))).toBe('unexercised')
    expect(judge(claim, refused, { shouldRetry: 'unsupported' })).toBe('not-applicable')
  })
})

describe('asks-about-the-very-reason', () => {
  const claim = 'asks-about-the-very-reason'

  it('is broken by another reason', () => {
    expect(judge(claim, [...failedOnce, [fails('last'), asked('first')]])).toBe('violated')
  })

  it('is kept by the reason of the last failure', () => {
    expect(judge(claim, failedTwice(asked('last')))).toBe('holds')
    expect(judge(claim, failedTwice())).toBe('unexercised')
    expect(judge(claim, [], { shouldRetry: 'unsupported' })).toBe('not-applicable')
  })
})

describe('a-predicate-that-throws-ends-the-run', () => {
  const claim = 'a-predicate-that-throws-ends-the-run'
  const thrown = [
    [run({ throwing: true }), starts],
    [fails('no'), asked('no', { throws: 7 })],
  ]

  it('is broken by a further attempt', () => {
    expect(judge(claim, [...thrown, [at(20), timer, starts]])).toBe('violated')
    expect(judge(claim, [...thrown, [gets(undefined)]])).toBe('violated')
  })

  it('is kept by a rejection, whatever with', () => {
    expect(judge(claim, [...thrown, [hears('anything')]])).toBe('holds')
    expect(judge(claim, failedTwice(asked('last')))).toBe('unexercised')
    expect(judge(claim, [], { shouldRetry: 'unsupported' })).toBe('not-applicable')
  })
})

describe('awaiting-again-shares', () => {
  const claim = 'awaiting-again-shares'

  it('is broken by a further attempt, and by another outcome', () => {
    expect(judge(claim, [...succeededAtOnce, [more(), starts]])).toBe('violated')
    expect(judge(claim, [...succeededAtOnce, [more(), gets(2)]])).toBe('violated')
    expect(judge(claim, [...succeededAtOnce, [more(), hears(1)]])).toBe('violated')
  })

  it('is kept by the same outcome', () => {
    expect(judge(claim, [...succeededAtOnce, [more(), gets(1)]])).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
    expect(judge(claim, [], { again: 'rerun' })).toBe('not-applicable')
  })
})

describe('awaiting-again-runs-again', () => {
  const judged = (...steps: Parameters<typeof judge>[1]) =>
    judge('awaiting-again-runs-again', steps, { again: 'rerun' })

  it('is broken by an answer without an attempt', () => {
    expect(judged(...succeededAtOnce, [more(), gets(1)])).toBe('violated')
  })

  it('is kept by an attempt', () => {
    expect(judged(...succeededAtOnce, [more(), starts], [succeeds(2), gets(2)])).toBe('holds')
    expect(judged(...succeededAtOnce)).toBe('unexercised')
    expect(judge('awaiting-again-runs-again', [])).toBe('not-applicable')
  })
})

it('tells runs beside each other apart by their sources', () => {
  const beside = call('B', 'run', { detail: { source: 'other', attempts: '1', baseMs: 20 } })
  const steps = [
    [run(), starts],
    [beside, start('other')],
    [fails('first', 'attempt')],
    [at(20), timer, starts],
  ]
  expect(judge('at-most-the-attempts-asked-for', steps)).toBe('unexercised')
  expect(judge('attempts-never-overlap', steps)).toBe('holds')
})
