import { setTimeout as fromTimers } from 'node:timers'
import { setTimeout as delay, scheduler, setInterval as ticks } from 'node:timers/promises'
import { promisify } from 'node:util'

/** What a module keeps that was loaded before any check began: the platform's timers, by every way to them. */
const { setTimeout, setInterval, clearInterval, setImmediate } = globalThis

/** Waits of `ms`, each over another door. */
export const waits: Readonly<Record<string, (ms: number) => PromiseLike<unknown>>> = {
  setTimeout: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  'setTimeout of node:timers': (ms) => new Promise((resolve) => fromTimers(resolve, ms)),
  setInterval: (ms) =>
    new Promise<void>((resolve) => {
      const tick = setInterval(() => {
        clearInterval(tick)
        resolve()
      }, ms)
    }),
  'promisify(setTimeout)': promisify(setTimeout),
  'setTimeout of node:timers/promises': (ms) => delay(ms),
  'scheduler.wait': (ms) => scheduler.wait(ms),
  'setInterval of node:timers/promises': async (ms) => {
    for await (const _ of ticks(ms)) return
  },
  'AbortSignal.timeout': (ms) =>
    new Promise((resolve) => AbortSignal.timeout(ms).addEventListener('abort', resolve, { once: true })),
  'setImmediate, over and over': async (ms) => {
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    await turn()
    await turn()
    await new Promise((resolve) => setTimeout(resolve, ms))
  },
}

/** What tells the time, in ms. */
export const clocks: Readonly<Record<string, () => number>> = {
  'Date.now': () => Date.now(),
  'new Date': () => Date.parse(new Date().toISOString()),
  'performance.now': () => performance.now(),
  'process.hrtime': () => {
    const [seconds, nanoseconds] = process.hrtime()
    return seconds * 1000 + nanoseconds / 1e6
  },
  'process.hrtime.bigint': () => Number(process.hrtime.bigint()) / 1e6,
}
