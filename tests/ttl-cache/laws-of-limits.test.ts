import { describe, expect, it } from 'vitest'
import { answer, at } from '../history-builder.js'
import { ask, brings, clear, fails, gets, hears, hit, judge, loaded, type Steps, starts } from './steps.js'

const first = loaded('A', 1)
const again = (atMs: number) => loaded('B', 2, { fromMs: atMs })
const refused: Steps = [[ask('A'), answer('A', 'rejected', new RangeError('no'))]]

describe('zero-keeps-nothing', () => {
  const claim = 'zero-keeps-nothing'

  it('is broken by an answer without a load', () => {
    expect(judge(claim, [...first, ...hit(0, 'B', 1)], {}, 0)).toBe('violated')
    expect(judge(claim, [...first, ...hit(99, 'B', 1)], {}, 0)).toBe('violated')
  })

  it('is kept by loads, which those who come meanwhile may share', () => {
    expect(judge(claim, [...first, ...again(0)], {}, 0)).toBe('holds')
    const shared: Steps = [[ask('A'), starts()], [ask('B')], [brings(1), gets('A', 1), gets('B', 1)]]
    expect(judge(claim, shared, {}, 0)).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(0, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, first, { ttlZero: 'forever' }, 0)).toBe('not-applicable')
  })

  it('allows the rest of the instant where a value is given at its deadline too', () => {
    expect(judge(claim, [...first, ...hit(0, 'B', 1)], { atTtl: 'hit' }, 0)).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(1, 'B', 1)], { atTtl: 'hit' }, 0)).toBe('violated')
  })
})

describe('zero-is-forever', () => {
  const claim = 'zero-is-forever'
  const forever = { ttlZero: 'forever' } as const

  it('is broken by a second load', () => {
    expect(judge(claim, [...first, ...again(0)], forever, 0)).toBe('violated')
    expect(judge(claim, [...first, ...again(1e9)], forever, 0)).toBe('violated')
  })

  it('is kept by hits', () => {
    expect(judge(claim, [...first, ...hit(1e9, 'B', 1)], forever, 0)).toBe('holds')
    expect(judge(claim, first, forever, 0)).toBe('unexercised')
    expect(judge(claim, first, {}, 0)).toBe('not-applicable')
  })
})

describe('zero-is-refused', () => {
  const claim = 'zero-is-refused'
  const throws = { ttlZero: 'throws' } as const

  it('is broken by a load and by an answer', () => {
    expect(judge(claim, [[ask('A'), starts()]], throws, 0)).toBe('violated')
    expect(judge(claim, hit(0, 'A', undefined), throws, 0)).toBe('violated')
  })

  it('is kept by a refusal', () => {
    expect(judge(claim, refused, throws, 0)).toBe('holds')
    expect(judge(claim, first, throws)).toBe('unexercised')
    expect(judge(claim, refused, {}, 0)).toBe('not-applicable')
  })
})

describe('infinity-is-forever', () => {
  const claim = 'infinity-is-forever'

  it('is broken by a second load', () => {
    expect(judge(claim, [...first, ...again(1)], {}, 'Infinity')).toBe('violated')
  })

  it('is kept by hits', () => {
    expect(judge(claim, [...first, ...hit(1e12, 'B', 1)], {}, 'Infinity')).toBe('holds')
    expect(judge(claim, [...first, ...clear(1), ...again(2)], {}, 'Infinity')).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(1, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, first, { ttlInfinity: 'throws' }, 'Infinity')).toBe('not-applicable')
  })
})

describe('infinity-is-refused', () => {
  const claim = 'infinity-is-refused'
  const throws = { ttlInfinity: 'throws' } as const

  it('is broken by a load', () => {
    expect(judge(claim, first, throws, 'Infinity')).toBe('violated')
  })

  it('is kept by a refusal', () => {
    expect(judge(claim, refused, throws, 'Infinity')).toBe('holds')
    expect(judge(claim, first, throws)).toBe('unexercised')
    expect(judge(claim, refused, {}, 'Infinity')).toBe('not-applicable')
  })
})

describe('a-long-life-is-not-cut-short', () => {
  const claim = 'a-long-life-is-not-cut-short'
  const weeks = 2 ** 31

  const throws = { ttlInfinity: 'throws' } as const

  it('is broken by a load in the middle of it', () => {
    expect(judge(claim, [...first, ...again(2)], {}, weeks)).toBe('violated')
    expect(judge(claim, [...first, ...again(2)], throws, weeks)).toBe('violated')
  })

  it('is broken by a refusal, unless `Infinity` is documented to be refused too', () => {
    expect(judge(claim, refused, {}, weeks)).toBe('violated')
    expect(judge(claim, refused, throws, weeks)).toBe('holds')
    expect(judge(claim, refused, throws, 'Infinity')).toBe('unexercised')
    expect(judge(claim, refused)).toBe('unexercised')
    const failed: Steps = [
      [ask('A'), starts()],
      [fails('e'), hears('A', 'e')],
    ]
    expect(judge(claim, failed, {}, weeks)).toBe('unexercised')
  })

  it('is kept by a hit', () => {
    expect(judge(claim, [...first, ...hit(2, 'B', 1)], {}, weeks)).toBe('holds')
    expect(judge(claim, [...first, ...again(weeks)], {}, weeks)).toBe('unexercised')
    expect(judge(claim, [...first, ...hit(2, 'B', 1)])).toBe('unexercised')
    expect(judge(claim, [...first, [at(2), ask('B')]], {}, weeks)).toBe('unexercised')
  })
})
