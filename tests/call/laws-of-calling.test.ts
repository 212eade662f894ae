import { describe, expect, it } from 'vitest'
import { answer, at } from '../history-builder.js'
import {
  aborts,
  alone,
  calls,
  fulfils,
  gets,
  hears,
  judging,
  pair,
  rejects,
  runs,
  type Steps,
} from './steps.js'

const debounced = judging('debounce')
const throttled = judging('throttle')
const limited = judging('timeout')
const waiting = judging('event')

describe('an-answer-is-what-a-run-gave', () => {
  const claim = 'an-answer-is-what-a-run-gave'
  const empty: Steps = [[calls('A')], [calls('B'), gets('A', undefined)]]

  it('is broken by a value that no run gave', () => {
    expect(debounced(claim, empty)).toBe('violated')
    expect(
      throttled(claim, [
        [calls('A'), runs('A')],
        [fulfils(1), gets('A', 2)],
      ]),
    ).toBe('violated')
  })

  it('is kept by what a run gave, and by a rejection', () => {
    expect(debounced(claim, pair)).toBe('holds')
    expect(throttled(claim, [[calls('A'), hears('A', 'too soon')]], { throttle: 'drop' })).toBe('holds')
    expect(debounced(claim, [[calls('A')]])).toBe('unexercised')
    expect(limited(claim, empty)).toBe('not-applicable')
  })
})

describe('answers-with-what-its-batch-gave', () => {
  const claim = 'answers-with-what-its-batch-gave'
  const both = (...told: Steps[number][number][]): Steps => [
    [calls('A')],
    [at(40), calls('B')],
    [at(140), runs('B')],
    [rejects('no'), ...told],
  ]

  it('is broken by another outcome for one of the batch', () => {
    expect(debounced(claim, both(hears('B', 'no'), gets('A', undefined)))).toBe('violated')
    expect(debounced(claim, both(hears('B', 'no'), hears('A', 'other')))).toBe('violated')
  })

  it('is broken by the outcome of the batch before', () => {
    const late: Steps = [
      ...alone.slice(0, 2),
      [at(250), calls('B')],
      [fulfils(1), gets('A', 1), gets('B', 1)],
    ]
    expect(debounced(claim, [...late, [at(350), runs('B')]])).toBe('violated')
    expect(throttled(claim, [...late, [at(350), runs('B')]], { throttle: 'coalesce' })).toBe('violated')
  })

  it('is kept by the outcome of the run that was made for all', () => {
    expect(debounced(claim, both(hears('B', 'no'), hears('A', 'no')))).toBe('holds')
    expect(debounced(claim, alone)).toBe('unexercised')
    expect(throttled(claim, pair)).toBe('not-applicable')
  })

  it('asks for the run of the first call where that is declared', () => {
    const first: Steps = [
      [calls('A'), runs('A')],
      [fulfils(1), gets('A', 1)],
      [at(40), calls('B')],
    ]
    expect(debounced(claim, [...first, [gets('B', 1)]], { edge: 'leading' })).toBe('holds')
    expect(debounced(claim, [...first, [gets('B', undefined)]], { edge: 'leading' })).toBe('violated')
  })

  it('says nothing of who is aborted, nor of who joins a run', () => {
    expect(debounced(claim, [[calls('A')], [calls('B')], [aborts(), hears('A', 'stop')]])).toBe('unexercised')
    const joined: Steps = [...alone.slice(0, 2), [calls('B')], [fulfils(1), gets('A', 1), gets('B', 1)]]
    expect(debounced(claim, joined, { whileRunning: 'joins' })).toBe('holds')
  })
})

describe('every-call-gives-a-promise', () => {
  const claim = 'every-call-gives-a-promise'

  it('is broken by a bare value', () => {
    expect(throttled(claim, [[calls('A'), answer('A', 'returned')]])).toBe('violated')
  })

  it('is kept by something to await', () => {
    expect(throttled(claim, alone)).toBe('holds')
    expect(limited(claim, [])).toBe('unexercised')
    expect(waiting(claim, alone)).toBe('not-applicable')
  })
})

describe('the-arguments-arrive', () => {
  const claim = 'the-arguments-arrive'

  it('is broken by other arguments', () => {
    expect(debounced(claim, [[calls('A', "'A', 1")], [at(100), runs('A', "'A'")]])).toBe('violated')
  })

  it('is kept by the same', () => {
    expect(debounced(claim, [[calls('A', "'A', 1")], [at(100), runs('A', "'A', 1")]])).toBe('holds')
    expect(debounced(claim, [[calls('A')]])).toBe('unexercised')
    expect(waiting(claim, alone)).toBe('not-applicable')
  })
})
