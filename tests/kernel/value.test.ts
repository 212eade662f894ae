import { describe, expect, it } from 'vitest'
import { FALSY_NAMES, same, specimen, TRUTHY_NAMES, ValueTable } from '../../src/core/value.js'

describe('the values of a run', () => {
  it('are told apart as by Object.is', () => {
    const table = new ValueTable()
    const values = [0, -0, Number.NaN, undefined, null, false, '', 0n, 1, '1', {}, {}]
    const noted = values.map((value) => table.note(value))
    for (const [i, a] of noted.entries()) {
      for (const [j, b] of noted.entries()) expect(same(a, b)).toBe(Object.is(values[i], values[j]))
    }
    for (const value of values) expect(same(table.note(value), table.note(value))).toBe(true)
  })

  it('lead back to the live ones', () => {
    const table = new ValueTable()
    for (const value of [-0, Number.NaN, Symbol('s'), () => 1]) {
      expect(Object.is(table.live(table.note(value)), value)).toBe(true)
    }
  })

  it('are marked where they are falsy', () => {
    const table = new ValueTable()
    for (const name of FALSY_NAMES) expect(table.note(specimen(name)).falsy).toBe(true)
    for (const name of TRUTHY_NAMES) expect(table.note(specimen(name)).falsy).toBeUndefined()
  })

  it('read as JavaScript', () => {
    const table = new ValueTable()
    for (const name of [...FALSY_NAMES, ...TRUTHY_NAMES]) expect(table.note(specimen(name)).text).toBe(name)
    expect(table.note('other').text).toBe("'other'")
    expect(table.note(12n).text).toBe('12n')
    expect(table.note(new TypeError('no')).text).toBe("TypeError('no')")
    expect(table.note(new TypeError('nor')).error).toBe('TypeError')
  })

  it('are described without falling for their traps', () => {
    const trap = new Proxy(
      {},
      {
        get() {
          throw new Error('caught')
        },
        has() {
          throw new Error('caught')
        },
        getPrototypeOf() {
          throw new Error('caught')
        },
      },
    )
    expect(new ValueTable().note(trap).text).toMatch(/^\[object \d+\]$/)
  })

  it('know no specimen of another name', () => {
    expect(() => specimen('missing')).toThrow(RangeError)
  })
})
