import '../../src/setup.js'
import { describe, expect, it } from 'vitest'
import { clocks, waits } from './captured.js'
import { play } from './run.js'

const HOUR_MS = 3_600_000

describe('virtual time', () => {
  it.each(Object.entries(waits))('rules a module that was loaded before: %s', async (_, wait) => {
    const { history } = await play((world) => world.client('A', [{ op: 'wait', run: () => wait(HOUR_MS) }]))
    expect(history.of('return').map(({ outcome, timeMs }) => ({ outcome, timeMs }))).toEqual([
      { outcome: 'fulfilled', timeMs: HOUR_MS },
    ])
    expect(history.of('timer-left')).toEqual([])
  })

  it.each(Object.entries(clocks))('is what %s tells', async (_, clock) => {
    const { history } = await play((world) => {
      const wait = async () => {
        const before = clock()
        await waits.setTimeout!(HOUR_MS)
        return clock() - before
      }
      world.client('A', [{ op: 'wait', run: wait }])
    })
    expect(history.of('return')[0]?.value?.text).toBe(String(HOUR_MS))
  })

  it('fires timer by timer, with a drain in between', async () => {
    const order: string[] = []
    await play((world) => {
      const wait = async (ms: number) => {
        await waits.setTimeout!(ms)
        order.push(`${ms} at ${Date.now()}`)
      }
      const retry = async () => {
        await wait(10)
        await wait(10)
      }
      world.client('A', [{ op: 'wait', run: retry }])
      world.client('B', [{ op: 'wait', run: () => wait(15) }])
    })
    expect(order).toEqual(['10 at 10', '15 at 15', '10 at 20'])
  })

  it('fires what has no delay in the order in which it was made, while a timer fires and behind it', async () => {
    const order: string[] = []
    await play((world) => {
      const later = (name: string) => setTimeout(() => order.push(name), 0)
      const wait = () =>
        new Promise((resolve) => {
          setTimeout(() => {
            later('while it fires')
            queueMicrotask(() => later('behind it'))
            setTimeout(resolve, 5)
          }, 1)
        })
      world.client('A', [{ op: 'wait', run: wait }])
    })
    expect(order).toEqual(['while it fires', 'behind it'])
  })

  it('cannot put off for ever what is due, where a timer recurs', async () => {
    const always = { pick: (options: readonly unknown[]) => options.length - 1 }
    const { history, cutShort } = await play((world) => {
      const poll = () =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {}, 1)
          const ring = () => {
            clearInterval(timer)
            resolve()
          }
          world.act('ring', ring, { dueMs: 5 })
        })
      world.client('A', [{ op: 'wait', run: poll }])
    }, always)
    expect(cutShort).toBe(false)
    expect(history.of('return')).toHaveLength(1)
    expect(history.of('return')[0]!.timeMs).toBeGreaterThan(5)
  })

  it('ends with the check: timers are real again', async () => {
    await play((world) => world.client('A', [{ op: 'wait', run: () => waits.setTimeout!(5) }]))
    const before = Date.now()
    expect(before).toBeGreaterThan(HOUR_MS)
    await waits.setTimeout!(0)
    expect(clocks['performance.now']!()).toBeGreaterThan(0)
  })

  it('aborts a wait of node:timers/promises by its signal', async () => {
    const { setTimeout } = await import('node:timers/promises')
    const { history } = await play((world) => {
      const controller = world.signal('controller')
      const { signal } = controller
      world.client('A', [{ op: 'wait', run: () => setTimeout(HOUR_MS, 'value', { signal }) }])
      world.act('abort', () => controller.abort(), { dueMs: 100 })
    })
    const [answer] = history.of('return')
    expect(answer).toMatchObject({ outcome: 'rejected', timeMs: 100, value: { error: 'AbortError' } })
    expect(history.of('timer-left')).toEqual([])
  })
})
