import { describe, expect, it } from 'vitest'
import { lazy } from '../../properties/lazy/protocol.js'
import { history, verdict } from '../history-builder.js'
import {
  ask,
  failedOnce,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  reset,
  type Steps,
  served,
  starts,
} from './steps.js'

describe('reset-forces-a-new-flight', () => {
  const claim = 'reset-forces-a-new-flight'

  it('is broken by an answer without one', () => {
    expect(judge(claim, [...served, reset, [ask('B'), gets('B', 1)]])).toBe('violated')
    expect(judge(claim, [[ask('A'), starts], reset, [ask('B')], [fulfils(1), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by a new flight', () => {
    expect(judge(claim, [...served, reset, [ask('B'), starts], [fulfils(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, [reset, ...served])).toBe('unexercised')
    expect(verdict(lazy, claim, history(...served))).toBe('not-applicable')
  })
})

describe('a-stale-result-is-not-kept', () => {
  const claim = 'a-stale-result-is-not-kept'
  const landed: Steps = [[ask('A'), starts], reset, [fulfils(1), gets('A', 1)]]

  it('is broken by the old value for a new client', () => {
    expect(judge(claim, [...landed, [ask('B'), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by a value of its own, even where it looks the same', () => {
    expect(judge(claim, [...landed, [ask('B'), starts], [fulfils(2, 'factory#2'), gets('B', 2)]])).toBe(
      'holds',
    )
    expect(judge(claim, [...landed, [ask('B'), starts], [fulfils(1, 'factory#2'), gets('B', 1)]])).toBe(
      'holds',
    )
    expect(judge(claim, landed)).toBe('unexercised')
  })
})

describe('an-old-failure-evicts-nothing', () => {
  const claim = 'an-old-failure-evicts-nothing'
  const overtaken: Steps = [
    [ask('A'), starts],
    reset,
    [ask('B'), starts],
    [fails('no', 'factory#1'), hears('A', 'no')],
  ]

  it('is broken by a third flight', () => {
    expect(judge(claim, [...overtaken, [ask('C'), starts]])).toBe('violated')
    expect(judge(claim, [...overtaken, [fulfils(2, 'factory#2'), gets('B', 2)], [ask('C'), starts]])).toBe(
      'violated',
    )
  })

  it('is kept by joining the newer one', () => {
    expect(judge(claim, [...overtaken, [ask('C')], [fulfils(2), gets('B', 2), gets('C', 2)]])).toBe('holds')
    expect(judge(claim, failedOnce)).toBe('unexercised')
  })

  it('says nothing where the newer one has failed as well', () => {
    const both: Steps = [...overtaken, [fails('nor', 'factory#2'), hears('B', 'nor')], [ask('C'), starts]]
    expect(judge(claim, both)).toBe('holds')
  })
})
