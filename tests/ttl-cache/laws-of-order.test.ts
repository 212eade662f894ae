import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  ask,
  brings,
  clear,
  fails,
  gets,
  hears,
  hit,
  judge,
  jump,
  loaded,
  type Steps,
  starts,
} from './steps.js'

describe('linearizable-per-key', () => {
  const claim = 'linearizable-per-key'
  const first = loaded('A', 1)
  const overtaken: Steps = [
    [ask('A'), starts()],
    ...clear(1),
    [ask('B'), starts()],
    [brings(2), gets('B', 2)],
    [brings(1, 'load#1'), gets('A', 1)],
  ]

  it('is broken by a value that nothing brought', () => {
    expect(judge(claim, [...first, ...hit(1, 'B', undefined)])).toBe('violated')
    expect(judge(claim, [...first, ...loaded('B', 2, { key: 'b' }), ...hit(1, 'C', 2)])).toBe('violated')
  })

  it('is broken by the old value after the new one', () => {
    expect(judge(claim, [...overtaken, ...hit(3, 'C', 1)])).toBe('violated')
  })

  it('is broken by what has expired, and by what is loaded too early', () => {
    expect(judge(claim, [...first, ...hit(11, 'B', 1)])).toBe('violated')
    expect(judge(claim, [...first, ...loaded('B', 2, { fromMs: 9 })])).toBe('violated')
    expect(
      judge(claim, [
        [ask('A'), starts()],
        [ask('B'), starts()],
        [brings(1, 'load#1'), gets('A', 1)],
        [brings(2), gets('B', 2)],
      ]),
    ).toBe('violated')
  })

  it('is broken by a failure out of nowhere', () => {
    expect(judge(claim, [...first, [at(11), ask('B'), hears('B', 'no')]])).toBe('violated')
  })

  it('is kept by a cache that does one thing after the other', () => {
    expect(judge(claim, [...first, ...hit(9, 'B', 1), ...loaded('C', 2, { fromMs: 10 })])).toBe('holds')
    expect(judge(claim, [...overtaken, ...hit(3, 'C', 2)])).toBe('holds')
    const failing: Steps = [
      [ask('A'), starts()],
      [ask('B')],
      [fails('no'), hears('A', 'no'), hears('B', 'no')],
    ]
    expect(judge(claim, [...failing, ...loaded('A', 2)])).toBe('holds')
    expect(judge(claim, first)).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(1, 'B', 1)], { failure: 'swallow' })).toBe('not-applicable')
  })

  it('lets those who waited for a load have it, however late they are told', () => {
    const slow: Steps = [
      [ask('A'), starts()],
      [at(1), ask('B')],
      [at(2), brings(1), gets('A', 1)],
      [at(90), gets('B', 1)],
    ]
    expect(judge(claim, slow)).toBe('holds')
    expect(
      judge(claim, [
        [ask('A'), starts()],
        ...clear(1),
        [ask('B'), starts()],
        [brings(1, 'load#1'), gets('A', 1)],
        [brings(2), gets('B', 2)],
      ]),
    ).toBe('holds')
  })

  it('takes a load that was asked for before a clear for one of before, whenever it begins', () => {
    const late: Steps = [
      [ask('A')],
      ...clear(0),
      [starts()],
      [ask('B'), starts()],
      [brings(1, 'load#1'), gets('A', 1)],
      [brings(2), gets('B', 2)],
    ]
    expect(judge(claim, late)).toBe('holds')
  })

  it('knows the policies', () => {
    const rejected: Steps = [
      [ask('A'), starts()],
      [...clear(0)[0]!, hears('A', 'cleared')],
      ...loaded('A', 2),
    ]
    expect(judge(claim, rejected)).toBe('violated')
    expect(judge(claim, rejected, { clearInFlight: 'reject' })).toBe('holds')
    const joined: Steps = [
      [ask('A'), starts()],
      ...clear(1),
      [ask('B')],
      [brings(1), gets('A', 1), gets('B', 1)],
    ]
    expect(judge(claim, joined)).toBe('violated')
    expect(judge(claim, joined, { clearInFlight: 'join' })).toBe('holds')
    expect(judge(claim, [...first, ...hit(11, 'B', 1)], { refresh: 'stale' })).toBe('holds')
    expect(judge(claim, [...first, ...jump(1, -9), ...hit(11, 'B', 1)])).toBe('holds')
    expect(judge(claim, [...first, ...hit(99, 'B', 1)], { ttlZero: 'forever' }, 0)).toBe('holds')
    const refused: Steps = [
      [ask('A'), hears('A', 'no')],
      [ask('A'), hears('A', 'no')],
    ]
    expect(judge(claim, refused, { ttlInfinity: 'throws' }, 'Infinity')).toBe('unexercised')
    expect(judge(claim, refused, {}, 2 ** 31)).toBe('unexercised')
    expect(judge(claim, refused)).toBe('violated')
  })
})
