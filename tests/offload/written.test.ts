import { expect, it } from 'vitest'
import { INPUTS, made, REASON_NAMES } from '../../properties/offload/inputs.js'
import { written } from '../../properties/offload/written.js'

it.each([...INPUTS, ...REASON_NAMES].filter(made))('%s and its clone are written alike', (name) => {
  const value = made(name)?.()
  expect(written(structuredClone(value))).toBe(written(value))
})

it('tells apart what is no clone', () => {
  const self: unknown[] = []
  self.push(self)
  const values = [
    0,
    -0,
    Number.NaN,
    '0',
    0n,
    null,
    undefined,
    false,
    [],
    {},
    [undefined],
    [null],
    self,
    [[]],
    new Map(),
    new Map([[1, 2]]),
    new Set(),
    new Set([1]),
    new Date(0),
    /x/,
    /x/g,
    new Uint8Array([1]),
    new Error('a'),
    new Error('b'),
    new RangeError('a'),
    { a: 1 },
    { a: '1' },
    { a: { b: 1 } },
    () => 1,
  ]
  expect(new Set(values.map((value) => written(value))).size).toBe(values.length)
})
