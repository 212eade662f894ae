import { describe, expect, it } from 'vitest'
import { at, deadlock } from '../history-builder.js'
import {
  aborts,
  begins,
  fails,
  fulfils,
  gets,
  hears,
  joins,
  judge,
  rings,
  runs,
  type Steps,
  underWay,
} from './steps.js'

const before = (...then: Steps[number]): Steps => [[aborts()], [runs('A'), ...then]]
/** A task that takes 20 ms, aborted at 5 ms. */
const during = (...then: Steps[number]): Steps => underWay([at(5), aborts(), ...then])
const late: Steps[number] = [at(20), fulfils('taskA')]

describe('an-aborted-signal-starts-nothing', () => {
  const claim = 'an-aborted-signal-starts-nothing'

  it('is broken by a task that starts', () => {
    expect(judge(claim, before(begins('taskA'), hears('A')))).toBe('violated')
    expect(judge(claim, [...before(hears('A')), [begins('taskA')]])).toBe('violated')
    expect(judge(claim, [[aborts()], [joins('A', 's'), begins('task')]])).toBe('violated')
  })

  it('is kept where none starts, or one that somebody else wants', () => {
    expect(judge(claim, before(hears('A')))).toBe('holds')
    expect(judge(claim, [[aborts()], [joins('A', 's')], [joins('B'), begins('task')]])).toBe('holds')
    expect(judge(claim, during(hears('A')))).toBe('unexercised')
  })
})

describe('an-aborted-signal-rejects-at-once', () => {
  const claim = 'an-aborted-signal-rejects-at-once'

  it('is broken by an answer, by none, and by one that is late', () => {
    expect(judge(claim, before(gets('A', undefined)))).toBe('violated')
    expect(judge(claim, [...before(), [deadlock('A')]])).toBe('violated')
    expect(judge(claim, [...before(begins('taskA')), [at(20), fulfils('taskA'), hears('A')]])).toBe(
      'violated',
    )
  })

  it('is kept by a rejection, also a turn later', () => {
    expect(judge(claim, before(hears('A')))).toBe('holds')
    expect(judge(claim, [...before(), [at(1), rings, hears('A')]])).toBe('holds')
    expect(judge(claim, during(hears('A')))).toBe('unexercised')
  })
})

describe('nothing-starts-after-an-abort', () => {
  const claim = 'nothing-starts-after-an-abort'

  it('is broken by a task that starts when it is too late', () => {
    expect(judge(claim, [[runs('A')], [aborts()], [begins('taskA')]])).toBe('violated')
    expect(judge(claim, [[runs('A')], [aborts(), hears('A')], [begins('taskA')]])).toBe('violated')
    expect(judge(claim, [[joins('A', 's')], [aborts()], [begins('task')]])).toBe('violated')
  })

  it('is kept where it does not, or for somebody else', () => {
    expect(judge(claim, [[runs('A')], [aborts(), hears('A')]])).toBe('holds')
    expect(judge(claim, [[joins('A', 's')], [joins('B')], [aborts()], [begins('task')]])).toBe('holds')
  })

  it('says nothing of the microtasks between a look at the signal and the start', () => {
    expect(judge(claim, [[runs('A'), aborts(), begins('taskA'), hears('A')]])).toBe('holds')
    expect(judge(claim, before(begins('taskA')))).toBe('unexercised')
  })
})

describe('an-abort-rejects', () => {
  const claim = 'an-abort-rejects'

  it('is broken by an answer that is none, and by none at all', () => {
    expect(judge(claim, during(gets('A', undefined)))).toBe('violated')
    expect(judge(claim, [...during(), late, [deadlock('A')]])).toBe('violated')
    expect(judge(claim, [[runs('A')], [aborts()], [deadlock('A')]])).toBe('violated')
  })

  it('is kept by a rejection; when it comes is another matter', () => {
    expect(judge(claim, [...during(hears('A')), late])).toBe('holds')
    expect(judge(claim, [...during(), [...late, gets('A')]])).toBe('holds')
  })

  it('says nothing where the task ends about then', () => {
    expect(judge(claim, underWay([at(5), aborts()], [fulfils('taskA'), gets('A')]))).toBe('unexercised')
    expect(judge(claim, underWay([fulfils('taskA'), aborts(), gets('A')]))).toBe('unexercised')
    expect(judge(claim, underWay([fulfils('taskA'), gets('A')], [aborts()]))).toBe('unexercised')
  })

  it('says nothing of a shared value that was there already', () => {
    const there: Steps = [
      [joins('A'), begins('task')],
      [fulfils('task'), gets('A')],
    ]
    expect(judge(claim, [...there, [joins('B', 's'), aborts(), gets('B')]])).toBe('unexercised')
    const failed: Steps = [
      [joins('A'), begins('task')],
      [fails('task'), hears('A', 'no')],
    ]
    expect(judge(claim, [...failed, [joins('B', 's'), aborts(), gets('B')]])).toBe('violated')
  })
})

describe('an-abort-does-not-wait-for-the-task', () => {
  const claim = 'an-abort-does-not-wait-for-the-task'

  it('is broken by an answer that comes with the task', () => {
    expect(judge(claim, [...during(), [...late, hears('A')]])).toBe('violated')
    expect(judge(claim, [...during(), [...late, gets('A')]])).toBe('violated')
  })

  it('is kept by one at once, or a turn later', () => {
    expect(judge(claim, [...during(hears('A')), late])).toBe('holds')
    expect(judge(claim, [...during(), [at(6), rings, hears('A')], late])).toBe('holds')
  })

  it('is not exercised by a task that heeds its signal', () => {
    const heeds = begins('taskA', { heeds: true })
    expect(
      judge(claim, [
        [runs('A'), heeds],
        [aborts(), fails('taskA', 'why'), hears('A')],
      ]),
    ).toBe('unexercised')
  })
})
