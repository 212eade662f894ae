import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import { alone, calls, fulfils, gets, judging, pair, runs, type Steps } from './steps.js'

const debounced = judging('debounce')
const throttled = judging('throttle')
const LEADING = { edge: 'leading' } as const
const JOINS = { whileRunning: 'joins' } as const

describe('runs-once-a-batch', () => {
  const claim = 'runs-once-a-batch'

  it('is broken by a run for every call', () => {
    expect(debounced(claim, [[calls('A')], [calls('B')], [at(100), runs('A'), runs('B')]])).toBe('violated')
  })

  it('is kept by one run for all, and by one for each batch', () => {
    expect(debounced(claim, pair)).toBe('holds')
    expect(debounced(claim, [...pair, [at(400), calls('C')], [at(500), runs('C')]])).toBe('holds')
    expect(debounced(claim, alone)).toBe('unexercised')
    expect(throttled(claim, pair)).toBe('not-applicable')
  })

  it('says nothing where a gap is as long as the wait', () => {
    const gap: Steps = [[calls('A')], [at(100), runs('A'), calls('B')], [at(200), runs('B')]]
    expect(debounced(claim, gap)).toBe('unexercised')
  })
})

describe('waits-for-silence', () => {
  const claim = 'waits-for-silence'

  it('is broken by a run too early, and by one with old arguments', () => {
    expect(debounced(claim, [[calls('A')], [at(40), calls('B')], [at(100), runs('B')]])).toBe('violated')
    expect(debounced(claim, [[calls('A')], [at(40), calls('B')], [at(140), runs('A')]])).toBe('violated')
    expect(debounced(claim, [[calls('A'), runs('A')]])).toBe('violated')
  })

  it('is kept by a run with the last arguments after the wait', () => {
    expect(debounced(claim, pair)).toBe('holds')
    expect(debounced(claim, [[calls('A')]])).toBe('unexercised')
    expect(debounced(claim, pair, LEADING)).toBe('not-applicable')
  })

  it('lets a run that was due wait for the one before', () => {
    const held: Steps = [
      ...alone.slice(0, 2),
      [at(150), calls('B')],
      [at(280), calls('C')],
      [at(300), fulfils(1), gets('A', 1), runs('B')],
    ]
    expect(debounced(claim, held)).toBe('holds')
  })
})

describe('runs-at-the-first-call', () => {
  const claim = 'runs-at-the-first-call'

  it('is broken by a run after the last call, or for a later one', () => {
    expect(debounced(claim, alone, LEADING)).toBe('violated')
    const second: Steps = [
      [calls('A'), runs('A')],
      [at(40), calls('B'), runs('B')],
    ]
    expect(debounced(claim, second, LEADING)).toBe('violated')
  })

  it('is kept by a run at the first call', () => {
    expect(
      debounced(
        claim,
        [
          [calls('A'), runs('A')],
          [at(40), calls('B')],
        ],
        LEADING,
      ),
    ).toBe('holds')
    expect(debounced(claim, [[calls('A')]], LEADING)).toBe('unexercised')
    expect(debounced(claim, alone)).toBe('not-applicable')
  })
})

describe('runs-when-silence-has-lasted', () => {
  const claim = 'runs-when-silence-has-lasted'

  it('is broken by a run that is late', () => {
    expect(debounced(claim, [[calls('A')], [at(200), runs('A')]])).toBe('violated')
  })

  it('is kept by a run in time, or after the one before', () => {
    expect(debounced(claim, alone)).toBe('holds')
    const busy: Steps = [...alone.slice(0, 2), [at(150), calls('B')], [at(400), fulfils(1), runs('B')]]
    expect(debounced(claim, busy)).toBe('holds')
    expect(debounced(claim, [[calls('A')]])).toBe('unexercised')
    expect(debounced(claim, alone, LEADING)).toBe('not-applicable')
  })
})

describe('joins-the-run-under-way', () => {
  const claim = 'joins-the-run-under-way'
  const under: Steps = [...alone.slice(0, 2), [calls('B')]]

  it('is broken by the outcome of a run of its own', () => {
    const own: Steps = [...under, [fulfils(1), gets('A', 1)], [at(200), runs('B'), fulfils(2), gets('B', 2)]]
    expect(debounced(claim, own, JOINS)).toBe('violated')
  })

  it('is kept by that of the run under way', () => {
    expect(debounced(claim, [...under, [fulfils(1), gets('A', 1), gets('B', 1)]], JOINS)).toBe('holds')
    expect(debounced(claim, pair, JOINS)).toBe('unexercised')
    expect(debounced(claim, under)).toBe('not-applicable')
  })
})
