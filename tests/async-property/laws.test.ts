import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asyncProperty } from '../../properties/async-property/protocol.js'
import { history, verdict } from '../history-builder.js'
import { fails, fulfils, gets, hears, judge, loads, looks, makes, read, type Steps, served } from './steps.js'

it('no law of async-property goes without a test', () => {
  const text = readFileSync(new URL(import.meta.url), 'utf8')
  expect(Object.keys(asyncProperty.laws).filter((claim) => !text.includes(`'${claim}'`))).toEqual([])
})

it('that instances stay collectable is for a test with a collector: an-instance-stays-collectable is listed', () => {
  expect(asyncProperty.laws['an-instance-stays-collectable']).toMatchObject({ level: 'untested' })
})

describe('single-flight', () => {
  const claim = 'single-flight'

  it('is broken by a second load of an instance while the first is in flight', () => {
    expect(
      judge(claim, [
        [read('A', 'a'), loads('a')],
        [read('B', 'a'), loads('a')],
      ]),
    ).toBe('violated')
  })

  it('is kept by those who join, and by loads of different instances', () => {
    expect(judge(claim, [[read('A', 'a'), loads('a')], [read('B', 'a')]])).toBe('holds')
    expect(
      judge(claim, [
        [read('A', 'a'), loads('a')],
        [read('B', 'b'), loads('b')],
      ]),
    ).toBe('unexercised')
  })

  it('says nothing of loads for what has no name', () => {
    expect(
      judge(claim, [
        [read('A', 'a'), loads('another')],
        [read('B', 'b'), loads('another')],
      ]),
    ).toBe('unexercised')
  })
})

describe('loads-once-per-instance', () => {
  const claim = 'loads-once-per-instance'

  it('is broken by another load after a success, also where another instance was read in between', () => {
    expect(judge(claim, [...served, [read('A', 'a'), loads('a')]])).toBe('violated')
    const other: Steps = [
      [read('B', 'b'), loads('b')],
      [fulfils(2), gets('B', 2)],
    ]
    expect(judge(claim, [...served, ...other, [read('A', 'a'), loads('a')]])).toBe('violated')
  })

  it('is kept by an answer without a load, by other instances, and after a failure', () => {
    expect(judge(claim, [...served, [read('B', 'a'), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, [...served, [read('B', 'b'), loads('b')]])).toBe('unexercised')
    expect(
      judge(claim, [
        [read('A', 'a'), loads('a')],
        [fails('no'), hears('A', 'no')],
        [read('A', 'a'), loads('a')],
      ]),
    ).toBe('unexercised')
  })
})

describe('instances-never-share', () => {
  const claim = 'instances-never-share'

  it('is broken by the value, and by the failure, of another instance', () => {
    expect(judge(claim, [...served, [read('B', 'b'), gets('B', 1)]])).toBe('violated')
    expect(
      judge(claim, [
        [read('A', 'a'), loads('a')],
        [read('B', 'b')],
        [fails('no'), hears('A', 'no'), hears('B', 'no')],
      ]),
    ).toBe('violated')
  })

  it("is kept by each one's own, also where they look alike", () => {
    expect(judge(claim, [...served, [read('B', 'b'), loads('b')], [fulfils(1), gets('B', 1)]])).toBe('holds')
    expect(judge(claim, [...served, [read('B', 'a'), gets('B', 1)]])).toBe('unexercised')
  })
})

describe('load-is-given-the-instance', () => {
  const claim = 'load-is-given-the-instance'

  it('is broken by another instance, and by a copy', () => {
    expect(judge(claim, [...served, [read('B', 'b'), loads('a')]])).toBe('violated')
    expect(judge(claim, [[read('A', 'a'), loads('another')]])).toBe('violated')
  })

  it('is kept by one of those that are read', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(
      judge(claim, [
        [read('A', 'a'), read('B', 'b')],
        [loads('b'), loads('a')],
      ]),
    ).toBe('holds')
    expect(judge(claim, [[read('A', 'a')]])).toBe('unexercised')
    expect(judge(claim, [[loads('a')]], { start: 'eager' })).toBe('not-applicable')
  })
})

describe('loads-nothing-on-the-prototype', () => {
  const claim = 'loads-nothing-on-the-prototype'

  it('is broken by a load while the prototype is read, and by one for it', () => {
    expect(judge(claim, [looks('A', loads('another'))])).toBe('violated')
    expect(judge(claim, [looks('A'), [loads('prototype')]])).toBe('violated')
  })

  it('is kept where nothing is loaded for it', () => {
    expect(judge(claim, [looks('A'), ...served])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('instances of all kinds', () => {
  const kinds = [
    ['a-frozen-instance-can-be-read', { frozen: true }],
    ['a-subclass-inherits-it', { of: 'subclass' }],
    ['super-reads-it', { of: 'override' }],
  ] as const

  it.each(kinds)('%s is broken by an error of its own, and by a value that no load gave', (claim, making) => {
    const reading = [makes('a', making), read('A', 'a', making)]
    expect(judge(claim, [[...reading, hears('A', new TypeError('no'))]])).toBe('violated')
    expect(judge(claim, [[...reading, gets('A', undefined)]])).toBe('violated')
  })

  it.each(kinds)('%s is kept by the outcome of a load', (claim, making) => {
    const reading = [makes('a', making), read('A', 'a', making), loads('a')]
    expect(judge(claim, [reading, [fulfils(1), gets('A', 1)]])).toBe('holds')
    expect(judge(claim, [reading, [fails('no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, [reading])).toBe('unexercised')
    expect(judge(claim, served)).toBe('unexercised')
  })

  it('super-reads-it does not apply where the property is the own one of each instance', () => {
    expect(verdict(asyncProperty, 'super-reads-it', history(...served))).toBe('not-applicable')
  })
})
