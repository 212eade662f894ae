import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  aborts,
  failedTwice,
  fails,
  gets,
  hears,
  judge,
  run,
  type Steps,
  starts,
  succeededAtOnce,
  succeeds,
  timer,
} from './steps.js'

const aborted = run({ signal: true })
const before: Steps = [[aborts('stop')], [at(1), aborted]]
const inAnAttempt: Steps = [
  [aborted, starts],
  [at(10), aborts('stop')],
]
const inAWait: Steps = [[aborted, starts], [fails('no')], [at(10), aborts('stop')]]
const unsupported = { abort: 'unsupported' } as const
const awaited = { abortedAttempt: 'awaited' } as const

describe('an-aborted-signal-ends-the-run', () => {
  const claim = 'an-aborted-signal-ends-the-run'

  it('is broken by attempts, by a wait and by a value', () => {
    expect(judge(claim, [...before, [starts], [fails()], [at(21), timer, starts]])).toBe('violated')
    expect(judge(claim, [...before, [starts], [at(50), fails(), hears('stop')]])).toBe('violated')
    expect(judge(claim, [...before, [starts], [succeeds(1), gets(1)]])).toBe('violated')
  })

  it('is kept by a rejection at once', () => {
    expect(judge(claim, [...before, [hears('stop')]])).toBe('holds')
    expect(judge(claim, [...inAWait, [hears('stop')]])).toBe('unexercised')
    expect(judge(claim, before, unsupported)).toBe('not-applicable')
  })

  it('lets one attempt end that was handed the signal, where attempts are awaited', () => {
    expect(judge(claim, [...before, [starts], [at(50), fails(), hears('stop')]], awaited)).toBe('holds')
    expect(judge(claim, [...before, [starts], [at(50), succeeds(1), gets(1)]], awaited)).toBe('holds')
    expect(judge(claim, [...before, [starts], [fails()], [at(21), timer, hears('stop')]], awaited)).toBe(
      'violated',
    )
  })
})

describe('an-aborted-signal-starts-nothing', () => {
  const claim = 'an-aborted-signal-starts-nothing'

  it('is broken by an attempt', () => {
    expect(judge(claim, [...before, [starts, hears('stop')]])).toBe('violated')
  })

  it('is kept by none', () => {
    expect(judge(claim, [...before, [hears('stop')]])).toBe('holds')
    expect(judge(claim, inAWait)).toBe('unexercised')
    expect(judge(claim, before, unsupported)).toBe('not-applicable')
  })
})

describe('an-abort-starts-nothing-more', () => {
  const claim = 'an-abort-starts-nothing-more'

  it('is broken by an attempt after it', () => {
    expect(judge(claim, [...inAWait, [at(20), timer, starts]])).toBe('violated')
  })

  it('is kept by a rejection', () => {
    expect(judge(claim, [...inAWait, [hears('stop')]])).toBe('holds')
    expect(judge(claim, before)).toBe('unexercised')
    expect(judge(claim, failedTwice(hears('last')))).toBe('unexercised')
    expect(judge(claim, inAWait, unsupported)).toBe('not-applicable')
  })

  it('lets an attempt start that was on its way in the same turn', () => {
    const race = [[aborted, starts], [fails('no')], [at(20), timer, aborts('stop', { inject: 1 }), starts]]
    expect(judge(claim, race)).toBe('holds')
    expect(judge(claim, [...race, [hears('stop'), starts]])).toBe('violated')
  })
})

describe('an-abort-ends-a-wait', () => {
  const claim = 'an-abort-ends-a-wait'

  it('is broken by a wait that goes on', () => {
    expect(judge(claim, [...inAWait, [at(20), timer, hears('stop')]])).toBe('violated')
  })

  it('is kept at once, and a turn later', () => {
    expect(judge(claim, [...inAWait, [hears('stop')]])).toBe('holds')
    expect(judge(claim, [...inAWait, [at(11), timer, hears('stop')]])).toBe('holds')
    expect(judge(claim, [...inAnAttempt, [hears('stop')]])).toBe('unexercised')
    expect(judge(claim, inAWait, unsupported)).toBe('not-applicable')
  })

  it('says nothing where no wait follows', () => {
    const refused: Steps = [
      [run({ signal: true, refused: 1 }), starts],
      [fails('no')],
      [aborts(), hears('no')],
    ]
    expect(judge(claim, refused)).toBe('unexercised')
  })
})

describe('an-abort-ends-an-attempt', () => {
  const claim = 'an-abort-ends-an-attempt'

  it('is broken by an attempt that is waited for', () => {
    expect(judge(claim, [...inAnAttempt, [at(50), fails(), hears('stop')]])).toBe('violated')
  })

  it('is kept at once', () => {
    expect(judge(claim, [...inAnAttempt, [hears('stop')]])).toBe('holds')
    expect(judge(claim, [...inAWait, [hears('stop')]])).toBe('unexercised')
    expect(judge(claim, inAnAttempt, awaited)).toBe('not-applicable')
    expect(judge(claim, inAnAttempt, unsupported)).toBe('not-applicable')
  })
})

