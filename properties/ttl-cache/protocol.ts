import type { Adapter, Protocol } from '../../src/core/index.js'
import { policies, type TtlCacheAdapter, type TtlCachePolicy } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { retell } from './retelling.js'
import { kinds } from './scenario.js'

/** A cache with expiry is one without, as long as nothing expires. Where it has one entry, there is one key. */
function withoutExpiry(adapter: TtlCacheAdapter, policy: TtlCachePolicy): Adapter {
  const { failure, waiters, clearInFlight, uncacheable, capacity, keys, values, source, syncThrow } = policy
  // Longer than anything lasts that is played of a cache without expiry.
  const dayMs = 86_400_000
  const ttlMs = Math.ceil(dayMs / policy.resolutionMs) * policy.resolutionMs
  const keyOf = policy.keyed ? adapter.keyOf && { keyOf: adapter.keyOf } : { keyOf: () => 0 }
  return {
    name: adapter.name,
    create: (load: Parameters<TtlCacheAdapter['create']>[0]) => adapter.create(load, { ttlMs }),
    ...keyOf,
    graceMs: ttlMs + policy.resolutionMs,
    policy: { failure, waiters, clearInFlight, uncacheable, capacity, keys, values, source, syncThrow },
  } as Adapter
}

/** A cache whose entries live for a time. */
export const ttlCache: Protocol<TtlCacheAdapter, TtlCachePolicy> = {
  name: 'ttl-cache',
  summary: 'Single flight per key, and expiry.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }, { protocol: 'memo', as: withoutExpiry }],
  kinds,
  laws,
  examine,
  retell,
}
