import { describe, expect, test } from 'vitest'
import { Lazy } from '../../src/awaitables/index.js'

/** A factory whose calls are settled by hand. */
function controlled() {
  const flights: { fulfil(value: number): void; fail(reason: unknown): void }[] = []
  const factory = () =>
    new Promise<number>((fulfil, fail) => {
      flights.push({ fulfil, fail })
    })
  return { flights, lazy: new Lazy(factory) }
}

describe('single flight', () => {
  test('nothing starts before somebody asks, and then once', async () => {
    const { flights, lazy } = controlled()
    expect(flights).toHaveLength(0)
    const all = Promise.all([lazy.get(), lazy, lazy.then((value) => value)])
    flights[0]?.fulfil(4)
    expect(await all).toEqual([4, 4, 4])
    expect(await lazy).toBe(4)
    expect(flights).toHaveLength(1)
  })

  test('the factory may return a value or throw at once', async () => {
    let calls = 0
    const value = new Lazy(() => {
      calls++
      return undefined
    })
    expect([await value, await value, calls]).toEqual([undefined, undefined, 1])
    const failing = new Lazy(() => {
      throw null
    })
    await expect(failing.get()).rejects.toBe(null)
  })

  test('a failure is told to all who wait, and the next one tries again', async () => {
    const { flights, lazy } = controlled()
    const waiting = Promise.allSettled([lazy.get(), lazy.get()])
    flights[0]?.fail('no')
    expect(await waiting).toEqual([
      { status: 'rejected', reason: 'no' },
      { status: 'rejected', reason: 'no' },
    ])
    const again = lazy.get()
    flights[1]?.fulfil(2)
    expect(await again).toBe(2)
  })
})

describe('reset in flight', () => {
  test('the old result answers those who waited and nobody else', async () => {
    const { flights, lazy } = controlled()
    const before = lazy.get()
    lazy.reset()
    const after = lazy.get()
    flights[1]?.fulfil(2)
    flights[0]?.fulfil(1)
    expect([await before, await after, await lazy]).toEqual([1, 2, 2])
  })

  test('an old failure evicts nothing', async () => {
    const { flights, lazy } = controlled()
    const before = lazy.get()
    lazy.reset()
    const after = lazy.get()
    flights[0]?.fail('old')
    await expect(before).rejects.toBe('old')
    flights[1]?.fulfil(2)
    expect([await after, await lazy]).toEqual([2, 2])
    expect(flights).toHaveLength(2)
  })

  test('a reset from within the factory is not lost', async () => {
    let calls = 0
    const lazy: Lazy<number> = new Lazy(() => {
      lazy.reset()
      return ++calls
    })
    expect([await lazy, await lazy]).toEqual([1, 2])
  })
})

test('a factory that asks for its own value at once is told so', async () => {
  const lazy: Lazy<number> = new Lazy(() => lazy.get())
  await expect(lazy.get()).rejects.toThrow('by its own factory')
})
