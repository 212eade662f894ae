import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { Board } from '../../properties/offload/board.js'
import { makeAsync, Offload } from '../../src/awaitables/index.js'

const cases = import.meta.resolve('lawful/offload-cases')
const made: AsyncDisposable[] = []

const offload = (module: string = cases, threads = 1) => {
  const one = new Offload(module, { threads })
  made.push(one)
  return one
}

afterEach(async () => {
  for (const one of made.splice(0)) await one[Symbol.asyncDispose]()
})

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** Work that blocks the only thread. */
async function blocked(one: Offload, signal?: AbortSignal) {
  const board = new Board(0)
  const ticket = board.ticket('let go')
  const call = one.run('spin', [ticket], signal ? { signal } : {})
  call.catch(() => {})
  await until(() => board.begun(ticket))
  return { call, open: () => board.open(ticket) }
}

describe('Offload', () => {
  it('runs what a module exports, with any number of arguments', async () => {
    expect(await offload('node:path').run('join', ['a', 'b', 'c'])).toBe('a/b/c')
    expect(await offload('node:path').run('normalize', ['a//b'])).toBe('a/b')
  })

  it.each([undefined, null, 0, '', false, new RangeError('too far')])('rejects with %s', async (reason) => {
    const one = offload()
    await expect(one.run('throwReason', [reason])).rejects.toEqual(reason)
    await expect(one.run('rejectReason', [reason])).rejects.toEqual(reason)
  })

  it('says what is not there', async () => {
    await expect(offload().run('nothing')).rejects.toThrow(/exports no function nothing/)
    await expect(offload('file:///nowhere.js').run('echo')).rejects.toThrow(/Cannot find module/)
  })

  it('takes its arguments as they are at the call', async () => {
    const one = offload()
    const { open } = await blocked(one)
    const args = { count: 1 }
    const call = one.run('echo', [args])
    args.count = 2
    open()
    expect(await call).toEqual({ count: 1 })
  })

  it('rejects with an error what cannot be cloned, either way, and goes on', async () => {
    const one = offload()
    await expect(one.run('echo', [() => 1])).rejects.toThrow(/could not be cloned/)
    await expect(one.run('unclonable')).rejects.toThrow(/could not be cloned/)
    await expect(one.run('unclonable', ['reason'])).rejects.toThrow(/could not be cloned/)
    expect(await one.run('echo', [1])).toBe(1)
  })

  it('goes on with those who wait behind a worker that exits', async () => {
    const one = offload()
    const exit = one.run('exit', [new Board(0).ticket(1)])
    const behind = [one.run('echo', [1]), one.run('echo', [2])]
    await expect(exit).rejects.toThrow(/terminated/i)
    expect(await Promise.all(behind)).toEqual([1, 2])
  })

  it('stops work, and what waits for it, by a signal, and leaves no listener on it', async () => {
    const one = offload()
    const reason = new Error('enough')
    const running = new AbortController()
    const waiting = new AbortController()
    const { call } = await blocked(one, running.signal)
    const queued = one.run('echo', [1], waiting)
    waiting.abort('not needed')
    await expect(queued).rejects.toBe('not needed')
    running.abort(reason)
    await expect(call).rejects.toBe(reason)
    await expect(one.run('echo', [1], running)).rejects.toBe(reason)
    const { signal } = new AbortController()
    expect(await one.run('echo', [2], { signal })).toBe(2)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('ends with its scope, and rejects what is in flight and what comes later', async () => {
    let call: Promise<unknown>
    let later: Offload
    {
      await using one = new Offload(cases, { threads: 1 })
      ;({ call } = await blocked(one))
      later = one
    }
    await expect(call).rejects.toThrow(/terminated/i)
    await expect(later.run('echo', [1])).rejects.toThrow('The pool of workers is destroyed')
    expect(later.destroy()).toBe(later.destroy())
  })
})

describe('makeAsync', () => {
  it('makes a function of another module asynchronous', async () => {
    const join = makeAsync<typeof import('node:path').join>('node:path', 'join', { threads: 1 })
    made.push(join)
    const path: string = await join('a', 'b')
    expect(path).toBe('a/b')
  })

  it('stops it by a signal', async () => {
    const echo = makeAsync<(value: number) => number>(cases, 'echo', { threads: 1 })
    made.push(echo)
    const controller = new AbortController()
    expect(await echo.under(controller.signal)(1)).toBe(1)
    controller.abort('enough')
    await expect(echo.under(controller.signal)(1)).rejects.toBe('enough')
    expect(await echo(2)).toBe(2)
  })

  it('can be destroyed', async () => {
    const echo = makeAsync<(value: number) => number>(cases, 'echo', { threads: 1 })
    await echo.destroy()
    await expect(echo(1)).rejects.toThrow(/destroyed/)
  })
})
