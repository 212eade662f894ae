import { describe, expect, test } from 'vitest'
import { Coroutine, getCoroutineState, run, until } from '../../src/awaitables/index.js'

/** Tells what is sent to it, and cleans up. */
function* echo(log: unknown[]): Generator<string, string, unknown> {
  try {
    log.push(yield 'ready')
    log.push(yield 'again')
    return 'done'
  } finally {
    log.push('clean')
  }
}

describe('a coroutine driven by hand', () => {
  test('goes from created over suspended to closed', () => {
    const log: unknown[] = []
    const one: Coroutine<string, string> = new Coroutine(function* () {
      log.push(getCoroutineState(one))
      return yield* echo(log)
    })
    expect(one.state).toBe('created')
    expect(one.send()).toEqual({ done: false, value: 'ready' })
    expect(one.state).toBe('suspended')
    expect(one.send(0)).toEqual({ done: false, value: 'again' })
    expect(one.send(undefined)).toEqual({ done: true, value: 'done' })
    expect(getCoroutineState(one)).toBe('closed')
    expect(log).toEqual(['running', 0, undefined, 'clean'])
  })

  test('is thrown errors where it is suspended, and throws what it does not catch', () => {
    const log: unknown[] = []
    const one = new Coroutine(() => echo(log))
    one.send()
    expect(() => one.throw(null)).toThrow()
    expect([one.state, log]).toEqual(['closed', ['clean']])
    const unbegun = new Coroutine(() => echo(log))
    expect(() => unbegun.throw(new Error('early'))).toThrow('early')
    expect(unbegun.state).toBe('closed')
  })

  test('is closed once, and refuses to go on', () => {
    const log: unknown[] = []
    const one = new Coroutine(() => echo(log))
    one.send()
    one.close()
    one.close()
    expect(log).toEqual(['clean'])
    expect(() => one.send()).toThrow('has finished')
    expect(() => one.throw(1)).toThrow('has finished')
  })

  test('that has not begun is closed without running', () => {
    const log: unknown[] = []
    const one = new Coroutine(() => echo(log))
    one.close()
    expect([one.state, log]).toEqual(['closed', []])
  })

  test('refuses to be resumed while it runs', () => {
    const one: Coroutine<unknown> = new Coroutine(function* () {
      expect(() => one.send()).toThrow('running already')
      expect(() => one.close()).toThrow('running already')
      yield
    })
    one.send()
    expect(one.state).toBe('suspended')
  })

  test('cannot suspend while it is being closed', () => {
    const one = new Coroutine(function* () {
      try {
        yield 1
      } finally {
        yield 2
      }
    })
    one.send()
    expect(() => one.close()).toThrow('suspends while it is being closed')
    expect(one.state).toBe('suspended')
  })

  test('is a part of another one by `yield*`, and closes with it', () => {
    const log: unknown[] = []
    const inner = new Coroutine(() => echo(log))
    const outer = new Coroutine(function* () {
      return yield* inner
    })
    expect(outer.send()).toEqual({ done: false, value: 'ready' })
    outer.send('sent')
    expect([inner.state, log]).toEqual(['suspended', ['sent']])
    outer.close()
    expect([inner.state, outer.state, log]).toEqual(['closed', 'closed', ['sent', 'clean']])
    const thrown = new Coroutine(() => echo(log))
    const around = new Coroutine(function* () {
      yield* thrown
    })
    around.send()
    expect(() => around.throw(new Error('through'))).toThrow('through')
    expect(thrown.state).toBe('closed')
  })
})

describe('run', () => {
  test('awaits thenables, falsy values and reasons too', async () => {
    const all = await run(function* () {
      const values = [
        yield* until(Promise.resolve(0)),
        yield* until({ then: (tell: (v: string) => void) => tell('') } as never),
      ]
      try {
        yield* until(Promise.reject(undefined))
      } catch (reason) {
        values.push(reason as never)
      }
      return values
    })
    expect(all).toEqual([0, '', undefined])
  })

  test('is rejected with what the body throws', async () => {
    // biome-ignore lint/correctness/useYield: it throws in its first turn
    const failing = run(function* () {
      throw null
    })
    await expect(failing).rejects.toBe(null)
  })

  test('throws a TypeError in the body where there is nothing to await', async () => {
    const told = run(function* () {
      try {
        yield* until(undefined as never)
      } catch (error) {
        return [error instanceof TypeError, (error as Error).message]
      }
      return []
    })
    expect(await told).toEqual([true, 'undefined cannot be awaited: it has no `then`'])
    const object = run(function* () {
      yield {}
    })
    await expect(object).rejects.toThrow('An object cannot be awaited')
  })

  test('hears the first callback of a thenable, and its throw', async () => {
    const twice = {
      then(tell: (value: number) => void) {
        tell(1)
        tell(2)
        throw new Error('late')
      },
    }
    const throwing = {
      then() {
        throw new Error('then')
      },
    }
    const heard = run(function* () {
      const first: number = yield* until(twice as unknown as PromiseLike<number>)
      try {
        yield* until(throwing as never)
      } catch (error) {
        return [first, (error as Error).message]
      }
      return [first]
    })
    expect(await heard).toEqual([1, 'then'])
  })
})
