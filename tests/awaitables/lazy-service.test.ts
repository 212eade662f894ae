import { describe, expect, test } from 'vitest'
import { LazyService, type LazyServiceOptions } from '../../src/awaitables/index.js'

/** A service whose openings and closings are settled by hand. */
function controlled(options?: LazyServiceOptions) {
  const opening: { fulfil(value: number): void; fail(reason: unknown): void }[] = []
  const closing: { readonly resource: number; over(): void; fail(reason: unknown): void }[] = []
  const service = new LazyService(
    () =>
      new Promise<number>((fulfil, fail) => {
        opening.push({ fulfil, fail })
      }),
    (resource) =>
      new Promise<void>((over, fail) => {
        closing.push({ resource, over, fail })
      }),
    options,
  )
  return { opening, closing, service }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const settled = async (promise: Promise<unknown>) => {
  const [result] = await Promise.allSettled([promise])
  return result.status === 'fulfilled' ? result.value : result.reason
}

describe('opening', () => {
  test('nothing is opened before somebody asks, and then once', async () => {
    const { opening, service } = controlled()
    expect(opening).toHaveLength(0)
    const both = Promise.all([service.get(), service.get()])
    opening[0]?.fulfil(1)
    expect(await both).toEqual([1, 1])
    expect(await service.get()).toBe(1)
    expect(opening).toHaveLength(1)
  })

  test('a failure is told to all who wait, and the next get tries again', async () => {
    const { opening, service } = controlled()
    const both = [service.get(), service.get()].map(settled)
    opening[0]?.fail(undefined)
    expect(await Promise.all(both)).toEqual([undefined, undefined])
    const again = service.get()
    opening[1]?.fulfil(2)
    expect(await again).toBe(2)
  })

  test('`open` may return a value or throw at once, and must not ask for what it opens', async () => {
    const throwing = new LazyService<never>(
      () => {
        throw 0
      },
      () => {},
    )
    await expect(throwing.get()).rejects.toBe(0)
    const circular: LazyService<number> = new LazyService<number>(
      () => circular.get(),
      () => {},
    )
    await expect(circular.get()).rejects.toThrow('its own `open`')
    expect(
      await new LazyService(
        () => undefined,
        () => {},
      ).get(),
    ).toBeUndefined()
  })
})

describe('disposing', () => {
  test('without anything to close it does nothing, however often', async () => {
    const { opening, service } = controlled()
    await service.dispose()
    await service.dispose()
    expect(opening).toHaveLength(0)
  })

  test('closes once, and all who dispose wait for that', async () => {
    const { opening, closing, service } = controlled()
    const resource = service.get()
    opening[0]?.fulfil(1)
    await resource
    const over: string[] = []
    const both = [
      service.dispose().then(() => over.push('first')),
      service.dispose().then(() => over.push('second')),
    ]
    await turn()
    expect([over, closing.map((each) => each.resource)]).toEqual([[], [1]])
    closing[0]?.over()
    await Promise.all(both)
    expect(over).toEqual(['first', 'second'])
  })

  test('while it is opened: who waits is turned away at once, and the resource is closed when it is there', async () => {
    const { opening, closing, service } = controlled()
    const waiting = settled(service.get())
    const disposed = service.dispose()
    expect(await waiting).toMatchObject({ name: 'AbortError' })
    opening[0]?.fulfil(1)
    await turn()
    closing[0]?.over()
    await disposed
    expect(closing.map(({ resource }) => resource)).toEqual([1])
  })

  test('while it is opened in vain: there is nothing to close, and the dispose is no failure', async () => {
    const { opening, closing, service } = controlled()
    const waiting = settled(service.get())
    const disposed = service.dispose()
    opening[0]?.fail('no')
    await disposed
    await waiting
    expect(closing).toHaveLength(0)
  })

  test.each([undefined, 0, new Error('no')])(
    'a failing close is told (%s), and the service can be used again',
    async (reason) => {
      const { opening, closing, service } = controlled()
      const resource = service.get()
      opening[0]?.fulfil(1)
      await resource
      const disposed = service.dispose()
      await turn()
      closing[0]?.fail(reason)
      await expect(disposed).rejects.toBe(reason)
      await service.dispose()
      const again = service.get()
      opening[1]?.fulfil(2)
      expect(await again).toBe(2)
    },
  )

  test('a new opening waits until the old resource is closed, and does not begin if it is disposed of before', async () => {
    const { opening, closing, service } = controlled()
    const first = service.get()
    opening[0]?.fulfil(1)
    await first
    const disposed = service.dispose()
    const given = settled(service.get())
    const again = service.dispose()
    await turn()
    closing[0]?.over()
    await Promise.all([disposed, again])
    expect(await given).toMatchObject({ name: 'AbortError' })
    expect(opening).toHaveLength(1)
  })

  test('`await using` closes it', async () => {
    const { opening, closing, service } = controlled()
    const resource = service.get()
    opening[0]?.fulfil(1)
    await resource
    const disposed = service[Symbol.asyncDispose]()
    await turn()
    closing[0]?.over()
    await disposed
    expect(closing).toHaveLength(1)
  })
})

describe('shared', () => {
  test('the last user closes', async () => {
    const { opening, closing, service } = controlled({ shared: true })
    const both = [service.get(), service.get()]
    opening[0]?.fulfil(1)
    await Promise.all(both)
    await service.dispose()
    expect(closing).toHaveLength(0)
    const last = service.dispose()
    await turn()
    closing[0]?.over()
    await last
    expect(closing).toHaveLength(1)
  })

  test('who fails to get it, or gives up, is no user', async () => {
    const { opening, closing, service } = controlled({ shared: true })
    const failed = settled(service.get())
    opening[0]?.fail('no')
    await failed
    const controller = new AbortController()
    const given = [settled(service.get({ signal: controller.signal })), settled(service.get())]
    controller.abort('enough')
    opening[1]?.fulfil(1)
    expect(await Promise.all(given)).toEqual(['enough', 1])
    const last = service.dispose()
    await turn()
    closing[0]?.over()
    await last
    expect(closing).toHaveLength(1)
  })
})

describe('a signal', () => {
  test('that has aborted opens nothing', async () => {
    const { opening, service } = controlled()
    await expect(service.get({ signal: AbortSignal.abort(null) })).rejects.toBe(null)
    expect(opening).toHaveLength(0)
  })

  test('ends the waiting of one, and not the opening', async () => {
    const { opening, service } = controlled()
    const controller = new AbortController()
    const [one, other] = [settled(service.get({ signal: controller.signal })), service.get()]
    controller.abort('enough')
    expect(await one).toBe('enough')
    opening[0]?.fulfil(1)
    expect(await other).toBe(1)
    expect(await service.get({ signal: controller.signal }).catch((reason) => reason)).toBe('enough')
  })

  test('that does not abort changes nothing', async () => {
    const { opening, service } = controlled()
    const { signal } = new AbortController()
    const given = service.get({ signal })
    opening[0]?.fulfil(1)
    expect(await given).toBe(1)
  })
})

test('the figures', async () => {
  const { opening, closing, service } = controlled()
  expect(service.stats()).toEqual({ initialized: false, initTimeMs: 0, accessCount: 0 })
  const given = service.get()
  expect(service.stats()).toMatchObject({ initialized: false, accessCount: 1 })
  opening[0]?.fulfil(1)
  await given
  await service.get()
  const { initTimeMs, ...rest } = service.stats()
  expect(rest).toEqual({ initialized: true, accessCount: 2 })
  expect(initTimeMs).toBeGreaterThanOrEqual(0)
  const disposed = service.dispose()
  expect(service.stats().initialized).toBe(false)
  await turn()
  closing[0]?.over()
  await disposed
})
