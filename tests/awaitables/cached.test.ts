import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Cached } from '../../src/awaitables/index.js'

/** A load whose calls are settled by hand. */
function controlled(options?: { ttlMs?: number }) {
  const flights: { fulfil(value: number): void; fail(reason: unknown): void }[] = []
  const load = () =>
    new Promise<number>((fulfil, fail) => {
      flights.push({ fulfil, fail })
    })
  return { flights, cached: new Cached(load, options) }
}

/** Counts its calls, from 1. */
function counting(options?: { ttlMs?: number }) {
  let calls = 0
  return new Cached(() => ++calls, options)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a life', () => {
  test('lasts until its deadline and ends there', async () => {
    const cached = counting({ ttlMs: 10 })
    expect(await cached).toBe(1)
    vi.advanceTimersByTime(9)
    expect(await cached).toBe(1)
    vi.advanceTimersByTime(1)
    expect(await cached.get()).toBe(2)
  })

  test('counts from the end of the load', async () => {
    const { cached, flights } = controlled({ ttlMs: 10 })
    const first = cached.get()
    vi.advanceTimersByTime(25)
    flights[0]?.fulfil(1)
    expect(await first).toBe(1)
    vi.advanceTimersByTime(9)
    expect(await cached).toBe(1)
    expect(flights).toHaveLength(1)
  })

  test('is not prolonged by those who ask, nor by the system clock', async () => {
    const cached = counting({ ttlMs: 10 })
    await cached
    vi.advanceTimersByTime(5)
    await cached
    vi.setSystemTime(0)
    vi.advanceTimersByTime(5)
    expect(await cached).toBe(2)
  })

  test('of 0 keeps nothing, of Infinity everything, and so does none', async () => {
    const [none, endless, plain] = [
      counting({ ttlMs: 0 }),
      counting({ ttlMs: Number.POSITIVE_INFINITY }),
      counting(),
    ]
    const twice = async (cached: Cached<number>) => [await cached, await cached]
    expect(await twice(none)).toEqual([1, 2])
    expect(await twice(endless)).toEqual([1, 1])
    vi.advanceTimersByTime(2 ** 40)
    expect([await endless, await plain]).toEqual([1, 1])
  })

  test('needs a length', () => {
    for (const ttlMs of [-1, Number.NaN]) expect(() => counting({ ttlMs })).toThrow(RangeError)
  })
})

describe('single flight', () => {
  test('however many ask, when nothing is there and when it has expired', async () => {
    const { cached, flights } = controlled({ ttlMs: 10 })
    const all = Promise.all([cached.get(), cached, cached.then((value) => value)])
    flights[0]?.fulfil(4)
    expect(await all).toEqual([4, 4, 4])
    vi.advanceTimersByTime(10)
    const again = Promise.all([cached.get(), cached])
    flights[1]?.fulfil(5)
    expect(await again).toEqual([5, 5])
    expect(flights).toHaveLength(2)
  })

  test('falsy values are values', async () => {
    let calls = 0
    const cached = new Cached(() => void calls++)
    expect([await cached, await cached, calls]).toEqual([undefined, undefined, 1])
  })

  test('a failure is told to all who wait, and is not kept', async () => {
    const { cached, flights } = controlled()
    const waiting = Promise.allSettled([cached.get(), cached.get()])
    flights[0]?.fail('no')
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const again = cached.get()
    flights[1]?.fulfil(2)
    expect(await again).toBe(2)
  })

  test('a load that throws at once, or asks for its own value, is told so', async () => {
    const failing = new Cached(() => {
      throw null
    })
    await expect(failing.get()).rejects.toBe(null)
    const circular: Cached<number> = new Cached(() => circular.get())
    await expect(circular.get()).rejects.toThrow('by its own load')
  })
})

describe('invalidate', () => {
  test('forces a load, whatever the clock says', async () => {
    vi.setSystemTime(0)
    const cached = counting({ ttlMs: 10 })
    await cached
    cached.invalidate()
    expect(await cached).toBe(2)
  })

  test('cuts off the load that is under way', async () => {
    const { cached, flights } = controlled()
    const before = cached.get()
    cached.invalidate()
    const after = cached.get()
    flights[1]?.fulfil(2)
    flights[0]?.fulfil(1)
    expect([await before, await after, await cached]).toEqual([1, 2, 2])
    expect(flights).toHaveLength(2)
  })

  test('and its failure disturbs nobody', async () => {
    const { cached, flights } = controlled()
    const before = cached.get()
    cached.invalidate()
    const after = cached.get()
    flights[0]?.fail('old')
    await expect(before).rejects.toBe('old')
    flights[1]?.fulfil(2)
    expect([await after, await cached]).toEqual([2, 2])
    expect(flights).toHaveLength(2)
  })

  test('from within the load is not lost', async () => {
    let calls = 0
    const cached: Cached<number> = new Cached(() => {
      cached.invalidate()
      return ++calls
    })
    expect([await cached, await cached]).toEqual([1, 2])
  })
})
