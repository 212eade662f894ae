import type { Protocol } from '../../src/core/index.js'
import { policies, type ServiceAdapter, type ServicePolicy } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

export const service: Protocol<ServiceAdapter, ServicePolicy> = {
  name: 'service',
  summary: 'A lifecycle around a lazy resource.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
}