describe('an-aborted-attempt-is-awaited', () => {
  const judged = (...steps: Steps) => judge('an-aborted-attempt-is-awaited', steps, awaited)

  it('is broken by an end before it', () => {
    expect(judged(...inAnAttempt, [hears('stop')], [at(50), fails()])).toBe('violated')
  })

  it('is kept by an end behind it', () => {
    expect(judged(...inAnAttempt, [at(50), fails(), hears('stop')])).toBe('holds')
    expect(judged(...inAnAttempt, [at(50), succeeds(1), gets(1)])).toBe('holds')
    expect(judged(...inAWait)).toBe('unexercised')
    expect(judge('an-aborted-attempt-is-awaited', inAnAttempt)).toBe('not-applicable')
    expect(judge('an-aborted-attempt-is-awaited', inAnAttempt, { ...awaited, ...unsupported })).toBe(
      'not-applicable',
    )
  })
})

describe('no-wait-after-an-aborted-attempt', () => {
  const claim = 'no-wait-after-an-aborted-attempt'

  it('is broken by a wait', () => {
    expect(judge(claim, [...inAnAttempt, [at(50), fails()], [at(70), timer, hears('stop')]], awaited)).toBe(
      'violated',
    )
  })

  it('is kept at once', () => {
    expect(judge(claim, [...inAnAttempt, [at(50), fails(), hears('stop')]], awaited)).toBe('holds')
    expect(judge(claim, [...inAnAttempt, [at(50), succeeds(1), gets(1)]], awaited)).toBe('unexercised')
    expect(judge(claim, inAnAttempt, unsupported)).toBe('not-applicable')
  })
})

describe('an-abort-rejects-with-the-reason-of-the-signal', () => {
  const claim = 'an-abort-rejects-with-the-reason-of-the-signal'

  it('is broken by any other, before, in an attempt and in a wait', () => {
    for (const steps of [before, inAnAttempt, inAWait])
      expect(judge(claim, [...steps, [hears(new Error('aborted'))]])).toBe('violated')
    expect(judge(claim, [[aborts(0)], [aborted, hears(new Error('aborted'))]])).toBe('violated')
  })

  it('is kept by the very reason', () => {
    for (const steps of [before, inAnAttempt, inAWait])
      expect(judge(claim, [...steps, [hears('stop')]])).toBe('holds')
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
    expect(judge(claim, inAWait, { abort: 'own-error' })).toBe('not-applicable')
  })

  it('says nothing where an attempt decided, before the abort or beside it', () => {
    const last = [
      [run({ signal: true, attempts: '1' }), starts],
      [fails('no'), aborts('stop'), hears('no')],
    ]
    const beside = [
      [run({ signal: true, attempts: '1' }), starts],
      [aborts('stop')],
      [fails('no'), hears('no')],
    ]
    expect(judge(claim, last)).toBe('unexercised')
    expect(judge(claim, beside)).toBe('unexercised')
  })
})

describe('null-is-a-reason', () => {
  const claim = 'null-is-a-reason'
  const withNull: readonly Steps[] = [
    [[aborts(null)], [at(1), aborted]],
    [
      [aborted, starts],
      [at(10), aborts(null)],
    ],
    [[aborted, starts], [fails('no')], [at(10), aborts(null)]],
  ]

  it('is broken by a default, before, in an attempt and in a wait', () => {
    for (const steps of withNull) {
      expect(judge(claim, [...steps, [hears(new Error('aborted'))]])).toBe('violated')
      expect(judge(claim, [...steps, [hears(undefined)]])).toBe('violated')
    }
  })

  it('is kept by null', () => {
    for (const steps of withNull) expect(judge(claim, [...steps, [hears(null)]])).toBe('holds')
  })

  it('leaves every other reason to the law of the very reason, and that leaves it this one', () => {
    for (const reason of ['stop', 0, '', false, new Error('stop')])
      expect(judge(claim, [[aborts(reason)], [aborted, hears(new Error('aborted'))]])).toBe('unexercised')
    for (const steps of withNull)
      expect(
        judge('an-abort-rejects-with-the-reason-of-the-signal', [...steps, [hears(new Error('aborted'))]]),
      ).toBe('unexercised')
    expect(judge(claim, withNull[0]!, { abort: 'own-error' })).toBe('not-applicable')
  })
})

describe('an-abort-rejects-with-the-last-reason', () => {
  const judged = (...steps: Steps) =>
    judge('an-abort-rejects-with-the-last-reason', steps, { abort: 'last-error' })

  it('is broken by any other', () => {
    expect(judged(...inAWait, [hears('stop')])).toBe('violated')
  })

  it('is kept by the reason of the last attempt', () => {
    expect(judged(...inAWait, [hears('no')])).toBe('holds')
    expect(judged(...before, [hears('anything')])).toBe('unexercised')
    expect(judge('an-abort-rejects-with-the-last-reason', inAWait)).toBe('not-applicable')
  })

  it('says nothing of a failure that nobody may have noticed yet', () => {
    const race: Steps = [
      [aborted, starts],
      [fails('no'), aborts('stop', { inject: 1 }), hears('own')],
    ]
    expect(judged(...race)).toBe('unexercised')
  })
})

describe('an-abort-rejects-with-an-error-of-its-own', () => {
  const judged = (...steps: Steps) =>
    judge('an-abort-rejects-with-an-error-of-its-own', steps, { abort: 'own-error' })

  it('is broken by the reason of the signal, by that of an attempt, and by what is no error', () => {
    for (const reason of ['stop', 'no', 'own']) expect(judged(...inAWait, [hears(reason)])).toBe('violated')
  })

  it('is kept by an error', () => {
    expect(judged(...inAWait, [hears(new Error('interrupted'))])).toBe('holds')
    expect(judged(...succeededAtOnce)).toBe('unexercised')
    expect(judge('an-abort-rejects-with-an-error-of-its-own', inAWait)).toBe('not-applicable')
  })
})
