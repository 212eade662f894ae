import { describe, expect, test } from 'vitest'
import { memo } from '../../src/awaitables/index.js'

/** A loader whose calls are settled by hand. */
function controlled() {
  const loads: { key: unknown; fulfil(value: string): void; fail(reason: unknown): void }[] = []
  const load = (key: unknown) =>
    new Promise<string>((fulfil, fail) => {
      loads.push({ key, fulfil, fail })
    })
  return { loads, cache: memo(load) }
}

describe('a key', () => {
  test('is loaded when it is asked for, and once', async () => {
    const { loads, cache } = controlled()
    expect(loads).toHaveLength(0)
    const all = Promise.all([cache.get('a'), cache.get('a'), cache.get('b')])
    for (const { key, fulfil } of loads) fulfil(`${key}!`)
    expect(await all).toEqual(['a!', 'a!', 'b!'])
    expect(await cache.get('a')).toBe('a!')
    expect(loads.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  test('is the same one as a Map compares', async () => {
    const keys: unknown[] = []
    const cache = memo((key: unknown) => keys.push(key))
    const object = {}
    for (const key of [object, {}, object, Number.NaN, Number.NaN, 0, -0, '0', undefined, null, 'null']) {
      await cache.get(key)
    }
    expect(keys).toEqual([object, {}, Number.NaN, 0, '0', undefined, null, 'null'])
  })

  test('may be stood for by another', async () => {
    const ids: number[] = []
    const cache = memo(({ id }: { readonly id: number }) => ids.push(id), { keyOf: ({ id }) => id })
    await cache.get({ id: 7 })
    await cache.get({ id: 7 })
    cache.clear({ id: 7 })
    await cache.get({ id: 7 })
    expect(ids).toEqual([7, 7])
  })

  test('for which nothing can stand is a rejection', async () => {
    const cache = memo((key: { readonly id: number } | null) => key, { keyOf: (key) => key!.id })
    await expect(cache.get(null)).rejects.toThrow(TypeError)
  })
})

describe('a load', () => {
  test('that fails is told to all who wait, and the next one tries again', async () => {
    const { loads, cache } = controlled()
    const waiting = Promise.allSettled([cache.get('a'), cache.get('a')])
    loads[0]?.fail(undefined)
    expect(await waiting).toEqual([
      { status: 'rejected', reason: undefined },
      { status: 'rejected', reason: undefined },
    ])
    const again = cache.get('a')
    loads[1]?.fulfil('there')
    expect(await again).toBe('there')
  })

  test('may throw at once, and bring what is falsy', async () => {
    let calls = 0
    const cache = memo((key: string) => {
      calls++
      if (key === 'bad') throw 0
      return undefined
    })
    await expect(cache.get('bad')).rejects.toBe(0)
    expect([await cache.get('good'), await cache.get('good'), calls]).toEqual([undefined, undefined, 2])
  })

  test('may ask for other keys, and is told when it asks for its own', async () => {
    const factorial = memo(
      async (n: number): Promise<number> => (n < 2 ? 1 : n * (await factorial.get(n - 1))),
    )
    expect(await factorial.get(20)).toBe(2432902008176640000)
    const endless = memo((n: number): Promise<number> => endless.get(n))
    await expect(endless.get(1)).rejects.toThrow('asked for by its own loader')
  })
})

describe('a clear', () => {
  test('lets the next one load again, and touches its key alone', async () => {
    const keys: string[] = []
    const cache = memo((key: string) => keys.push(key))
    for (const key of ['a', 'b']) await cache.get(key)
    cache.clear('a')
    for (const key of ['a', 'b']) await cache.get(key)
    expect(keys).toEqual(['a', 'b', 'a'])
    cache.clearAll()
    for (const key of ['a', 'b']) await cache.get(key)
    expect(keys).toEqual(['a', 'b', 'a', 'a', 'b'])
  })

  test('detaches what is under way', async () => {
    const { loads, cache } = controlled()
    const before = cache.get('a')
    cache.clear('a')
    const after = cache.get('a')
    loads[1]?.fulfil('new')
    loads[0]?.fulfil('old')
    expect([await before, await after, await cache.get('a')]).toEqual(['old', 'new', 'new'])
  })

  test('is not undone by a late failure', async () => {
    const { loads, cache } = controlled()
    const before = cache.get('a')
    cache.clear('a')
    const after = cache.get('a')
    loads[0]?.fail('late')
    await expect(before).rejects.toBe('late')
    loads[1]?.fulfil('new')
    expect([await after, await cache.get('a'), loads.length]).toEqual(['new', 'new', 2])
  })
})
