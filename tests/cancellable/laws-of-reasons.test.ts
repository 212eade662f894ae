import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { aborts, begins, fails, hears, judge, runs, type Steps, underWay } from './steps.js'

/** Aborted with one reason, and rejected with another. */
const told = (reason: unknown, heard: unknown): Steps =>
  underWay([at(5), aborts('s', reason), hears('A', heard)])
const toldBefore = (reason: unknown, heard: unknown): Steps => [
  [aborts('s', reason)],
  [runs('A'), hears('A', heard)],
]

describe('the-very-reason', () => {
  const claim = 'the-very-reason'

  it('is broken by another error, however alike', () => {
    expect(judge(claim, told(new Error('why'), new Error('why')))).toBe('violated')
    expect(judge(claim, toldBefore('why', new DOMException('why', 'AbortError')))).toBe('violated')
  })

  it('is kept by the reason itself', () => {
    const error = new DOMException('why', 'AbortError')
    expect(judge(claim, told(error, error))).toBe('holds')
    expect(judge(claim, toldBefore('why', 'why'))).toBe('holds')
  })

  it('does not take a failure for an abort because another signal had the same reason', () => {
    const failing = begins('taskA', { heeds: true, planned: 'reject' })
    const close: Steps = [
      [aborts('other', null)],
      [runs('A'), failing],
      [at(30), aborts('s', new Error('why'))],
      [fails('taskA', null), hears('A', null)],
    ]
    expect(judge(claim, close)).toBe('unexercised')
  })

  it('leaves falsy reasons to the next law, and late answers to another', () => {
    expect(judge(claim, told(0, 1))).toBe('unexercised')
    expect(judge(claim, underWay([at(5), aborts()], [at(20), fails('taskA'), hears('A', 'no')]))).toBe(
      'unexercised',
    )
    expect(judge(claim, told('why', 'no'), { abort: 'own-error' })).toBe('not-applicable')
  })
})

describe('a-falsy-reason-is-a-reason', () => {
  const claim = 'a-falsy-reason-is-a-reason'

  it('is broken by a default in its place', () => {
    for (const reason of [0, Number.NaN, '', false, 0n])
      expect(judge(claim, told(reason, new DOMException('why', 'AbortError')))).toBe('violated')
  })

  it('is kept by the reason itself', () => {
    for (const reason of [0, Number.NaN, '', false, 0n])
      expect(judge(claim, toldBefore(reason, reason))).toBe('holds')
    expect(judge(claim, told('why', 'no'))).toBe('unexercised')
    expect(judge(claim, told(0, 1), { abort: 'own-error' })).toBe('not-applicable')
  })
})

describe('null-is-a-reason', () => {
  const claim = 'null-is-a-reason'

  it('is broken by a default in its place', () => {
    expect(judge(claim, told(null, new DOMException('why', 'AbortError')))).toBe('violated')
    expect(judge(claim, told(null, undefined))).toBe('violated')
  })

  it('is kept by `null`', () => {
    expect(judge(claim, told(null, null))).toBe('holds')
    expect(judge(claim, told(0, 1))).toBe('unexercised')
    expect(judge(claim, told(null, 1), { abort: 'own-error' })).toBe('not-applicable')
  })
})

describe('an-error-of-its-own', () => {
  const claim = 'an-error-of-its-own'
  const own = (steps: Steps) => judge(claim, steps, { abort: 'own-error' })

  it('is broken by a reason that is no error', () => {
    expect(own(told('why', 'why'))).toBe('violated')
    expect(own(toldBefore(null, null))).toBe('violated')
  })

  it('is kept by any error', () => {
    expect(own(told('why', new Error('given up')))).toBe('holds')
  })

  it('says nothing where the reason is an error, or the task may have told it', () => {
    expect(own(told(new Error('a'), new Error('b')))).toBe('unexercised')
    const heeds: Steps = [
      [runs('A'), begins('taskA', { heeds: true })],
      [aborts(), fails('taskA', 'why'), hears('A')],
    ]
    expect(own(heeds)).toBe('unexercised')
    expect(judge(claim, told('why', 'why'))).toBe('not-applicable')
  })
})
