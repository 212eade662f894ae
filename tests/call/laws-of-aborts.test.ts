import { describe, expect, it } from 'vitest'
import { at, event, type Item } from '../history-builder.js'
import { aborts, calls, fulfils, gets, hears, judging, runs, type Steps, stops, waitsWith } from './steps.js'

const debounced = judging('debounce')
const limited = judging('timeout')
const waiting = judging('event')
const DEAF = { abort: 'unsupported' } as const

describe('an-abort-rejects-who-waits', () => {
  const claim = 'an-abort-rejects-who-waits'
  const aborted: Steps = [[calls('A')], [at(40), aborts('stop')]]

  it('is broken by no answer, by a late one, by a value, and by another reason', () => {
    expect(debounced(claim, aborted)).toBe('violated')
    expect(debounced(claim, [...aborted, [at(100), hears('A', 'stop')]])).toBe('violated')
    expect(debounced(claim, [...aborted, [gets('A', undefined)]])).toBe('violated')
    expect(debounced(claim, [...aborted, [hears('A', 'other')]])).toBe('violated')
  })

  it('is kept by a rejection with the reason, or with what is declared', () => {
    expect(debounced(claim, [...aborted, [hears('A', 'stop')]])).toBe('holds')
    expect(debounced(claim, [...aborted, [hears('A', 'other')]], { abort: 'own-error' })).toBe('holds')
    expect(debounced(claim, [[calls('A')]])).toBe('unexercised')
    expect(debounced(claim, aborted, DEAF)).toBe('not-applicable')
    expect(debounced(claim, aborted, { edge: 'leading' })).toBe('not-applicable')
  })

  it('leaves a run under way alone, but for one that is timed', () => {
    const running: Steps = [[calls('A')], [at(100), runs('A')], [aborts('stop')], [fulfils(1), gets('A', 1)]]
    expect(debounced(claim, running)).toBe('unexercised')
    const timed: Steps = [
      [calls('A'), runs('A')],
      [at(40), aborts('stop')],
      [at(60), fulfils(1), gets('A', 1)],
    ]
    expect(limited(claim, timed)).toBe('violated')
    expect(limited(claim, running)).toBe('unexercised')
  })
})

describe('null-is-a-reason', () => {
  const claim = 'null-is-a-reason'
  const aborted: Steps = [[calls('A')], [at(40), aborts(null)]]

  it('is broken by an error instead', () => {
    expect(debounced(claim, [...aborted, [hears('A', 'aborted')]])).toBe('violated')
    expect(waiting(claim, [[waitsWith('A')], [stops('A', null), hears('A', 'aborted')]])).toBe('violated')
  })

  it('is kept by `null`, and is no matter of the law on waiting', () => {
    expect(debounced(claim, [...aborted, [hears('A', null)]])).toBe('holds')
    expect(waiting(claim, [[waitsWith('A')], [stops('A', null), hears('A', null)]])).toBe('holds')
    expect(debounced('an-abort-rejects-who-waits', [...aborted, [hears('A', 'aborted')]])).toBe('holds')
    expect(debounced(claim, [[calls('A')], [at(40), aborts('stop'), hears('A', 'stop')]])).toBe('unexercised')
    expect(debounced(claim, aborted, DEAF)).toBe('not-applicable')
  })
})

describe('nothing-runs-after-an-abort', () => {
  const claim = 'nothing-runs-after-an-abort'
  const aborted: Steps = [[calls('A')], [at(40), aborts(), hears('A', 'stop')]]

  it('is broken by a run for a call from before', () => {
    expect(debounced(claim, [...aborted, [at(100), runs('A')]])).toBe('violated')
  })

  it('is kept by silence, and by a run for a later call', () => {
    expect(debounced(claim, aborted)).toBe('holds')
    expect(debounced(claim, [...aborted, [calls('B')], [at(140), runs('B')]])).toBe('holds')
    expect(debounced(claim, [[calls('A')]])).toBe('unexercised')
    expect(debounced(claim, aborted, DEAF)).toBe('not-applicable')
  })
})

describe('no-listener-for-every-call', () => {
  const claim = 'no-listener-for-every-call'
  const signal = event('signal', 'stop')
  const left = (count: number): Item => event('touch', 'stop', `${count} listeners`, { detail: { count } })
  const both = (...last: readonly Item[]): Steps => [
    [signal],
    [calls('A'), runs('A'), left(1)],
    [calls('B'), runs('B'), left(2)],
    [fulfils(1, 'fn#1'), gets('A', 1), fulfils(2), gets('B', 2), ...last],
  ]

  it('is broken by one for each call', () => {
    expect(limited(claim, both())).toBe('violated')
  })

  it('is kept by one for all, or none', () => {
    expect(limited(claim, both(left(1)))).toBe('holds')
    expect(limited(claim, both(left(0)))).toBe('holds')
    expect(limited(claim, both().slice(1))).toBe('violated')
    expect(limited(claim, [[signal], [calls('A'), runs('A'), left(1)]])).toBe('unexercised')
    expect(limited(claim, both(), DEAF)).toBe('not-applicable')
  })
})
