import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Debounced } from '../../src/awaitables/index.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('at the trailing edge', () => {
  test('runs once with the last arguments, and answers everyone', async () => {
    const fn = vi.fn(async (...letters: string[]) => letters.join(''))
    const debounced = new Debounced(fn, { waitMs: 100 })
    const first = debounced.call('a')
    await vi.advanceTimersByTimeAsync(99)
    const second = debounced.call('b', 'c')
    await vi.advanceTimersByTimeAsync(99)
    expect(fn).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await Promise.all([first, second])).toEqual(['bc', 'bc'])
    expect(fn).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('tells everyone why it failed, and begins anew', async () => {
    let fails = true
    const debounced = new Debounced(
      () => {
        if (fails) throw undefined
        return 1
      },
      { waitMs: 10 },
    )
    const both = Promise.allSettled([debounced.call(), debounced.call()])
    await vi.advanceTimersByTimeAsync(10)
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    fails = false
    const again = debounced.call()
    await vi.advanceTimersByTimeAsync(10)
    expect(await again).toBe(1)
  })

  test('a call that comes while it runs belongs to another batch', async () => {
    const settles: ((value: string) => void)[] = []
    const debounced = new Debounced(() => new Promise<string>((resolve) => settles.push(resolve)), {
      waitMs: 10,
    })
    const first = debounced.call()
    await vi.advanceTimersByTimeAsync(10)
    const second = debounced.call()
    settles[0]!('first')
    await vi.advanceTimersByTimeAsync(10)
    settles[1]!('second')
    expect(await Promise.all([first, second])).toEqual(['first', 'second'])
  })
})

test('at the leading edge it runs at the first call, and answers everyone with that', async () => {
  const fn = vi.fn(async (letter: string) => letter)
  const debounced = new Debounced(fn, { waitMs: 100, edge: 'leading' })
  const first = debounced.call('a')
  expect(fn).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(60)
  const second = debounced.call('b')
  expect(await Promise.all([first, second])).toEqual(['a', 'a'])
  await vi.advanceTimersByTimeAsync(100)
  expect(await debounced.call('c')).toBe('c')
})

describe('a signal', () => {
  test('that aborts rejects who waits, and nothing runs', async () => {
    const fn = vi.fn()
    const controller = new AbortController()
    const debounced = new Debounced(fn, { waitMs: 10, signal: controller.signal })
    const waiting = debounced.call()
    controller.abort(null)
    await expect(waiting).rejects.toBeNull()
    await expect(debounced.call()).rejects.toBeNull()
    await vi.advanceTimersByTimeAsync(100)
    expect(fn).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that does not abort has no listener left', async () => {
    const { signal } = new AbortController()
    const debounced = new Debounced(() => 1, { waitMs: 10, signal })
    const both = Promise.all([debounced.call(), debounced.call()])
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(10)
    await both
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

test('a wait that makes no sense is refused', () => {
  for (const waitMs of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => new Debounced(() => 1, { waitMs })).toThrow(RangeError)
})
