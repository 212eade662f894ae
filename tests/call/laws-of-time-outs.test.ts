import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { aborts, calls, fulfils, gets, hears, judging, rejects, runs, type Steps } from './steps.js'

const limited = judging('timeout')
const debounced = judging('debounce')
const begun: Steps = [[calls('A'), runs('A')]]
const fast: Steps = [...begun, [at(40), fulfils(0), gets('A', 0)]]
const slow: Steps = [...begun, [at(100), hears('A', 'time')], [at(200), fulfils(1)]]

describe('a-value-in-time-is-given', () => {
  const claim = 'a-value-in-time-is-given'

  it('is broken by another answer, or none', () => {
    expect(limited(claim, [...begun, [at(40), fulfils(0)], [at(100), hears('A', 'time')]])).toBe('violated')
    expect(limited(claim, [...begun, [at(40), fulfils(0), gets('A', 1)]])).toBe('violated')
    expect(limited(claim, [...begun, [at(40), fulfils(0)], [at(200)], [calls('B')]])).toBe('violated')
  })

  it('is kept by the very value', () => {
    expect(limited(claim, fast)).toBe('holds')
    expect(limited(claim, slow)).toBe('unexercised')
    expect(debounced(claim, fast)).toBe('not-applicable')
  })
})

describe('the-reason-is-not-hidden', () => {
  const claim = 'the-reason-is-not-hidden'

  it('is broken by a time-out instead', () => {
    expect(limited(claim, [...begun, [at(40), rejects('no')], [at(100), hears('A', 'time')]])).toBe(
      'violated',
    )
    expect(limited(claim, [...begun, [at(40), rejects(0), gets('A', undefined)]])).toBe('violated')
  })

  it('is kept by the very reason', () => {
    expect(limited(claim, [...begun, [at(40), rejects('no'), hears('A', 'no')]])).toBe('holds')
    expect(limited(claim, fast)).toBe('unexercised')
    expect(debounced(claim, fast)).toBe('not-applicable')
  })
})

describe('rejects-when-time-is-up', () => {
  const claim = 'rejects-when-time-is-up'

  it('is broken too early, too late, and by a value', () => {
    expect(limited(claim, [...begun, [at(50), hears('A', 'time')]])).toBe('violated')
    expect(limited(claim, [...begun, [at(200), hears('A', 'time')], [fulfils(1)]])).toBe('violated')
    expect(limited(claim, [...begun, [at(100), gets('A', undefined)], [at(200), fulfils(1)]])).toBe(
      'violated',
    )
  })

  it('is kept in time', () => {
    expect(limited(claim, slow)).toBe('holds')
    expect(limited(claim, fast)).toBe('unexercised')
    expect(debounced(claim, slow)).toBe('not-applicable')
  })

  it('says nothing of who is aborted', () => {
    expect(limited(claim, [...begun, [at(50), aborts(), hears('A', 'stop')]])).toBe('unexercised')
  })
})

describe('calls-the-function-once', () => {
  const claim = 'calls-the-function-once'

  it('is broken by a second run, by a late one, and by none', () => {
    expect(limited(claim, [...slow, [runs('A')]])).toBe('violated')
    expect(limited(claim, [[calls('A')], [at(90), runs('A')]])).toBe('violated')
    expect(limited(claim, [[calls('A')], [at(100), hears('A', 'time')]])).toBe('violated')
  })

  it('is kept by one at once', () => {
    expect(limited(claim, fast)).toBe('holds')
    expect(limited(claim, [[aborts()], [calls('A'), hears('A', 'stop')]])).toBe('holds')
    expect(limited(claim, [])).toBe('unexercised')
    expect(debounced(claim, fast)).toBe('not-applicable')
  })
})
