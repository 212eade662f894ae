import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Retry } from '../../src/awaitables/index.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** An attempt that fails a few times, each time with a reason of its own, and then succeeds. */
function failing(times: number) {
  const made: number[] = []
  const attempt = (n: number) => {
    made.push(n)
    if (made.length <= times) throw `reason ${n}`
    return 'done'
  }
  return { made, attempt }
}

const settled = async (retry: PromiseLike<unknown>) => {
  const [outcome] = await Promise.all([Promise.allSettled([retry]), vi.runAllTimersAsync()])
  return outcome[0]
}

describe('attempts', () => {
  test('nothing happens before it is awaited, and then once', async () => {
    const { made, attempt } = failing(1)
    const retry = new Retry(attempt, { baseMs: 10 })
    await vi.runAllTimersAsync()
    expect(made).toEqual([])
    expect(await settled(Promise.all([retry, retry]))).toMatchObject({ value: ['done', 'done'] })
    expect(await retry).toBe('done')
    expect(made).toEqual([1, 2])
  })

  test('it rejects with the last reason when none is left', async () => {
    const { made, attempt } = failing(9)
    expect(await settled(new Retry(attempt))).toMatchObject({ reason: 'reason 3' })
    expect(made).toEqual([1, 2, 3])
  })

  test('a falsy reason is a failed attempt', async () => {
    let made = 0
    const retry = new Retry(() => (++made < 3 ? Promise.reject() : made))
    expect(await settled(retry)).toMatchObject({ value: 3 })
  })

  test('a reason that is not worth it ends the run, and so does a predicate that throws', async () => {
    const { made, attempt } = failing(9)
    const asked: unknown[] = []
    const shouldRetry = (reason: unknown, n: number) => asked.push([reason, n]) < 2
    expect(await settled(new Retry(attempt, { attempts: 5, shouldRetry }))).toMatchObject({
      reason: 'reason 2',
    })
    expect([made, asked]).toEqual([
      [1, 2],
      [
        ['reason 1', 1],
        ['reason 2', 2],
      ],
    ])
    const throwing = new Retry(failing(9).attempt, {
      shouldRetry: () => {
        throw 'asked'
      },
    })
    expect(await settled(throwing)).toMatchObject({ reason: 'asked' })
  })

  test('an attempt that awaits its own run waits for itself, and starts no second one', async () => {
    let made = 0
    const retry: Retry<unknown> = new Retry(
      () => {
        made++
        return retry
      },
      { timeoutMs: 10, attempts: 1 },
    )
    expect(await settled(retry)).toMatchObject({ reason: { name: 'TimeoutError' } })
    expect(made).toBe(1)
  })
})

describe('waits', () => {
  test('they grow by the factor up to the longest', () => {
    const retry = new Retry(() => {}, { baseMs: 100, factor: 3, maxMs: 500 })
    expect([1, 2, 3].map((n) => retry.waitMs(n))).toEqual([
      [100, 100],
      [300, 300],
      [500, 500],
    ])
    expect(new Retry(() => {}, { jitter: 0.5 }).waitMs(2)).toEqual([100, 200])
    expect(new Retry(() => {}, { baseMs: 0, factor: 1e300 }).waitMs(9)).toEqual([0, 0])
  })

  test('jitter takes them anywhere between their bounds', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.25)
    const { made, attempt } = failing(1)
    const outcome = Promise.allSettled([new Retry(attempt, { baseMs: 100, jitter: 1 })])
    await vi.advanceTimersByTimeAsync(24)
    expect(made).toEqual([1])
    await vi.advanceTimersByTimeAsync(1)
    expect(made).toEqual([1, 2])
    expect(await outcome).toMatchObject([{ value: 'done' }])
    random.mockRestore()
  })
})

describe('aborts and time-outs', () => {
  test('an abort ends a wait with the very reason, and leaves no timer', async () => {
    const controller = new AbortController()
    const { made, attempt } = failing(9)
    const outcome = Promise.allSettled([new Retry(attempt, { baseMs: 100, signal: controller.signal })])
    await vi.advanceTimersByTimeAsync(50)
    controller.abort(null)
    expect(await outcome).toMatchObject([{ status: 'rejected', reason: null }])
    expect([made, vi.getTimerCount()]).toEqual([[1], 0])
  })

  test('an abort ends an attempt, and one that has been starts none', async () => {
    const controller = new AbortController()
    const outcome = Promise.allSettled([
      new Retry(() => new Promise(() => {}), { signal: controller.signal, timeoutMs: 1000 }),
    ])
    await vi.advanceTimersByTimeAsync(50)
    controller.abort('stop')
    expect(await outcome).toMatchObject([{ reason: 'stop' }])
    expect(vi.getTimerCount()).toBe(0)
    const { made, attempt } = failing(0)
    expect(await settled(new Retry(attempt, { signal: controller.signal }))).toMatchObject({ reason: 'stop' })
    expect(made).toEqual([])
  })

  test('an attempt that takes too long has failed', async () => {
    let made = 0
    const retry = new Retry(() => (++made === 1 ? new Promise(() => {}) : made), { timeoutMs: 10 })
    expect(await settled(retry)).toMatchObject({ value: 2 })
    const never = new Retry(() => new Promise(() => {}), { timeoutMs: 10, attempts: 1 })
    expect(await settled(never)).toMatchObject({
      reason: { name: 'TimeoutError', message: 'Attempt 1 took longer than 10 ms' },
    })
  })
})

test('an option that makes no sense is refused', () => {
  const made = (options: ConstructorParameters<typeof Retry>[1]) => () => new Retry(() => {}, options)
  for (const attempts of [0, -1, Number.NaN, 1.5]) expect(made({ attempts })).toThrow(RangeError)
  expect(made({ baseMs: -1 })).toThrow('`baseMs` must be a number from 0 to 2147483647, not -1')
  expect(made({ maxMs: Number.POSITIVE_INFINITY })).toThrow('`maxMs`')
  expect(made({ jitter: 2 })).toThrow('`jitter`')
  expect(made({ factor: Number.NaN })).toThrow('`factor`')
  expect(made({ timeoutMs: 2 ** 31 })).toThrow('`timeoutMs`')
})
