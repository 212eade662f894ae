import { type Adapter, isThenable } from '../../src/core/index.js'
import type { ServiceAdapter, ServiceHandle, ServicePolicy } from './contract.js'

/** A service that nobody disposes of is a lazy value: its resource. */
export function asLazy(adapter: ServiceAdapter, policy: ServicePolicy): Adapter {
  const { failure, waiters, syncThrow } = policy
  return {
    name: adapter.name,
    policy: { failure, waiters, syncThrow, source: openSource(policy) },
    create(factory: () => PromiseLike<unknown>) {
      const made = adapter.create(factory, () => {})
      const service: Promise<ServiceHandle<unknown>> | false = isThenable(made) && Promise.resolve(made)
      return {
        get: () =>
          service ? service.then((handle) => handle.get()) : (made as ServiceHandle<unknown>).get(),
      }
    },
  } as Adapter
}

/** What a single service's `open` may give: what the policy says, but never a bare value. */
export const openSource = ({ source }: ServicePolicy): 'thenable' | 'promise' =>
  source === 'any' ? 'thenable' : source
