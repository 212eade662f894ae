import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sleep } from '../../src/awaitables/index.js'

const DAY_MS = 86_400_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Whether a promise has settled by now, and how. */
function watched(promise: Promise<unknown>) {
  const seen: { outcome?: string; reason?: unknown } = {}
  promise.then(
    () => {
      seen.outcome = 'fulfilled'
    },
    (reason: unknown) => {
      seen.outcome = 'rejected'
      seen.reason = reason
    },
  )
  return seen
}

test('waits as long as it is told, and no longer', async () => {
  const seen = watched(sleep(100))
  await vi.advanceTimersByTimeAsync(99)
  expect(seen.outcome).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  expect(seen.outcome).toBe('fulfilled')
})

test('takes what is no time for none, in a later turn', async () => {
  for (const ms of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY]) {
    const seen = watched(sleep(ms))
    await Promise.resolve()
    expect(seen.outcome).toBeUndefined()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen.outcome).toBe('fulfilled')
  }
})

test('waits longer than a timer can', async () => {
  const seen = watched(sleep(60 * DAY_MS))
  await vi.advanceTimersByTimeAsync(60 * DAY_MS - 1)
  expect(seen.outcome).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  expect(seen.outcome).toBe('fulfilled')
  expect(vi.getTimerCount()).toBe(0)
})

test('waits for ever, until it is aborted', async () => {
  const controller = new AbortController()
  const seen = watched(sleep(Number.POSITIVE_INFINITY, { signal: controller.signal }))
  await vi.advanceTimersByTimeAsync(100 * DAY_MS)
  expect(seen.outcome).toBeUndefined()
  controller.abort(null)
  await vi.advanceTimersByTimeAsync(0)
  expect(seen).toEqual({ outcome: 'rejected', reason: null })
  expect(vi.getTimerCount()).toBe(0)
})

test('an abort rejects with the very reason, and leaves nothing', async () => {
  for (const reason of ['why', new Error('why'), 0, false, '']) {
    const controller = new AbortController()
    const before = watched(sleep(100, { signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(50)
    controller.abort(reason)
    const after = watched(sleep(100, { signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(0)
    expect(before).toEqual({ outcome: 'rejected', reason })
    expect(after).toEqual({ outcome: 'rejected', reason })
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  }
})

test('leaves no listener when its time comes', async () => {
  const { signal } = new AbortController()
  const seen = watched(sleep(100, { signal }))
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(seen.outcome).toBe('fulfilled')
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
