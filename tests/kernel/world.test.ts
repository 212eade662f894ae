import { describe, expect, it } from 'vitest'
import type { World } from '../../src/core/world/world.js'
import { check, lazy } from '../../src/index.js'
import { play, told } from './run.js'

const FULFIL = { give: 'promise', outcome: 'fulfil', value: 'fresh' } as const

/** A promise that is settled by a message, which no virtual clock can see. */
const byMessage = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })

describe('the world', () => {
  it('sees a deadlock without any time-out', async () => {
    const played = await play((world) => {
      world.client('A', [{ op: 'ask', run: () => new Promise(() => {}) }])
    })
    expect(told(played)).toEqual(['call A', 'deadlock A'])
    expect(played.history.events.at(-1)?.timeMs).toBe(0)
  })

  it('asks for an answer only where one is owed', async () => {
    const played = await play((world) => {
      world.client('A', [{ op: 'ask', run: () => new Promise(() => {}), owed: false }])
    })
    expect(told(played)).toEqual(['call A'])
  })

  it('does not take a message under way for a deadlock', async () => {
    const played = await play((world) => world.client('A', [{ op: 'ask', run: byMessage }]))
    expect(told(played)).toEqual(['call A', 'return A fulfilled'])
  })

  it('goes on by turns of the event loop for a subject that settles by messages, and says so', async () => {
    const report = await check(
      lazy({
        name: 'by message',
        create(factory) {
          const value = byMessage().then(factory)
          return { get: () => value }
        },
        policy: { start: 'eager', failure: 'cache' },
      }),
      { runs: 20 },
    )
    expect(report.drain).toBe('hop')
    expect(report.verdicts.find(({ law }) => law === 'hygiene/every-client-answered')?.verdict).toBe('holds')
  })

  it('sees through any number of microtasks at once', async () => {
    const played = await play((world) => {
      const deep = async () => {
        for (let n = 0; n < 5000; n++) await null
        return 7
      }
      world.client('A', [{ op: 'ask', run: deep }])
      world.client('B', [{ op: 'ask', run: () => 8, answers: 'value' }])
    })
    expect(told(played)).toEqual(['call A', 'return A fulfilled', 'call B', 'return B returned'])
  })

  it('lets a source settle when the choices say so', async () => {
    const drive = (world: World) => {
      const task = world.source('task', [FULFIL])
      world.client('A', [{ op: 'ask', run: () => task() }])
      world.client('B', [{ op: 'ask', run: () => task() }])
    }
    const settled = async (choices: readonly number[]) =>
      (await play(drive, choices)).history.of('return').map(({ actor }) => actor)
    expect(await settled([])).toEqual(['A', 'B'])
    expect(await settled([0, 0, 1])).toEqual(['B', 'A'])
  })

  it('plays a step some microtasks into the drain of the one before', async () => {
    const seen = async (inject: number) => {
      const order: string[] = []
      const chain = async () => {
        for (let n = 0; n < 3; n++) {
          order.push(String(n))
          await null
        }
      }
      await play((world) => {
        world.client('A', [{ op: 'ask', run: chain }])
        world.client('B', [{ op: 'ask', run: () => order.push('B'), answers: 'value', inject }])
      })
      return order.join('')
    }
    expect(await seen(0)).toBe('012B')
    expect(await seen(1)).toBe('0B12')
    expect(await seen(2)).toBe('01B2')
  })

  it('ends a run that takes too many steps', async () => {
    const tick = (): Promise<never> => new Promise((resolve) => setTimeout(() => resolve(tick()), 10))
    const played = await play((world) => world.client('A', [{ op: 'ask', run: tick }]))
    expect(told(played).at(-1)).toBe('bound world')
    expect(played.cutShort).toBe(true)
  })

  it('writes down what is left', async () => {
    const played = await play((world) => {
      const { signal } = world.signal('controller')
      const run = () => {
        setTimeout(() => {}, 5000)
        setTimeout(() => {}, 7000).unref()
        signal.addEventListener('abort', () => {})
        Promise.reject(new Error('lost'))
        ;(globalThis as { left?: number }).left = 1
        return 1
      }
      world.client('A', [{ op: 'ask', run, answers: 'value' }])
    })
    const left = played.history.events.filter(({ type }) => /left|global|unhandled/.test(type))
    expect(
      left.map(({ type, actor, detail, value }) => ({ type, actor, ...detail, value: value?.text })),
    ).toEqual([
      { type: 'global-changed', actor: 'world', name: 'left', value: undefined },
      { type: 'timer-left', actor: 'clock', dueMs: 5000, value: undefined },
      { type: 'listener-left', actor: 'controller', count: 1, value: undefined },
      { type: 'unhandled-rejection', actor: 'world', value: "Error('lost')" },
    ])
    expect('left' in globalThis).toBe(false)
  })

  it('asks nothing of a rejection that is handled late', async () => {
    const played = await play((world) => {
      const rejected = Promise.reject(new Error('kept'))
      world.client('A', [{ op: 'wait', run: () => new Promise((resolve) => setTimeout(resolve, 50)) }])
      world.client('B', [{ op: 'ask', dueMs: 20, run: () => rejected }])
    })
    expect(played.history.of('unhandled-rejection')).toEqual([])
    expect(played.history.of('return').map(({ actor, timeMs }) => `${actor} ${timeMs}`)).toEqual([
      'B 20',
      'A 50',
    ])
  })
})
