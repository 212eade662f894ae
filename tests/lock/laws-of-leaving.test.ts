import { describe, expect, it } from 'vitest'
import { at, deadlock } from '../history-builder.js'
import { aborts, asks, asksWith, gives, has, judge, leaves, type Steps, takes } from './steps.js'

const DEAF = { signal: 'unsupported' } as const
const IMPATIENT = { timeout: 'rejects-waiter' } as const
const LEASE = { timeout: 'releases-holder' } as const
const limit = { timeoutMs: 50 }

describe('an-aborted-waiter-is-rejected', () => {
  const claim = 'an-aborted-waiter-is-rejected'
  const aborted: Steps = [[takes('A')], [asksWith('B')], [aborts('B')]]

  it('is broken by a waiter who waits on, or is served', () => {
    expect(judge(claim, [...aborted, [gives('A'), has('B')]])).toBe('violated')
    expect(judge(claim, [...aborted, [at(100), leaves('B')]])).toBe('violated')
    expect(judge(claim, aborted)).toBe('violated')
  })

  it('is kept by a rejection', () => {
    expect(judge(claim, [...aborted, [leaves('B')]])).toBe('holds')
    expect(judge(claim, [[takes('A')], [asksWith('B')]])).toBe('unexercised')
    expect(judge(claim, aborted, DEAF)).toBe('not-applicable')
    expect(judge(claim, aborted, {}, { run: true })).toBe('not-applicable')
  })

  it('says nothing where the permit may have been on its way', () => {
    expect(judge(claim, [[takes('A')], [asksWith('B')], [gives('A'), aborts('B'), has('B')]])).toBe(
      'unexercised',
    )
  })
})

describe('an-aborted-signal-does-not-wait', () => {
  const claim = 'an-aborted-signal-does-not-wait'
  const come: Steps = [[aborts('B')], [takes('A')], [asksWith('B')]]

  it('is broken by a client that waits', () => {
    expect(judge(claim, [...come, [gives('A'), has('B')]])).toBe('violated')
  })

  it('is kept by a rejection, and by a free permit', () => {
    expect(judge(claim, [...come, [leaves('B')]])).toBe('holds')
    expect(judge(claim, [[aborts('B')], [asksWith('B'), has('B')]])).toBe('unexercised')
    expect(judge(claim, come, DEAF)).toBe('not-applicable')
  })
})

describe('an-aborted-waiter-leaves-the-queue', () => {
  const claim = 'an-aborted-waiter-leaves-the-queue'
  const left: Steps = [[takes('A')], [asksWith('B')], [aborts('B'), leaves('B')], [asks('C')], [gives('A')]]

  it('is broken where the permit goes to nobody', () => {
    expect(judge(claim, [...left, [deadlock('C')]])).toBe('violated')
  })

  it('is kept where the next one is served', () => {
    expect(judge(claim, [...left, [has('C')], [gives('C')]])).toBe('holds')
    expect(judge(claim, [[takes('A')], [asks('C')], [gives('A')], [deadlock('C')]])).toBe('unexercised')
    expect(judge(claim, left, DEAF)).toBe('not-applicable')
  })
})

describe('a-timed-out-waiter-is-rejected', () => {
  const claim = 'a-timed-out-waiter-is-rejected'
  const waiting: Steps = [[takes('A', limit)], [asks('B', limit)]]

  it('is broken by a rejection too early or too late, and by a permit too late', () => {
    expect(judge(claim, [...waiting, [at(40), leaves('B')]], IMPATIENT)).toBe('violated')
    expect(judge(claim, [...waiting, [at(100), leaves('B')]], IMPATIENT)).toBe('violated')
    expect(judge(claim, [...waiting, [at(100), gives('A'), has('B')]], IMPATIENT)).toBe('violated')
  })

  it('is kept by one in time', () => {
    expect(judge(claim, [...waiting, [at(50), leaves('B')]], IMPATIENT)).toBe('holds')
    expect(judge(claim, [...waiting, [at(40), gives('A'), has('B')]], IMPATIENT)).toBe('unexercised')
    expect(judge(claim, waiting)).toBe('not-applicable')
  })
})

describe('a-timed-out-waiter-leaves-the-queue', () => {
  const claim = 'a-timed-out-waiter-leaves-the-queue'
  const left: Steps = [
    [takes('A', limit)],
    [asks('B', limit)],
    [at(50), leaves('B')],
    [at(60), asks('C', limit)],
    [gives('A')],
  ]

  it('is broken where the permit goes to nobody', () => {
    expect(judge(claim, [...left, [at(110), leaves('C')]], IMPATIENT)).toBe('violated')
    expect(judge(claim, [...left, [deadlock('C')]], IMPATIENT)).toBe('violated')
  })

  it('is kept where the next one is served', () => {
    expect(judge(claim, [...left, [has('C')], [gives('C')]], IMPATIENT)).toBe('holds')
    expect(judge(claim, [[takes('A', limit)]], IMPATIENT)).toBe('unexercised')
    expect(judge(claim, left)).toBe('not-applicable')
  })
})

describe('no-wake-up-is-lost', () => {
  const claim = 'no-wake-up-is-lost'
  const raced: Steps = [[takes('A')], [asksWith('B')], [asks('C')], [gives('A'), aborts('B'), leaves('B')]]

  it('is broken where the permit leaves with the waiter', () => {
    expect(judge(claim, [...raced, [deadlock('C')]])).toBe('violated')
  })

  it('is kept where it is passed on', () => {
    expect(judge(claim, [...raced, [has('C')], [gives('C')]])).toBe('holds')
    expect(judge(claim, [[takes('A')], [asks('C')], [gives('A'), has('C')]])).toBe('unexercised')
    expect(judge(claim, raced, DEAF)).toBe('not-applicable')
  })
})

describe('a-holder-that-takes-too-long-is-relieved', () => {
  const claim = 'a-holder-that-takes-too-long-is-relieved'
  const long: Steps = [[takes('A', limit)], [asks('B', limit)]]

  it('is broken by a waiter who waits until the release', () => {
    expect(judge(claim, [...long, [at(200), gives('A'), has('B')]], LEASE)).toBe('violated')
  })

  it('is kept where the waiter is served in time', () => {
    expect(judge(claim, [...long, [at(50), has('B')], [at(200), gives('A'), gives('B')]], LEASE)).toBe(
      'holds',
    )
    expect(judge(claim, [...long, [at(40), gives('A'), has('B')]], LEASE)).toBe('unexercised')
    expect(judge(claim, long)).toBe('not-applicable')
  })

  it('counts from the last time that a permit went round', () => {
    const round: Steps = [
      ...long,
      [at(50), has('B')],
      [at(60), asks('C', limit)],
      [at(90), gives('B'), has('C')],
      [at(200), gives('A'), gives('C')],
    ]
    expect(judge(claim, round, LEASE)).toBe('holds')
  })
})
