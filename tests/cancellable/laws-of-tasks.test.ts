import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  aborts,
  begins,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  leaks,
  looks,
  runs,
  type Steps,
  underWay,
} from './steps.js'

const heeding: Steps = [[runs('A'), begins('taskA', { heeds: true })]]

describe('passes-the-outcome-through', () => {
  const claim = 'passes-the-outcome-through'

  it('is broken by another value, another reason, and the other outcome', () => {
    expect(judge(claim, underWay([fulfils('taskA', 0), gets('A', undefined)]))).toBe('violated')
    expect(judge(claim, underWay([fails('taskA', 'no'), hears('A', new Error('no'))]))).toBe('violated')
    expect(judge(claim, underWay([fails('taskA', 'no'), gets('A', 'no')]))).toBe('violated')
    expect(judge(claim, [[runs('A'), gets('A')]])).toBe('violated')
  })

  it('is kept by the very outcome', () => {
    expect(judge(claim, underWay([fulfils('taskA', 0), gets('A', 0)]))).toBe('holds')
    expect(judge(claim, underWay([fails('taskA', null), hears('A', null)], [aborts()]))).toBe('holds')
    expect(judge(claim, underWay([aborts(), hears('A')]))).toBe('unexercised')
  })
})

describe('an-abort-after-the-end-changes-nothing', () => {
  const claim = 'an-abort-after-the-end-changes-nothing'
  const ended = underWay([fulfils('taskA'), gets('A')], [aborts()])

  it('is broken by another answer on looking again', () => {
    expect(judge(claim, [...ended, [looks('A'), hears('A')]])).toBe('violated')
    expect(judge(claim, [...ended, [looks('A'), gets('A', 'other')]])).toBe('violated')
  })

  it('is kept by the same', () => {
    expect(judge(claim, [...ended, [looks('A'), gets('A')]])).toBe('holds')
  })

  it('needs an abort, a look, and a subject that keeps its answers', () => {
    expect(judge(claim, ended)).toBe('unexercised')
    expect(judge(claim, underWay([fulfils('taskA'), gets('A')], [looks('A'), hears('A')]))).toBe(
      'unexercised',
    )
    expect(judge(claim, ended, {}, { reruns: true })).toBe('not-applicable')
  })
})

describe('a-late-outcome-changes-nothing', () => {
  const claim = 'a-late-outcome-changes-nothing'
  const left = underWay([at(5), aborts(), hears('A')], [at(20), fulfils('taskA')])

  it('is broken by a value on looking again', () => {
    expect(judge(claim, [...left, [looks('A'), gets('A')]])).toBe('violated')
    expect(judge(claim, [...left, [looks('A'), hears('A', 'other')]])).toBe('violated')
  })

  it('is kept by the same rejection', () => {
    expect(judge(claim, [...left, [looks('A'), hears('A')]])).toBe('holds')
    expect(judge(claim, [...left.slice(0, 2), [looks('A'), hears('A')]])).toBe('unexercised')
    expect(judge(claim, left, {}, { reruns: true })).toBe('not-applicable')
  })
})

describe('a-late-failure-is-not-unhandled', () => {
  const claim = 'a-late-failure-is-not-unhandled'
  const left = underWay([at(5), aborts(), hears('A')], [at(20), fails('taskA', 'late')])

  it('is broken by that failure at the host', () => {
    expect(judge(claim, [...left, [leaks('late')]])).toBe('violated')
  })

  it('is kept where it stays quiet', () => {
    expect(judge(claim, left)).toBe('holds')
    expect(judge(claim, [...left, [leaks('of another')]])).toBe('holds')
    expect(judge(claim, underWay([fails('taskA'), hears('A', 'no')], [leaks('no')]))).toBe('unexercised')
  })
})

describe('the-task-is-told', () => {
  const claim = 'the-task-is-told'

  it('is broken by a task without a signal, and by one that is told nothing, or late', () => {
    expect(judge(claim, [[runs('A'), begins('taskA', { signal: false })]])).toBe('violated')
    expect(judge(claim, [...heeding, [aborts(), hears('A')], [at(20), fulfils('taskA')]])).toBe('violated')
    expect(judge(claim, [...heeding, [aborts(), hears('A')], [at(20), fails('taskA', 'why')]])).toBe(
      'violated',
    )
  })

  it('is kept by a task that ends with the abort', () => {
    expect(judge(claim, [...heeding, [aborts(), fails('taskA', 'why'), hears('A')]])).toBe('holds')
    expect(judge(claim, underWay([aborts(), hears('A')], [at(20), fulfils('taskA')]))).toBe('holds')
    expect(judge(claim, [[runs('A')]])).toBe('unexercised')
    expect(judge(claim, heeding, { taskSignal: 'none' })).toBe('not-applicable')
  })
})

describe('the-task-is-handed-no-signal', () => {
  const claim = 'the-task-is-handed-no-signal'

  it('is broken by a signal', () => {
    expect(judge(claim, underWay(), { taskSignal: 'none' })).toBe('violated')
  })

  it('is kept without', () => {
    expect(judge(claim, [[runs('A'), begins('taskA', { signal: false })]], { taskSignal: 'none' })).toBe(
      'holds',
    )
    expect(judge(claim, [[runs('A')]], { taskSignal: 'none' })).toBe('unexercised')
    expect(judge(claim, underWay())).toBe('not-applicable')
  })
})
