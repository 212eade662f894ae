import type { Protocol } from '../../src/core/index.js'
import { asLazy } from './as-lazy.js'
import { policies, type ServiceAdapter, type ServicePolicy } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { kinds } from './scenario.js'

/** A resource that is opened when it is first asked for, and closed when it is disposed of. */
export const service: Protocol<ServiceAdapter, ServicePolicy> = {
  name: 'service',
  summary: 'A lifecycle around a lazy resource.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }, { protocol: 'lazy', as: asLazy }],
  kinds,
  laws,
  examine,
}
