import { describe, expect, test } from 'vitest'
import { Future } from '../../src/awaitables/index.js'

/** A thenable that counts how its `then` is used, and calls back when told. */
function controlled<V>() {
  const seen = { reads: 0, calls: 0 }
  let callbacks: ((value: V) => void)[] = []
  const thenable = {
    get then() {
      seen.reads++
      return (fulfil: (value: V) => void) => {
        seen.calls++
        callbacks.push(fulfil)
      }
    },
  } as unknown as PromiseLike<V>
  const fulfil = (value: V) => {
    for (const callback of callbacks) callback(value)
    callbacks = []
  }
  return { seen, thenable, fulfil }
}

const jobs = async (count = 8): Promise<void> => {
  for (let n = 0; n < count; n++) await undefined
}

describe('settling', () => {
  test('a value arrives at everyone who awaits', async () => {
    const future = new Future<number>()
    const both = Promise.all([future, future])
    future.setResult(7)
    expect(await both).toEqual([7, 7])
    expect(await future).toBe(7)
  })

  test.each([undefined, null, 0, '', false])('%s is a value and a reason like any other', async (falsy) => {
    const fulfilled = new Future<unknown>()
    fulfilled.setResult(falsy)
    expect(await fulfilled).toBe(falsy)
    expect(fulfilled.result()).toBe(falsy)
    const rejected = new Future<unknown>()
    rejected.setException(falsy)
    await expect(rejected).rejects.toBe(falsy)
    expect(rejected.state).toBe('rejected')
  })

  test('the first settling counts', async () => {
    const future = new Future<number>()
    future.setResult(1)
    future.setResult(2)
    future.setException(new Error('late'))
    expect(future.cancel()).toBe(false)
    expect(await future).toBe(1)
    expect(future.state).toBe('fulfilled')
  })
})

describe('a future that waits for a thenable', () => {
  test('is pending and deaf until the thenable calls back', async () => {
    const future = new Future<number>()
    const { seen, thenable, fulfil } = controlled<number>()
    future.setResult(thenable)
    future.setException(new Error('too late'))
    expect(future.cancel()).toBe(false)
    expect(seen).toEqual({ reads: 1, calls: 0 })
    await jobs()
    expect(seen).toEqual({ reads: 1, calls: 1 })
    expect([future.state, future.done()]).toEqual(['pending', false])
    fulfil(5)
    expect(future.state).toBe('fulfilled')
    expect(await future).toBe(5)
  })

  test('follows another future', async () => {
    const inner = new Future<number>()
    const outer = new Future<number>()
    outer.setResult(inner)
    inner.setException('no')
    await expect(outer).rejects.toBe('no')
  })

  test('is rejected by a throwing getter, a throwing `then` and by itself', async () => {
    const getter = new Future<unknown>()
    getter.setResult(Object.defineProperty({}, 'then', { get: () => raise('getter') }))
    await expect(getter).rejects.toBe('getter')
    const method = new Future<unknown>()
    method.setResult({ then: () => raise('then') } as unknown as PromiseLike<unknown>)
    await expect(method).rejects.toBe('then')
    const itself = new Future<unknown>()
    itself.setResult(itself)
    await expect(itself).rejects.toBeInstanceOf(TypeError)
  })

  test('reads the `then` of a value that is no thenable once in all', async () => {
    let reads = 0
    const value = Object.defineProperty({}, 'then', { get: () => ++reads })
    const future = new Future<unknown>()
    future.setResult(value)
    expect(future.state).toBe('fulfilled')
    await new Promise((done) => future.then(() => done(undefined)))
    expect(reads).toBe(1)
    expect(future.result()).toBe(value)
  })
})

describe('cancel', () => {
  test('rejects with an AbortError, or with the very reason', async () => {
    const plain = new Future<number>()
    expect(plain.cancel()).toBe(true)
    expect(plain.state).toBe('cancelled')
    await expect(plain).rejects.toMatchObject({ name: 'AbortError' })
    const reasoned = new Future<number>()
    reasoned.cancel(null)
    reasoned.setResult(1)
    await expect(reasoned).rejects.toBe(null)
  })
})

describe('result', () => {
  test('throws while pending, then gives the very outcome', () => {
    const future = new Future<number>()
    expect(() => future.result()).toThrow(expect.objectContaining({ name: 'InvalidStateError' }))
    future.setResult(3)
    expect(future.result()).toBe(3)
    const failed = new Future<number>()
    const reason = new Error('the very one')
    failed.setException(reason)
    expect(() => failed.result()).toThrow(reason)
  })
})

describe('done callbacks', () => {
  test('run in order, each once, later, with the future, late ones too', async () => {
    const future = new Future<number>()
    const seen: string[] = []
    const note = (name: string) => future.addDoneCallback((done) => seen.push(`${name} ${done.result()}`))
    note('first')
    note('second')
    future.setResult(1)
    note('late')
    expect(seen).toEqual([])
    await jobs()
    expect(seen).toEqual(['first 1', 'second 1', 'late 1'])
    note('later')
    await jobs()
    expect(seen).toEqual(['first 1', 'second 1', 'late 1', 'later 1'])
  })
})

describe('catch and finally', () => {
  test('mean what they mean on a promise', async () => {
    const future = new Future<number>()
    const caught = future.catch((reason) => [reason])
    const kept = future.finally(() => 'ignored')
    const replaced = future.finally(() => Promise.reject('clean-up'))
    future.setException('why')
    expect(await caught).toEqual(['why'])
    await expect(kept).rejects.toBe('why')
    await expect(replaced).rejects.toBe('clean-up')
  })
})

function raise(reason: unknown): never {
  throw reason
}
