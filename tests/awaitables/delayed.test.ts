import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Delayed } from '../../src/awaitables/index.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('gives its value after its time, to everyone who asks', async () => {
  const delayed = new Delayed(100, 0)
  const asking = Promise.all([delayed, delayed.then((value) => value + 1)])
  await vi.advanceTimersByTimeAsync(100)
  expect(await asking).toEqual([0, 1])
  expect(await delayed).toBe(0)
})

test('its time counts from creation', async () => {
  const delayed = new Delayed(100, 'soon')
  await vi.advanceTimersByTimeAsync(100)
  expect(vi.getTimerCount()).toBe(0)
  expect(await delayed).toBe('soon')
})

test('an abort rejects with its reason', async () => {
  const controller = new AbortController()
  const delayed = new Delayed(100, 'never', { signal: controller.signal })
  controller.abort('why')
  await expect(delayed).rejects.toBe('why')
  expect(vi.getTimerCount()).toBe(0)
})
