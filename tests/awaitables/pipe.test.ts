import { describe, expect, test } from 'vitest'
import { Pipe } from '../../src/awaitables/index.js'

describe('a pipe', () => {
  test('runs its stages in order, synchronous and asynchronous ones', async () => {
    const text = Pipe.from(2)
      .map((value) => value + 1)
      .map(async (value) => value * 2)
      .map((value) => ({ value }))
    expect(await text).toEqual({ value: 6 })
  })

  test('gives its input without stages, falsy and promised ones too', async () => {
    expect([await Pipe.from(0), await Pipe.from(Promise.resolve('')), await Pipe.from(undefined)]).toEqual([
      0,
      '',
      undefined,
    ])
  })

  test('runs nothing before it is awaited, and nothing again', async () => {
    let runs = 0
    const counted = Pipe.from(1).map(() => ++runs)
    await Promise.resolve()
    expect(runs).toBe(0)
    expect([await counted, await counted, await counted.then((value) => value), runs]).toEqual([1, 1, 1, 1])
  })

  test('skips what is behind an error', async () => {
    const after: unknown[] = []
    const failing = Pipe.from(1)
      .map(() => {
        throw null
      })
      .map((value) => after.push(value))
    await expect(failing).rejects.toBe(null)
    expect(await failing.catch(() => 'caught')).toBe('caught')
    expect(after).toEqual([])
  })

  test('branches without a trace', async () => {
    const trunk = Pipe.from('a').map((text) => `${text}b`)
    const [left, right] = [trunk.map((text) => `${text}l`), trunk.map(() => Promise.reject('no'))]
    await expect(right).rejects.toBe('no')
    expect([await left, await trunk]).toEqual(['abl', 'ab'])
  })

  test('cleans up', async () => {
    let cleaned = 0
    expect(await Pipe.from(1).finally(() => void cleaned++)).toBe(1)
    expect(cleaned).toBe(1)
  })
})
