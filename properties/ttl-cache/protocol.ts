import type { Protocol } from '../../src/core/index.js'
import { policies, type TtlCacheAdapter, type TtlCachePolicy } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

export const ttlCache: Protocol<TtlCacheAdapter, TtlCachePolicy> = {
  name: 'ttl-cache',
  summary: 'Single flight per key, and expiry.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
}
