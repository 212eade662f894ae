import { describe, expect, it } from 'vitest'
import {
  ask,
  clear,
  failedOnce,
  fails,
  fulfils,
  gets,
  hears,
  judge,
  loads,
  type Steps,
  served,
} from './steps.js'

const other: Steps = [
  [ask('B', 'b'), loads('b')],
  [fulfils(2), gets('B', 2)],
]
const elsewhere: Steps = [
  [ask('B', 'a', 'other'), loads('a', 'other')],
  [fulfils(2, 'other'), gets('B', 2)],
]

describe('keys-are-isolated', () => {
  const claim = 'keys-are-isolated'

  it('is broken by the value or the reason of another key', () => {
    expect(judge(claim, [...served, [ask('B', 'b'), gets('B', 1)]])).toBe('violated')
    expect(judge(claim, [...failedOnce, [ask('B', 'b'), hears('B', 'no')]])).toBe('violated')
    expect(judge(claim, [...served, [ask('B', 'b'), loads('b')], [fulfils(2), gets('B', 1)]])).toBe(
      'violated',
    )
  })

  it('is kept by a value of its own, even where it looks the same', () => {
    expect(judge(claim, [...served, ...other])).toBe('holds')
    expect(judge(claim, [...served, [ask('B', 'b'), loads('b')], [fulfils(1), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, [...served, ...elsewhere])).toBe('unexercised')
  })

  it('says nothing where a failure or a clear of its own may look like it', () => {
    const swallowed: Steps = [...served, [ask('B', 'b'), loads('b')], [fails('no'), gets('B', 1)]]
    expect(judge(claim, swallowed)).toBe('holds')
    const cleared: Steps = [...failedOnce, [ask('B', 'b'), loads('b')], [...clear('b'), hears('B', 'no')]]
    expect(judge(claim, cleared, { clearInFlight: 'reject' })).toBe('holds')
  })
})

describe('instances-are-isolated', () => {
  const claim = 'instances-are-isolated'

  it('is broken by the value of another cache', () => {
    expect(judge(claim, [...served, [ask('B', 'a', 'other'), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by a value of its own', () => {
    expect(judge(claim, [...served, ...elsewhere])).toBe('holds')
    expect(judge(claim, [...served, ...other])).toBe('unexercised')
  })
})
