import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { aborts, alone, calls, fulfils, gets, hears, judging, runs, type Steps } from './steps.js'

const throttled = judging('throttle')
const debounced = judging('debounce')
const COALESCE = { throttle: 'coalesce' } as const
const DROP = { throttle: 'drop' } as const

/** Two calls at once, and both run, at their interval. */
const queued: Steps = [
  [calls('A'), runs('A')],
  [calls('B')],
  [fulfils(1), gets('A', 1)],
  [at(100), runs('B')],
  [fulfils(2), gets('B', 2)],
]

describe('runs-at-intervals', () => {
  const claim = 'runs-at-intervals'
  const close: Steps = [
    [calls('A'), runs('A')],
    [at(60), calls('B'), runs('B')],
  ]

  it('is broken by two runs too close', () => {
    expect(throttled(claim, close)).toBe('violated')
  })

  it('is kept by the interval', () => {
    expect(throttled(claim, queued)).toBe('holds')
    expect(throttled(claim, alone)).toBe('unexercised')
    expect(debounced(claim, close)).toBe('not-applicable')
  })

  it('lets an abort begin everything anew', () => {
    expect(throttled(claim, [[calls('A'), runs('A')], [aborts()], [at(60), calls('B'), runs('B')]])).toBe(
      'holds',
    )
  })
})

describe('every-call-runs', () => {
  const claim = 'every-call-runs'

  it('is broken by another outcome than that of its own run, and by two runs', () => {
    const wrong: Steps = [...queued.slice(0, 4), [fulfils(2), gets('B', 1)]]
    expect(throttled(claim, wrong)).toBe('violated')
    expect(throttled(claim, [...queued, [at(200), runs('B')]])).toBe('violated')
  })

  it('is kept where each call has its own', () => {
    expect(throttled(claim, queued)).toBe('holds')
    expect(throttled(claim, alone)).toBe('unexercised')
    expect(throttled(claim, queued, DROP)).toBe('not-applicable')
  })
})

describe('runs-in-order', () => {
  const claim = 'runs-in-order'
  const turned: Steps = [[calls('A')], [calls('B')], [calls('C'), runs('A')]]

  it('is broken by a call that overtakes', () => {
    expect(throttled(claim, [...turned, [at(100), runs('C')], [at(200), runs('B')]])).toBe('violated')
  })

  it('is kept by the order of the calls', () => {
    expect(throttled(claim, [...turned, [at(100), runs('B')], [at(200), runs('C')]])).toBe('holds')
    expect(throttled(claim, alone)).toBe('unexercised')
    expect(throttled(claim, turned, COALESCE)).toBe('not-applicable')
  })
})

describe('runs-with-the-last-arguments', () => {
  const claim = 'runs-with-the-last-arguments'
  const merged: Steps = [[calls('A'), runs('A')], [calls('B')], [calls('C')], [fulfils(1), gets('A', 1)]]

  it('is broken by earlier ones', () => {
    expect(throttled(claim, [...merged, [at(100), runs('B')]], COALESCE)).toBe('violated')
  })

  it('is kept by those of the last call', () => {
    expect(throttled(claim, [...merged, [at(100), runs('C')]], COALESCE)).toBe('holds')
    expect(throttled(claim, alone, COALESCE)).toBe('unexercised')
    expect(throttled(claim, merged)).toBe('not-applicable')
  })
})

describe('drops-what-comes-too-soon', () => {
  const claim = 'drops-what-comes-too-soon'

  it('is broken by a run long after its call', () => {
    expect(throttled(claim, queued, DROP)).toBe('violated')
  })

  it('is kept where it never runs', () => {
    const dropped: Steps = [
      [calls('A'), runs('A')],
      [calls('B'), hears('B', 'too soon')],
    ]
    expect(throttled(claim, dropped, DROP)).toBe('holds')
    expect(throttled(claim, [[calls('A'), runs('A')]], DROP)).toBe('unexercised')
    expect(throttled(claim, queued)).toBe('not-applicable')
  })
})

describe('runs-as-soon-as-it-may', () => {
  const claim = 'runs-as-soon-as-it-may'

  it('is broken by a run that is late', () => {
    expect(throttled(claim, [[calls('A')], [at(100), runs('A')]])).toBe('violated')
    expect(throttled(claim, [...queued.slice(0, 3), [at(200), runs('B')]])).toBe('violated')
    expect(throttled(claim, [[calls('A')], [at(200), runs('A')]], COALESCE)).toBe('violated')
  })

  it('is broken by a call that is dropped although it might have run', () => {
    const shut: Steps = [
      [calls('A'), runs('A'), fulfils(1)],
      [at(140), calls('B'), hears('B', 'no')],
      [at(200)],
    ]
    expect(throttled(claim, [...shut, [calls('C'), runs('C')]], DROP)).toBe('violated')
  })

  it('is kept by runs in time', () => {
    expect(throttled(claim, queued)).toBe('holds')
    expect(throttled(claim, [[calls('A')], [at(100), runs('A')]], COALESCE)).toBe('holds')
    const dropped: Steps = [
      [calls('A'), runs('A'), fulfils(1)],
      [at(70), calls('B'), hears('B', 'no')],
    ]
    expect(throttled(claim, dropped, DROP)).toBe('holds')
    expect(throttled(claim, [[calls('A')]])).toBe('unexercised')
    expect(debounced(claim, queued)).toBe('not-applicable')
  })
})
