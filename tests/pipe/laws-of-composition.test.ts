import { describe, expect, it } from 'vitest'
import { answer } from '../history-builder.js'
import {
  ask,
  askAlike,
  branches,
  fails,
  from,
  fromInput,
  gets,
  given,
  gives,
  hears,
  judge,
  map,
  one,
  type Steps,
} from './judged.js'

describe('from-gives-its-input', () => {
  const claim = 'from-gives-its-input'

  it('is broken by another value, and by a failure', () => {
    expect(judge(claim, [from(0), [ask('A', 1), gets('A', undefined)]])).toBe('violated')
    expect(judge(claim, [from(0), [ask('A', 1), hears('A', 0)]])).toBe('violated')
    expect(judge(claim, [fromInput, [ask('A', 1)], [fails('input', 'no'), gets('A', 'no')]])).toBe('violated')
  })

  it('is kept by the very value, and by the outcome of a thenable', () => {
    expect(judge(claim, [from(0), [ask('A', 1), gets('A', 0)]])).toBe('holds')
    expect(judge(claim, [fromInput, [ask('A', 1)], [gives('input', 0), gets('A', 0)]])).toBe('holds')
    expect(judge(claim, [fromInput, [ask('A', 1)], [fails('input', 0), hears('A', 0)]])).toBe('holds')
    expect(judge(claim, [...one, [ask('A', 2), given('f', 1)], [gives('f', 2), gets('A', 2)]])).toBe(
      'unexercised',
    )
  })
})

describe('an-identity-stage-changes-nothing', () => {
  const claim = 'an-identity-stage-changes-nothing'
  const value = {}
  const identity = (...rest: Steps): Steps => [[...from(value), ...map(1, 2, 'f', true)], ...rest]

  it('is broken by a copy, and by a failure', () => {
    expect(judge(claim, identity([ask('A', 2), given('f', value)], [gives('f', value), gets('A', {})]))).toBe(
      'violated',
    )
    expect(judge(claim, identity([ask('A', 2), hears('A', 'no')]))).toBe('violated')
  })

  it('is kept by the very value', () => {
    expect(
      judge(claim, identity([ask('A', 2), given('f', value)], [gives('f', value), gets('A', value)])),
    ).toBe('holds')
    const mixed: Steps = [...identity(), map(2, 3, 'g'), [ask('A', 3), gets('A', 7)]]
    expect(judge(claim, mixed)).toBe('unexercised')
    expect(judge(claim, [from(1), [ask('A', 1), gets('A', 1)]])).toBe('unexercised')
  })
})

describe('a-pipe-gives-what-its-last-stage-gave', () => {
  const claim = 'a-pipe-gives-what-its-last-stage-gave'
  const ends = (...items: Steps[number]): Steps => [...one, [ask('A', 2), given('f', 1)], items]

  it('is broken by another value, another reason, and a value for a reason', () => {
    expect(judge(claim, ends(gives('f', 2), gets('A', 1)))).toBe('violated')
    expect(judge(claim, ends(fails('f', 'no'), hears('A', new Error('no'))))).toBe('violated')
    expect(judge(claim, ends(fails('f', 0), gets('A', 0)))).toBe('violated')
  })

  it('is broken by an outcome that comes before there is one', () => {
    expect(judge(claim, ends(gets('A', 2), gives('f', 2)))).toBe('violated')
  })

  it('is kept by the very value, and the very reason', () => {
    expect(judge(claim, ends(gives('f', 0), gets('A', 0)))).toBe('holds')
    expect(judge(claim, ends(fails('f', 0), hears('A', 0)))).toBe('holds')
    expect(judge(claim, [fromInput, map(1, 2, 'f'), [ask('A', 2)], [fails('input', 0), hears('A', 0)]])).toBe(
      'holds',
    )
    expect(judge(claim, [...branches, [ask('A', 2), gets('A', 7)]])).toBe('unexercised')
  })

  it('takes a throw for a rejection: whether that is allowed is for another law', () => {
    expect(judge(claim, ends(fails('f', 0), answer('A', 'threw', 0)))).toBe('holds')
  })
})

describe('branches-are-independent', () => {
  const claim = 'branches-are-independent'
  const ran: Steps = [
    ...branches,
    [ask('A', 2), given('f', 1)],
    [ask('B', 3), given('g', 1)],
    [gives('f', 2)],
  ]

  it('is broken by what the other branch came to', () => {
    expect(judge(claim, [...ran, [fails('g', 'no'), hears('A', 'no')]])).toBe('violated')
    expect(judge(claim, [...ran, [gives('g', 3), gets('A', 3)]])).toBe('violated')
  })

  it('is kept by what each came to', () => {
    expect(judge(claim, [...ran, [gets('A', 2)], [fails('g', 'no'), hears('B', 'no')]])).toBe('holds')
    expect(judge(claim, [...one, [ask('A', 2), gets('A', 7)]])).toBe('unexercised')
  })
})

describe('awaiting-twice-gives-the-same', () => {
  const claim = 'awaiting-twice-gives-the-same'
  const first: Steps = [...one, [ask('A', 2), given('f', 1)], [gives('f', 2), gets('A', 2)]]

  it('is broken by another outcome for the second', () => {
    expect(judge(claim, [...first, [ask('B', 2), gets('B', 1)]])).toBe('violated')
    expect(judge(claim, [...first, [ask('A', 2), hears('A', 2)]])).toBe('violated')
  })

  it('is kept by the same', () => {
    expect(judge(claim, [...first, [ask('B', 2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, first)).toBe('unexercised')
    expect(judge(claim, [...first, [ask('B', 1), gets('B', 1)]])).toBe('unexercised')
  })
})

describe('the same stages, put together in different ways', () => {
  const alike = (...asked: Steps[number]): Steps => [[...from(1), ...from(1, 2), ...from(1, 3)], asked]
  const separate = [askAlike('A', 1, '1+1+1'), gets('A', 1)]

  it('composition is broken where one stage that does both comes to something else', () => {
    const claim = 'composition'
    expect(judge(claim, alike(...separate, askAlike('B', 2, '2+1'), gets('B', 2)))).toBe('violated')
    expect(judge(claim, alike(...separate, askAlike('B', 2, '2+1'), gets('B', 1)))).toBe('holds')
    expect(judge(claim, alike(...separate, askAlike('B', 2, '1+1+1'), gets('B', 2)))).toBe('unexercised')
  })

  it('associativity is broken where another grouping comes to something else', () => {
    const claim = 'associativity'
    const left = [askAlike('B', 2, '2+1'), gets('B', 1)]
    expect(judge(claim, alike(...left, askAlike('C', 3, '1+2'), hears('C', 1)))).toBe('violated')
    expect(judge(claim, alike(...left, askAlike('C', 3, '1+2'), gets('C', 1)))).toBe('holds')
    expect(judge(claim, alike(...left, ...separate))).toBe('unexercised')
  })
})
