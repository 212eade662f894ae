import { describe, expect, it } from 'vitest'
import { at, deadlock } from '../history-builder.js'
import {
  aborts,
  asks,
  asksWith,
  begins,
  gets,
  gives,
  has,
  judge,
  leaves,
  runs,
  type Steps,
  takes,
  works,
} from './steps.js'

const handed: Steps = [[takes('A')], [asks('B')], [gives('A'), has('B')], [gives('B')]]

describe('never-more-holders-than-permits', () => {
  const claim = 'never-more-holders-than-permits'

  it('is broken by a second holder, of whatever kind', () => {
    expect(judge(claim, [[takes('A')], [takes('B')]])).toBe('violated')
    expect(judge(claim, [[runs('A'), begins('A')], [takes('B')]])).toBe('violated')
    expect(judge(claim, [[takes('A')], [runs('B'), begins('B')]])).toBe('violated')
  })

  it('is kept where a permit goes from hand to hand', () => {
    expect(judge(claim, handed)).toBe('holds')
    expect(judge(claim, [[takes('A', { permits: 2 })], [takes('B', { permits: 2 })]])).toBe('unexercised')
    expect(judge(claim, [[takes('A')]])).toBe('unexercised')
  })

  it('leaves over-releases to a law of their own, but for those that add a permit', () => {
    const extra: Steps = [[takes('A')], [asks('B')], [gives('A'), has('B')], [gives('A')], [takes('C')]]
    expect(judge(claim, extra)).toBe('holds')
    expect(judge(claim, extra, { overRelease: 'grows' })).toBe('holds')
    expect(judge(claim, [...extra, [takes('D')]], { overRelease: 'grows' })).toBe('violated')
  })

  it('does not count a holder whose time may be up', () => {
    const long: Steps = [[takes('A', { timeoutMs: 50 })], [at(50), takes('B')], [gives('B')]]
    expect(judge(claim, long)).toBe('violated')
    expect(judge(claim, long, { timeout: 'releases-holder' })).not.toBe('violated')
  })
})

describe('serves-in-order', () => {
  const claim = 'serves-in-order'
  const overtaken: Steps = [[takes('A')], [asks('B')], [asks('C')], [gives('A'), has('C')]]

  it('is broken by a client that overtakes', () => {
    expect(judge(claim, overtaken)).toBe('violated')
    expect(judge(claim, [[takes('A')], [asks('B')], [gives('A'), takes('A')]])).toBe('violated')
  })

  it('is kept where the first to ask is the first to get', () => {
    const inOrder: Steps = [[takes('A')], [asks('B')], [asks('C')], [gives('A'), has('B')]]
    expect(judge(claim, [...inOrder, [gives('B'), has('C')]])).toBe('holds')
    expect(judge(claim, handed)).toBe('unexercised')
    expect(judge(claim, overtaken, { order: 'any' })).toBe('not-applicable')
  })

  it('says nothing while another permit may be on its way to the earlier one', () => {
    const two = { permits: 2 }
    const both: Steps = [[takes('A', two)], [takes('B', two)], [asks('C', two)], [gives('A'), gives('B')]]
    expect(judge(claim, [...both, [takes('D', two), has('C')]])).toBe('holds')
  })

  it('says nothing of those who left', () => {
    const left: Steps = [[takes('A')], [asksWith('B')], [asks('C')], [aborts('B')], [gives('A'), has('C')]]
    expect(judge(claim, left)).toBe('unexercised')
  })
})

describe('a-release-wakes-a-waiter', () => {
  const claim = 'a-release-wakes-a-waiter'

  it('is broken by a waiter whom nobody wakes', () => {
    expect(judge(claim, [[takes('A')], [asks('B')], [gives('A')], [deadlock('B')]])).toBe('violated')
    const work: Steps = [[runs('A'), begins('A')], [runs('B')], [works('A'), gets('A')], [deadlock('B')]]
    expect(judge(claim, work)).toBe('violated')
  })

  it('is kept where the permit is handed on', () => {
    expect(judge(claim, handed)).toBe('holds')
    expect(judge(claim, [[takes('A')], [gives('A')]])).toBe('unexercised')
  })

  it('leaves the loss to other laws where somebody left the queue', () => {
    const left: Steps = [[takes('A')], [asksWith('B')], [aborts('B'), leaves('B')], [asks('C')], [gives('A')]]
    expect(judge(claim, [...left, [deadlock('C')]])).toBe('holds')
  })
})

describe('everyone-is-served', () => {
  const claim = 'everyone-is-served'
  const crowd: Steps = [[takes('A')], [asks('B')], [asks('C')], [gives('A'), has('C')]]

  it('is broken by a client that waits when all permits are back', () => {
    expect(judge(claim, [...crowd, [gives('C')], [deadlock('B')]])).toBe('violated')
  })

  it('is kept where everyone had one', () => {
    expect(judge(claim, [...crowd, [gives('C'), has('B')], [gives('B')]])).toBe('holds')
    expect(judge(claim, handed)).toBe('unexercised')
  })

  it('takes a time-out long after the last release for the same thing', () => {
    const late: Steps = [...crowd, [gives('C')], [at(100), leaves('B')]]
    expect(judge(claim, late, { timeout: 'rejects-waiter' })).toBe('violated')
  })
})

describe('a-free-permit-is-not-withheld', () => {
  const claim = 'a-free-permit-is-not-withheld'
  const two = { permits: 2 }

  it('is broken by a wait beside a free permit', () => {
    const alone: Steps = [[takes('A', two)], [asks('B', two)], [at(100), gives('A'), has('B')]]
    expect(judge(claim, alone)).toBe('violated')
    expect(judge(claim, alone, { timeout: 'releases-holder' })).toBe('not-applicable')
  })

  it('is kept where the permit is given at once, or nearly', () => {
    const prompt: Steps = [[takes('A', two)], [asks('B', two)], [at(2), has('B')], [at(100), gives('A')]]
    expect(judge(claim, prompt)).toBe('holds')
    expect(judge(claim, handed)).toBe('unexercised')
  })
})
