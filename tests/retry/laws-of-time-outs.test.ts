import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  fails,
  gets,
  hears,
  judge,
  run,
  type Steps,
  starts,
  succeededAtOnce,
  succeeds,
  throws,
  timer,
} from './steps.js'

const late = new Error('out of time')
const timed = run({ timeoutMs: 30 })
const attempt = { timeout: 'attempt' } as const
const total = { timeout: 'total' } as const

describe('an-attempt-out-of-time-is-given-up', () => {
  const judged = (...steps: Steps) => judge('an-attempt-out-of-time-is-given-up', steps, attempt)
  const next: Steps = [
    [timed, starts],
    [at(30), timer],
    [at(50), timer, starts],
  ]

  it('is broken where its late outcome counts', () => {
    expect(judged([timed, starts], [at(80), succeeds(1), gets(1)])).toBe('violated')
    expect(judged([timed, starts], [at(80), fails()], [at(100), timer, starts, succeeds(1), gets(1)])).toBe(
      'violated',
    )
    expect(judged(...next, [at(60), succeeds(1, 'attempt#1'), gets(1)], [at(70), succeeds(2)])).toBe(
      'violated',
    )
  })

  it('is kept by a further attempt, and by an end', () => {
    expect(judged(...next, [at(51), succeeds(2), gets(2)], [at(80), fails('no', 'attempt#1')])).toBe('holds')
    expect(judged([timed, starts], [at(30), timer, hears(late)], [at(80), succeeds(1)])).toBe('holds')
    expect(judged([timed, starts], [at(30), succeeds(1), gets(1)])).toBe('unexercised')
    expect(judge('an-attempt-out-of-time-is-given-up', next)).toBe('not-applicable')
  })
})

describe('the-run-ends-in-its-time', () => {
  const judged = (...steps: Steps) => judge('the-run-ends-in-its-time', steps, total)

  it('is broken by a later end', () => {
    expect(judged([timed, starts], [at(80), succeeds(1), gets(1)])).toBe('violated')
    expect(judged([timed, starts], [at(20), fails()], [at(40), timer, starts, fails(), hears('no')])).toBe(
      'violated',
    )
  })

  it('is kept by an end in time', () => {
    expect(judged([timed, starts], [at(30), timer, hears(late)], [at(80), fails()])).toBe('holds')
    expect(judged([timed, starts], [succeeds(1), gets(1)])).toBe('unexercised')
    expect(judge('the-run-ends-in-its-time', succeededAtOnce, attempt)).toBe('not-applicable')
  })
})

describe('gives-up-no-sooner-than-the-time-out', () => {
  const claim = 'gives-up-no-sooner-than-the-time-out'
  const second: Steps = [[timed, starts], [fails('no')], [at(20), timer, starts]]

  it('is broken where a time for all ends an attempt that is in time', () => {
    expect(judge(claim, [...second, [at(30), timer, hears(late)], [at(40), fails()]], attempt)).toBe(
      'violated',
    )
  })

  it('is broken by an end before the time of the run', () => {
    expect(judge(claim, [...second, [at(25), hears(late)], [at(40), fails()]], total)).toBe('violated')
  })

  it('is kept where attempts are used up, or time is', () => {
    expect(judge(claim, [...second, [at(25), fails('last'), hears('last')]], attempt)).toBe('holds')
    expect(judge(claim, [...second, [at(50), timer, hears(late)], [at(60), fails()]], attempt)).toBe(
      'unexercised',
    )
    expect(judge(claim, [[timed, starts], [fails()], [hears('no')]])).toBe('not-applicable')
  })

  it('leaves what was thrown, or has no reason, to other laws', () => {
    expect(
      judge(
        claim,
        [
          [timed, starts],
          [fails(0), hears(0)],
        ],
        attempt,
      ),
    ).toBe('holds')
    expect(judge(claim, [[timed, starts, throws(), hears('no')]], attempt)).toBe('holds')
  })
})

describe('a-time-out-is-an-error', () => {
  const claim = 'a-time-out-is-an-error'
  const ended = (reason: unknown): Steps => [
    [timed, starts],
    [at(30), timer, hears(reason)],
    [at(80), fails()],
  ]

  it('is broken by nothing at all', () => {
    expect(judge(claim, ended(undefined), attempt)).toBe('violated')
    expect(judge(claim, ended('late'), total)).toBe('violated')
  })

  it('is kept by an error, and by what an attempt failed with', () => {
    const reason: Steps = [
      [timed, starts],
      [fails('no')],
      [at(20), timer, starts],
      [at(30), timer, hears('no')],
    ]
    expect(judge(claim, ended(late), attempt)).toBe('holds')
    expect(judge(claim, reason, total)).toBe('holds')
    expect(judge(claim, succeededAtOnce, attempt)).toBe('unexercised')
    expect(judge(claim, ended(late))).toBe('not-applicable')
  })
})
