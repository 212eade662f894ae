import { describe, expect, it } from 'vitest'
import { answer, event } from '../history-builder.js'
import {
  awaits,
  beginning,
  cleansUp,
  fails,
  gets,
  hears,
  isThrown,
  judge,
  longRun,
  returns,
  run,
  type Steps,
  throws,
} from './judged.js'

describe('the-body-runs-once', () => {
  const claim = 'the-body-runs-once'

  it('is broken by a second beginning', () => {
    expect(judge(claim, [[run, beginning], [beginning]])).toBe('violated')
  })

  it('is kept by one', () => {
    expect(judge(claim, [[run, beginning, returns(1), gets(1)]])).toBe('holds')
    expect(judge(claim, [[run]])).toBe('unexercised')
  })
})

describe('a-run-gives-what-its-body-returns', () => {
  const claim = 'a-run-gives-what-its-body-returns'

  it('is broken by another value, a rejection, and a value too early', () => {
    expect(judge(claim, [[run, beginning, returns(0), gets(undefined)]])).toBe('violated')
    expect(judge(claim, [[run, beginning, returns(0), hears(0)]])).toBe('violated')
    expect(judge(claim, [[run, beginning, ...awaits(1), gets(0)]])).toBe('violated')
  })

  it('is kept by the very value', () => {
    expect(judge(claim, [[run, beginning, returns(0), gets(0)]])).toBe('holds')
    expect(judge(claim, [[run, beginning, throws(0), hears(0)]])).toBe('unexercised')
    expect(judge(claim, [[longRun, gets(10_000)]])).toBe('unexercised')
  })
})

describe('a-run-fails-with-what-its-body-throws', () => {
  const claim = 'a-run-fails-with-what-its-body-throws'

  it('is broken by a value, another reason, a throw, and a failure too early', () => {
    expect(judge(claim, [[run, beginning, throws(0), gets(undefined)]])).toBe('violated')
    expect(judge(claim, [[run, beginning, throws(0), hears(new Error('0'))]])).toBe('violated')
    expect(judge(claim, [[run, beginning, throws(0), answer('A', 'threw', 0)]])).toBe('violated')
    expect(
      judge(claim, [
        [run, beginning, ...awaits(1)],
        [fails(0), hears(0)],
      ]),
    ).toBe('violated')
  })

  it('is kept by the very error', () => {
    expect(judge(claim, [[run, beginning, throws(0), hears(0)]])).toBe('holds')
    expect(judge(claim, [[run, beginning, returns(0), gets(0)]])).toBe('unexercised')
  })
})

describe('a-run-leaves-no-block-open', () => {
  const claim = 'a-run-leaves-no-block-open'
  const inBlocks: Steps = [[run, beginning, ...awaits(1, '1,2')]]
  const ending = (...items: Steps[number]): Steps => [
    ...inBlocks,
    [fails(0), isThrown(1, 0), ...items, hears(0)],
  ]

  it('is broken by a block that does not run, or runs twice, or too late', () => {
    expect(judge(claim, ending(cleansUp(2)))).toBe('violated')
    expect(judge(claim, ending(cleansUp(2), cleansUp(1), cleansUp(1)))).toBe('violated')
    expect(judge(claim, [...ending(cleansUp(2)), [cleansUp(1)]])).toBe('violated')
  })

  it('is kept by both', () => {
    expect(judge(claim, ending(cleansUp(2), cleansUp(1)))).toBe('holds')
    expect(judge(claim, inBlocks)).toBe('unexercised')
  })
})

describe('ten-thousand-awaits', () => {
  const claim = 'ten-thousand-awaits'
  const nests = event('touch', 'thenable', 'nests', { detail: { awaited: 999 } })

  it('is broken by an error, a lesser count, and an end that never comes', () => {
    expect(judge(claim, [[longRun, hears(new RangeError('stack'))]])).toBe('violated')
    expect(judge(claim, [[longRun, gets(9_999)]])).toBe('violated')
    expect(judge(claim, [[longRun, nests]])).toBe('violated')
  })

  it('is kept by the count, however deep it got', () => {
    expect(judge(claim, [[longRun, gets(10_000)]])).toBe('holds')
    expect(judge(claim, [[longRun, nests, gets(10_000)]])).toBe('holds')
    expect(judge(claim, [[run, gets(1)]])).toBe('unexercised')
  })

  it('says nothing of a driver that may still be at it', () => {
    expect(judge(claim, [[longRun]])).toBe('unexercised')
  })
})
