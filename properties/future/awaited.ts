import type { Adapter } from '../../src/core/index.js'
import type { FutureAdapter, FutureHandle, FuturePolicy } from './contract.js'

/** A future as an awaitable: whoever makes it runs the task at once and settles the future with what that gives. */
export function awaited(adapter: FutureAdapter, { adopts }: FuturePolicy): Adapter {
  // What settling throws is a matter for the future's own laws; here the future stays pending.
  const settle = (future: FutureHandle<unknown>, how: 'resolve' | 'reject', outcome: unknown): void => {
    try {
      future[how](outcome)
    } catch {}
  }
  const create = (task: () => unknown): PromiseLike<unknown> => {
    const future = adapter.create()
    const fulfil = (value: unknown) => settle(future, 'resolve', value)
    const reject = (reason: unknown) => settle(future, 'reject', reason)
    try {
      const value = task()
      // Where thenables are values like any other, their owner waits for them.
      if (adopts) fulfil(value)
      else Promise.resolve(value).then(fulfil, reject)
    } catch (reason) {
      reject(reason)
    }
    return future.promise
  }
  const awaitable = {
    name: adapter.name,
    create,
    policy: { start: 'eager', again: 'share', failure: 'cache' },
  }
  return awaitable
}
