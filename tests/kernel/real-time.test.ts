import '../../src/setup.js'
import { MessageChannel, Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { Fixed } from '../../src/core/choices.js'
import type { ThreadCount } from '../../src/core/world/real-time.js'
import { type Played, Stage } from '../../src/core/world/stage.js'
import type { World } from '../../src/core/world/world.js'
import { detectHost } from '../../src/host/host.js'
import { waits } from './captured.js'
import { told } from './run.js'

const host = detectHost()
const stages: Stage[] = []

const stage = () => {
  const made = new Stage(host, 'real')
  stages.push(made)
  return made
}

/** Plays one run in a world of its own whose time is real. */
const play = (drive: (world: World) => void, on = stage()): Promise<Played> =>
  on.play({ context: { policy: {}, traits: {} }, scheduler: new Fixed([]), drive })

afterEach(async () => {
  await Promise.all(stages.splice(0).map((one) => one.close()))
})

const thread = (code: string) =>
  new Worker(`const { parentPort } = require('node:worker_threads');${code}`, { eval: true })

/** What a thread says first. */
const answer = (worker: Worker) => new Promise((resolve) => worker.once('message', resolve))

describe('a world whose time is real', () => {
  it('waits for what comes from a thread', async () => {
    const played = await play((world) => {
      const worker = thread('parentPort.postMessage(7)')
      world.client('A', [{ op: 'ask', run: () => answer(worker) }])
    })
    expect(told(played)).toEqual(['call A', 'return A fulfilled'])
    expect(played.history.of('return')[0]?.value?.text).toBe('7')
    expect(played.gaveUp).toBe(false)
  })

  it('hears what comes while it is busy with the step itself', async () => {
    const played = await play((world) => {
      const { port1, port2 } = new MessageChannel()
      const heard = new Promise((resolve) => port1.once('message', resolve)).finally(() => port1.close())
      world.client('A', [{ op: 'ask', run: () => heard }])
      world.client('B', [{ op: 'send', run: () => port2.postMessage(1) }])
    })
    expect(told(played)).toEqual(['call A', 'call B', 'return B returned', 'return A fulfilled'])
  })

  it('holds the next action back until what it was told to wait for is so', async () => {
    const cells = new Int32Array(new SharedArrayBuffer(4))
    const played = await play((world) => {
      let worker: Worker
      world.act('begin', () => {
        worker = new Worker(
          `const { workerData } = require('node:worker_threads'); Atomics.store(workerData, 0, 1)`,
          {
            eval: true,
            workerData: cells,
          },
        )
        world.until = () => Atomics.load(cells, 0) === 1
      })
      world.act('look', () =>
        world.record({ type: 'read', actor: 'A', value: world.note(Atomics.load(cells, 0)) }),
      )
      world.atEnd(() => worker.terminate())
    })
    expect(played.history.of('read')[0]?.value?.text).toBe('1')
  })

  it('gives up an answer when no thread is left that could bring it, and says that it may only be late', async () => {
    const played = await play((world) => {
      const worker = thread('')
      world.client('A', [{ op: 'ask', run: () => answer(worker) }])
    })
    expect(told(played)).toEqual(['call A', 'deadlock A'])
    expect(played.history.of('deadlock')[0]?.detail).toEqual({ patient: true })
    expect(played.gaveUp).toBe(true)
  })

  it.each(Object.entries(waits))('waits for a timer although no thread is left: %s', async (_, wait) => {
    const played = await play((world) => {
      const worker = thread('')
      const late = () =>
        new Promise<void>((resolve) => worker.once('exit', () => wait(300).then(() => resolve())))
      world.client('A', [{ op: 'ask', run: late }])
    })
    expect(told(played)).toEqual(['call A', 'return A fulfilled'])
    expect(played.gaveUp).toBe(false)
  })

  it('counts the threads that live', async () => {
    const counts: (ThreadCount | undefined)[] = []
    await play((world) => {
      world.act('none', () => counts.push(world.threads()))
      let worker: Worker
      world.act('one', () => {
        worker = thread('parentPort.once("message", () => {})')
        world.until = () => world.threads()?.alive === 1
      })
      world.act('look', () => {
        counts.push(world.threads())
        worker.postMessage('end')
        world.until = () => world.threads()?.alive === 0
      })
      world.act('none again', () => counts.push(world.threads()))
    })
    expect(counts).toEqual([
      { alive: 0, ended: 0 },
      { alive: 1, ended: 0 },
      { alive: 0, ended: 1 },
    ])
  })

  it('ends the threads of a subject that should have ended them, when the check does', async () => {
    let exited = false
    const own = stage()
    await play((world) => {
      const worker = thread('parentPort.on("message", () => {})')
      worker.once('exit', () => {
        exited = true
      })
      world.disposed = true
    }, own)
    expect(exited).toBe(false)
    await own.close()
    expect(exited).toBe(true)
  })

  it('leaves the threads of a subject alone that was not told to end them', async () => {
    let worker: Worker | undefined
    const own = stage()
    await play((world) => {
      worker = thread('parentPort.on("message", () => parentPort.postMessage(7))')
      world.act('nothing', () => {})
    }, own)
    await own.close()
    worker?.postMessage('still there?')
    expect(await answer(worker!)).toBe(7)
    await worker?.terminate()
  })

  it('does what is to be done at the end, and waits for it', async () => {
    const done: string[] = []
    await play((world) => {
      world.atEnd(() => new Promise<void>((resolve) => setImmediate(resolve)).then(() => done.push('slow')))
      world.atEnd(() => {
        throw new Error('it is not the business of anybody else')
      })
      world.atEnd(() => done.push('quick'))
    })
    expect(done).toEqual(['quick', 'slow'])
  })

  it('terminates a step that blocks the event loop', async () => {
    const played = await play((world) => {
      world.client('A', [
        {
          op: 'block',
          run: () => {
            for (;;);
          },
        },
      ])
    })
    expect(told(played)).toEqual(['call A', 'hang world'])
    expect(played.cutShort).toBe(true)
  })

  it('writes down a rejection that nobody handles, and an error that nobody catches, whenever they come', async () => {
    const played = await play((world) => {
      const worker = thread('parentPort.postMessage(1)')
      const heard = answer(worker).then(() => {
        void Promise.reject(new Error('unheard'))
        setImmediate(() => {
          throw new Error('uncaught')
        })
      })
      world.client('A', [{ op: 'ask', run: () => heard }])
    })
    const texts = (type: 'unhandled-rejection' | 'host-error') =>
      played.history.of(type).map(({ value }) => value?.text)
    expect(texts('unhandled-rejection')).toEqual(["Error('unheard')"])
    expect(texts('host-error')).toEqual(["Error('uncaught')"])
  })

  it('lets its own time pass as the world says, however fast the machine is', async () => {
    const played = await play((world) => {
      world.act('early', () => {})
      world.act('late', () => {}, { dueMs: 3_600_000 })
    })
    expect(played.history.of('act').map(({ timeMs }) => timeMs)).toEqual([0, 3_600_000])
  })
})
