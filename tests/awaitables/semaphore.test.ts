import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Mutex, Semaphore } from '../../src/awaitables/index.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets every microtask run. */
const drained = () => vi.advanceTimersByTimeAsync(0)

/** Who of those who asked has been served, in order. */
function queue(semaphore: Semaphore) {
  const served: string[] = []
  const ask = async (name: string, signal?: AbortSignal) => {
    const release = await semaphore.acquire(signal)
    served.push(name)
    return release
  }
  return { served, ask }
}

describe('acquire', () => {
  test('serves as many as there are permits, and the others in their order', async () => {
    const { served, ask } = queue(new Semaphore(2))
    const first = ask('a')
    for (const name of ['b', 'c', 'd']) void ask(name)
    await drained()
    expect(served).toEqual(['a', 'b'])
    ;(await first)()
    await drained()
    expect(served).toEqual(['a', 'b', 'c'])
  })

  test('a permit goes from hand to hand: nobody takes it in between', async () => {
    const { served, ask } = queue(new Mutex())
    const release = await ask('a')
    void ask('b')
    release()
    void ask('late')
    await drained()
    expect(served).toEqual(['a', 'b'])
  })

  test('a release works once', async () => {
    const { served, ask } = queue(new Mutex())
    const release = await ask('a')
    void ask('b')
    void ask('c')
    release()
    release()
    await drained()
    expect(served).toEqual(['a', 'b'])
  })

  test('an abort ends the wait with its reason, and leaves no listener', async () => {
    const { served, ask } = queue(new Mutex())
    const release = await ask('a')
    const controller = new AbortController()
    const gone = ask('b', controller.signal)
    void ask('c')
    controller.abort(0)
    await expect(gone).rejects.toBe(0)
    release()
    await drained()
    expect(served).toEqual(['a', 'c'])
    await expect(ask('d', controller.signal)).rejects.toBe(0)
  })

  test('whoever is served has no listener left', async () => {
    const mutex = new Mutex()
    const { signal } = new AbortController()
    const release = await mutex.acquire(signal)
    const next = mutex.acquire(signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    release()
    await next
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('a wait that takes too long ends with a TimeoutError', async () => {
    const mutex = new Mutex({ timeoutMs: 100 })
    const release = await mutex.acquire()
    const told = expect(mutex.acquire()).rejects.toMatchObject({ name: 'TimeoutError' })
    await vi.advanceTimersByTimeAsync(100)
    await told
    release()
    await mutex.acquire()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('run', () => {
  test('gives what the function gives, and frees the permit', async () => {
    const mutex = new Mutex()
    expect(await mutex.run(() => 0)).toBe(0)
    await expect(mutex.run(() => Promise.reject(undefined))).rejects.toBeUndefined()
    const thrown = mutex.run(() => {
      throw 'at once'
    })
    await expect(thrown).rejects.toBe('at once')
    expect(await mutex.run(async () => 'free')).toBe('free')
  })

  test('does not call the function of whoever has left', async () => {
    const mutex = new Mutex()
    await mutex.acquire()
    const fn = vi.fn()
    await expect(mutex.run(fn, AbortSignal.abort('gone'))).rejects.toBe('gone')
    expect(fn).not.toHaveBeenCalled()
  })
})

test('options that make no sense are refused', () => {
  for (const permits of [0, -1, 1.5, Number.NaN]) expect(() => new Semaphore(permits)).toThrow(RangeError)
  for (const timeoutMs of [-1, Number.NaN, 2 ** 31])
    expect(() => new Mutex({ timeoutMs })).toThrow(RangeError)
})
