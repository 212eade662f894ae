import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { asks, gives, has, judge, runs, type Steps, takes } from './steps.js'

const once: Steps = [[takes('A')], [asks('B')], [gives('A'), has('B')], [gives('B')]]
const twice: Steps = [[takes('A')], [asks('B')], [gives('A'), has('B')], [gives('A')]]

describe('an-over-release-adds-no-permit', () => {
  const claim = 'an-over-release-adds-no-permit'
  const doubled: Steps = [...twice, [takes('C')]]

  it('is broken by a second holder after a second release', () => {
    expect(judge(claim, doubled)).toBe('violated')
    expect(judge(claim, doubled, { overRelease: 'throw' })).toBe('violated')
  })

  it('is kept where the second release changes nothing', () => {
    expect(judge(claim, [...twice, [gives('B'), takes('C')]])).toBe('holds')
    expect(judge(claim, once)).toBe('unexercised')
    expect(judge(claim, doubled, { overRelease: 'grows' })).toBe('not-applicable')
    expect(judge(claim, doubled, { overRelease: 'unsupported' })).toBe('not-applicable')
    expect(judge(claim, doubled, {}, { run: true })).toBe('not-applicable')
  })

  it('judges a release that comes when the time of the holder is up', () => {
    const limit = { timeoutMs: 50 }
    const late: Steps = [[takes('A', limit)], [asks('B', limit)], [at(50), has('B')], [at(60), gives('A')]]
    const policy = { timeout: 'releases-holder', overRelease: 'unsupported' } as const
    expect(judge(claim, [...late, [takes('C', limit)]], policy)).toBe('violated')
    expect(judge(claim, [...late, [gives('B'), takes('C', limit)]], policy)).toBe('holds')
  })
})

describe('an-over-release-is-ignored', () => {
  const claim = 'an-over-release-is-ignored'
  const thrown: Steps = [...once, [gives('A', 1, 'threw')]]

  it('is broken by a throw', () => {
    expect(judge(claim, thrown)).toBe('violated')
  })

  it('is kept in silence', () => {
    expect(judge(claim, twice)).toBe('holds')
    expect(judge(claim, once)).toBe('unexercised')
    expect(judge(claim, thrown, { overRelease: 'throw' })).toBe('not-applicable')
    expect(judge(claim, thrown, {}, { run: true })).toBe('not-applicable')
  })
})

describe('an-over-release-throws', () => {
  const claim = 'an-over-release-throws'
  const policy = { overRelease: 'throw' } as const

  it('is broken by silence', () => {
    expect(judge(claim, twice, policy)).toBe('violated')
  })

  it('is kept by a throw, or by a rejection', () => {
    expect(judge(claim, [...once, [gives('A', 1, 'threw')]], policy)).toBe('holds')
    expect(judge(claim, [...once, [gives('A', 1, 'rejected')]], policy)).toBe('holds')
    expect(judge(claim, once, policy)).toBe('unexercised')
    expect(judge(claim, twice)).toBe('not-applicable')
  })
})

describe('an-over-release-adds-a-permit', () => {
  const claim = 'an-over-release-adds-a-permit'
  const policy = { overRelease: 'grows' } as const
  const waiting: Steps = [[takes('A')], [asks('B')], [asks('C')], [gives('A'), has('B')], [gives('A')]]

  it('is broken by a waiter who waits on', () => {
    expect(judge(claim, [...waiting, [at(100), gives('B'), has('C')]], policy)).toBe('violated')
  })

  it('is kept where the waiter is served', () => {
    expect(judge(claim, [...waiting, [has('C')], [at(100), gives('B')]], policy)).toBe('holds')
    expect(judge(claim, once, policy)).toBe('unexercised')
    expect(judge(claim, [[runs('A')]], policy)).toBe('unexercised')
    expect(judge(claim, waiting)).toBe('not-applicable')
  })
})
