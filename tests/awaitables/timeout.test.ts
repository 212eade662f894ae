import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Timeout } from '../../src/awaitables/index.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const after = (ms: number) => new Promise<number>((resolve) => setTimeout(resolve, ms, ms))

describe('a call', () => {
  test('that is fast gives its value or its reason, and leaves no timer', async () => {
    const limited = new Timeout(async (value: unknown) => value, { timeoutMs: 100 })
    expect(await limited.call(0)).toBe(0)
    const failing = new Timeout(() => Promise.reject(undefined), { timeoutMs: 100 })
    await expect(failing.call()).rejects.toBeUndefined()
    const throwing = new Timeout(
      () => {
        throw 'at once'
      },
      { timeoutMs: 100 },
    )
    await expect(throwing.call()).rejects.toBe('at once')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that is slow is rejected in time', async () => {
    const limited = new Timeout(after, { timeoutMs: 100 })
    const told = expect(limited.call(200)).rejects.toMatchObject({ name: 'TimeoutError' })
    await vi.advanceTimersByTimeAsync(100)
    await told
  })

  test('may take as long as it likes where there is no limit', async () => {
    const limited = new Timeout(after, { timeoutMs: Number.POSITIVE_INFINITY })
    const answer = limited.call(2 ** 30)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(2 ** 30)
    expect(await answer).toBe(2 ** 30)
  })
})

describe('a signal', () => {
  test('ends the wait with its reason', async () => {
    const controller = new AbortController()
    const fn = vi.fn(after)
    const limited = new Timeout(fn, { timeoutMs: 100, signal: controller.signal })
    const told = expect(limited.call(50)).rejects.toBe('stop')
    controller.abort('stop')
    await told
    await expect(limited.call(1)).rejects.toBe('stop')
    expect(fn).toHaveBeenCalledOnce()
  })

  test('that does not abort has no listener left', async () => {
    const { signal } = new AbortController()
    const limited = new Timeout(after, { timeoutMs: 100, signal })
    const both = Promise.allSettled([limited.call(50), limited.call(200)])
    expect(getEventListeners(signal, 'abort')).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(100)
    await both
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

test('a time that makes no sense is refused', () => {
  for (const timeoutMs of [-1, Number.NaN, 2 ** 31])
    expect(() => new Timeout(() => 1, { timeoutMs })).toThrow(RangeError)
})
