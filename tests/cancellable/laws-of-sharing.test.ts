import { describe, expect, it } from 'vitest'
import { at, deadlock } from '../history-builder.js'
import { aborts, begins, fails, fulfils, gets, hears, joins, judge, runs, type Steps } from './steps.js'

describe('the-abort-of-one-is-not-that-of-another', () => {
  const claim = 'the-abort-of-one-is-not-that-of-another'
  const two = (planned: 'fulfil' | 'reject' = 'fulfil'): Steps => [
    [runs('A', 's'), begins('taskA')],
    [runs('B', 'other'), begins('taskB', { heeds: true, planned })],
    [at(5), aborts('s'), hears('A')],
  ]

  it('is broken by the rejection of the other, and by leaving it to wait', () => {
    expect(judge(claim, [...two(), [fails('taskB', 'why'), hears('B')]])).toBe('violated')
    expect(judge(claim, [...two(), [hears('B')]])).toBe('violated')
    expect(judge(claim, [...two(), [at(20), fulfils('taskB')], [deadlock('B')]])).toBe('violated')
  })

  it('is kept where the other goes on, also to fail', () => {
    expect(judge(claim, [...two(), [at(20), fulfils('taskB'), gets('B')]])).toBe('holds')
    expect(judge(claim, [...two('reject'), [at(20), fails('taskB'), hears('B', 'no')]])).toBe('holds')
    expect(
      judge(claim, [
        [runs('A', 's'), begins('taskA')],
        [aborts('s'), hears('A')],
      ]),
    ).toBe('unexercised')
  })
})

const shared = (...clients: Steps[number]): Steps => [
  [joins('A', 's'), begins('task', { heeds: true })],
  clients,
]

describe('one-leaver-cancels-no-other', () => {
  const claim = 'one-leaver-cancels-no-other'
  const left: Steps = [...shared(joins('B')), [at(5), aborts('s'), hears('A')]]

  it('is broken by a rejection of who stays', () => {
    expect(
      judge(claim, [...shared(joins('B')), [aborts('s'), fails('task', 'why'), hears('A'), hears('B')]]),
    ).toBe('violated')
    expect(judge(claim, [...left, [deadlock('B')]])).toBe('violated')
  })

  it('is broken by a rejection of who comes while the task is being ended', () => {
    const ending: Steps = [
      ...shared(),
      [aborts('s'), fails('task', 'why'), hears('A'), joins('B'), hears('B')],
    ]
    expect(judge(claim, ending)).toBe('violated')
  })

  it('is kept where those who stay get what the task comes to', () => {
    expect(judge(claim, [...left, [at(20), fulfils('task'), gets('B')]])).toBe('holds')
    expect(judge(claim, [...shared(joins('B')), [fulfils('task'), gets('A'), gets('B')]])).toBe('unexercised')
    expect(judge(claim, left, {}, { shared: false })).toBe('not-applicable')
  })
})

describe('the-last-to-leave-ends-the-task', () => {
  const claim = 'the-last-to-leave-ends-the-task'
  const left: Steps = [
    ...shared(joins('B', 't')),
    [aborts('s'), hears('A')],
    [at(5), aborts('t'), hears('B')],
  ]

  it('is broken by a task that goes on for nobody', () => {
    expect(judge(claim, [...left, [at(20), fulfils('task')]])).toBe('violated')
  })

  it('is kept by one that ends with the last', () => {
    const ends: Steps = [...left.slice(0, 3), [at(5), aborts('t'), fails('task', 'why'), hears('B')]]
    expect(judge(claim, ends)).toBe('holds')
  })

  it('says nothing as long as somebody stays', () => {
    const stays: Steps = [
      ...shared(joins('B')),
      [aborts('s'), hears('A')],
      [at(20), fulfils('task'), gets('B')],
    ]
    expect(judge(claim, stays)).toBe('unexercised')
    expect(judge(claim, left, { taskSignal: 'none' })).toBe('not-applicable')
    expect(judge(claim, left, {}, { shared: false })).toBe('not-applicable')
  })
})
