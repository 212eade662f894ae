import { describe, expect, it } from 'vitest'
import { deadlock } from '../history-builder.js'
import {
  awaits,
  awaitsValue,
  awaitsWild,
  beginning,
  fails,
  gets,
  gives,
  goesOn,
  hears,
  isThrown,
  judge,
  run,
  type Steps,
  saying,
} from './judged.js'

const reason = new Error('no')
const awaiting: Steps = [[run, beginning, ...awaits(1)]]

describe('an-await-gives-the-value', () => {
  const claim = 'an-await-gives-the-value'

  it('is broken by another value, and by an error', () => {
    expect(judge(claim, [...awaiting, [gives(0), goesOn(1, undefined)]])).toBe('violated')
    expect(judge(claim, [...awaiting, [gives(0), isThrown(1, 0)]])).toBe('violated')
    expect(judge(claim, [[run, ...awaitsWild(1, ['fulfil', 0]), goesOn(1, 1)]])).toBe('violated')
  })

  it('is kept by the very value', () => {
    expect(judge(claim, [...awaiting, [gives(0), goesOn(1, 0)]])).toBe('holds')
    expect(judge(claim, [[run, ...awaitsWild(1, ['fulfil', 0]), goesOn(1, 0)]])).toBe('holds')
    expect(judge(claim, [...awaiting, [gives(0)]])).toBe('unexercised')
  })

  it('leaves a thenable that says two things to another law', () => {
    expect(judge(claim, [[run, ...awaitsWild(1, ['fulfil', 0], ['fulfil', 1]), goesOn(1, 1)]])).toBe('holds')
  })
})

describe('an-await-throws-the-reason', () => {
  const claim = 'an-await-throws-the-reason'

  it('is broken by another reason, and by a value', () => {
    expect(judge(claim, [...awaiting, [fails(reason), isThrown(1, new Error('no'))]])).toBe('violated')
    expect(judge(claim, [...awaiting, [fails(0), goesOn(1, undefined)]])).toBe('violated')
  })

  it('is broken by a run that ends without the body', () => {
    expect(judge(claim, [...awaiting, [fails(reason), hears(reason)]])).toBe('violated')
  })

  it('is kept by the very reason', () => {
    expect(judge(claim, [...awaiting, [fails(0), isThrown(1, 0)]])).toBe('holds')
    expect(judge(claim, [...awaiting, [gives(0), goesOn(1, 0)]])).toBe('unexercised')
    expect(judge(claim, [[run, ...awaitsWild(1, ['reject', 0], ['throws', 1]), isThrown(1, 1)]])).not.toBe(
      'violated',
    )
  })
})

describe('a-body-is-resumed-once', () => {
  const claim = 'a-body-is-resumed-once'
  const twice: Steps = [
    [run, ...awaitsWild(1, ['fulfil', 1]), goesOn(1, 1), ...awaits(2), saying(1, 'fulfil', 2)],
  ]

  it('is broken by a callback that resumes another await, or the same again', () => {
    expect(judge(claim, [...twice, [goesOn(2, 2)]])).toBe('violated')
    expect(judge(claim, [...twice, [goesOn(1, 2)]])).toBe('violated')
  })

  it('is kept by what the other await came to', () => {
    expect(judge(claim, [...twice, [gives(3), goesOn(2, 3)]])).toBe('holds')
    expect(judge(claim, [...awaiting, [gives(0), goesOn(1, 0)]])).toBe('unexercised')
    expect(judge(claim, [[run, awaitsValue(1, 0), goesOn(1, 0)]])).toBe('unexercised')
  })
})

describe('a-throwing-then-is-thrown-in-the-body', () => {
  const claim = 'a-throwing-then-is-thrown-in-the-body'
  const thrown = awaitsWild(1, ['throws', reason])

  it('is broken by silence, by a value, and by another error', () => {
    expect(judge(claim, [[run, ...thrown, deadlock('A')]])).toBe('violated')
    expect(judge(claim, [[run, ...thrown, hears(reason)]])).toBe('violated')
    expect(judge(claim, [[run, ...thrown, goesOn(1, undefined)]])).toBe('violated')
    expect(judge(claim, [[run, ...thrown, isThrown(1, new Error('no'))]])).toBe('violated')
  })

  it('is kept by the very error', () => {
    expect(judge(claim, [[run, ...thrown, isThrown(1, reason)]])).toBe('holds')
    expect(judge(claim, [[run, ...awaitsWild(1, ['fulfil', 1], ['throws', reason]), goesOn(1, 1)]])).toBe(
      'unexercised',
    )
  })
})

describe('the-first-callback-counts', () => {
  const claim = 'the-first-callback-counts'
  const twice = awaitsWild(1, ['fulfil', 1], ['fulfil', 2])
  const thrown = awaitsWild(1, ['reject', 1], ['throws', 2])

  it('is broken by the second, and by a throw behind it', () => {
    expect(judge(claim, [[run, ...twice, goesOn(1, 2)]])).toBe('violated')
    expect(judge(claim, [[run, ...thrown, isThrown(1, 2)]])).toBe('violated')
  })

  it('is kept by the first', () => {
    expect(judge(claim, [[run, ...twice, goesOn(1, 1)]])).toBe('holds')
    expect(judge(claim, [[run, ...thrown, isThrown(1, 1)]])).toBe('holds')
    expect(judge(claim, [[run, ...awaitsWild(1, ['fulfil', 1]), goesOn(1, 1)]])).toBe('unexercised')
  })
})

describe('what cannot be awaited', () => {
  const awaitsZero: Steps = [[run, awaitsValue(1, 0)]]
  const error = new TypeError('0 has no then')
  const value = { nonAwaitable: 'value' } as const

  it('no-awaitable-is-a-type-error is broken by a value, another error, and silence', () => {
    const claim = 'no-awaitable-is-a-type-error'
    expect(judge(claim, [...awaitsZero, [goesOn(1, 0)]])).toBe('violated')
    expect(judge(claim, [...awaitsZero, [isThrown(1, new Error('no'))]])).toBe('violated')
    expect(judge(claim, [...awaitsZero, [hears(error)]])).toBe('violated')
    expect(judge(claim, [...awaitsZero, [isThrown(1, error)]])).toBe('holds')
    expect(judge(claim, awaiting)).toBe('unexercised')
    expect(judge(claim, awaitsZero, value)).toBe('not-applicable')
  })

  it('no-awaitable-is-passed-through is broken by an error, and by another value', () => {
    const claim = 'no-awaitable-is-passed-through'
    expect(judge(claim, [...awaitsZero, [isThrown(1, error)]], value)).toBe('violated')
    expect(judge(claim, [...awaitsZero, [goesOn(1, undefined)]], value)).toBe('violated')
    expect(judge(claim, [...awaitsZero, [goesOn(1, 0), gets(0)]], value)).toBe('holds')
    expect(judge(claim, awaiting, value)).toBe('unexercised')
    expect(judge(claim, awaitsZero)).toBe('not-applicable')
  })
})
