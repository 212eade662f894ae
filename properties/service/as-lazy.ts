import type { Adapter } from '../../src/core/index.js'
import type { ServiceAdapter, ServicePolicy } from './contract.js'

/** A service that nobody disposes of is a lazy value: its resource. */
export function asLazy(adapter: ServiceAdapter, policy: ServicePolicy): Adapter {
  const { failure, waiters, syncThrow } = policy
  // What a single service's `open` may give is what the policy says, but never a bare value.
  const source = policy.source === 'any' ? 'thenable' : policy.source
  return {
    name: adapter.name,
    policy: { failure, waiters, syncThrow, source },
    create(factory: () => PromiseLike<unknown>) {
      const made = adapter.create(factory, () => {})
      if ('get' in made) return { get: () => made.get() }
      const service = Promise.resolve(made)
      return { get: () => service.then((handle) => handle.get()) }
    },
  } as Adapter
}

/** What a single service's `open` may give: what the policy says, but never a bare value. */
export const openSource = ({ source }: ServicePolicy): 'thenable' | 'promise' =>
  source === 'any' ? 'thenable' : source
