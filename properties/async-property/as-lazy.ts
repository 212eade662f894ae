import type { Adapter } from '../../src/core/index.js'
import type { AsyncPropertyAdapter, AsyncPropertyPolicy } from './contract.js'

/** The property of one instance is a lazy value. */
export const asLazy = (adapter: AsyncPropertyAdapter, policy: AsyncPropertyPolicy): Adapter =>
  ({
    name: adapter.name,
    policy,
    create(factory: () => unknown) {
      const made = adapter.create(() => factory())
      const self = new made.Class()
      return { get: () => made.read(self) }
    },
  }) as Adapter
