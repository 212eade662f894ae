import type { Adapter } from '../../src/core/index.js'
import type { FutureAdapter, FutureHandle, FuturePolicy } from './contract.js'

/** A future as an awaitable: whoever makes it runs the task at once and settles the future with what that gives. */
export function awaited(adapter: FutureAdapter, { adopts }: FuturePolicy): Adapter {
  const create = (task: () => unknown): PromiseLike<unknown> => {
    const future = adapter.create()
    try {
      const value = task()
      if (adopts) settle(future, 'resolve', value)
      else settleOnceKnown(future, value)
    } catch (reason) {
      settle(future, 'reject', reason)
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

/** What settling throws is a matter for the future's own laws; here the future stays pending. */
function settle(future: FutureHandle<unknown>, how: 'resolve' | 'reject', outcome: unknown): void {
  try {
    future[how](outcome)
  } catch {}
}

/** Where thenables are values like any other, their owner waits for them. */
function settleOnceKnown(future: FutureHandle<unknown>, value: unknown): void {
  Promise.resolve(value).then(
    (fulfilled) => settle(future, 'resolve', fulfilled),
    (reason) => settle(future, 'reject', reason),
  )
}
