import { describe, expect, it } from 'vitest'
import { ttlCache } from '../../properties/ttl-cache/protocol.js'
import { answer, at, call, history, verdict } from '../history-builder.js'
import { ask, brings, clear, clearAll, gets, hit, judge, loaded, type Steps, starts } from './steps.js'

const first = loaded('A', 1)
const inFlight: Steps = [[ask('A'), starts()], ...clear(1), [at(2), brings(1), gets('A', 1)]]

describe('clear-forces-a-reload', () => {
  const claim = 'clear-forces-a-reload'

  it('is broken by an answer without one, at any time', () => {
    expect(judge(claim, [...first, ...clear(0), ...hit(0, 'B', 1)])).toBe('violated')
    expect(judge(claim, [...first, ...clearAll(5), ...hit(6, 'B', 1)])).toBe('violated')
    expect(judge(claim, [...first, ...clear(5), ...hit(6, 'B', 1)], {}, 'Infinity')).toBe('violated')
  })

  it('is kept by a load', () => {
    expect(judge(claim, [...first, ...clear(0), ...loaded('B', 2)])).toBe('holds')
    expect(judge(claim, [...clear(0), ...first])).toBe('unexercised')
    expect(judge(claim, [...first, ...clear(0, 'b'), ...hit(0, 'B', 1)])).toBe('unexercised')
    expect(verdict(ttlCache, claim, history(...first))).toBe('not-applicable')
  })

  it('asks nothing while the clear is under way, nor where it failed', () => {
    const slow: Steps = [
      [call('R', 'clear', { detail: { key: 'a' } })],
      ...hit(1, 'B', 1),
      [answer('R', 'fulfilled')],
    ]
    expect(judge(claim, [...first, ...slow])).toBe('unexercised')
    const failing: Steps = [[call('R', 'clear', { detail: { key: 'a' } }), answer('R', 'rejected', 'down')]]
    expect(judge(claim, [...first, ...failing, ...hit(1, 'B', 1)])).toBe('unexercised')
  })

  it('leaves a load that is under way to the next law', () => {
    expect(judge(claim, [...inFlight, ...hit(3, 'B', 1)])).toBe('unexercised')
  })
})

describe('a-clear-in-flight-is-not-undone', () => {
  const claim = 'a-clear-in-flight-is-not-undone'

  it('is broken when the old load becomes the entry', () => {
    expect(judge(claim, [...inFlight, ...hit(3, 'B', 1)])).toBe('violated')
    const joining: Steps = [
      [ask('A'), starts()],
      ...clear(1),
      [ask('B')],
      [brings(1), gets('A', 1), gets('B', 1)],
    ]
    expect(judge(claim, joining)).toBe('violated')
  })

  it('is broken when the old load overwrites a newer one', () => {
    const overtaken: Steps = [
      [ask('A'), starts()],
      ...clear(1),
      [ask('B'), starts()],
      [brings(2), gets('B', 2)],
      [brings(1, 'load#1'), gets('A', 1)],
    ]
    expect(judge(claim, [...overtaken, ...hit(3, 'C', 1)])).toBe('violated')
    expect(judge(claim, [...overtaken, ...hit(3, 'C', 2)])).toBe('holds')
  })

  it('is kept by a load of one’s own, even of the same value', () => {
    expect(judge(claim, [...inFlight, ...loaded('B', 2, { fromMs: 3 })])).toBe('holds')
    expect(judge(claim, [...inFlight, ...loaded('B', 1, { fromMs: 3 })])).toBe('holds')
    expect(judge(claim, [...first, ...clear(5), ...loaded('B', 2, { fromMs: 5 })])).toBe('unexercised')
    expect(judge(claim, inFlight, { clearInFlight: 'join' })).toBe('not-applicable')
  })
})
