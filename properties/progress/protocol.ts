import type { Protocol } from '../../src/core/index.js'
import { type ProgressAdapter, type ProgressPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

export const progress: Protocol<ProgressAdapter, ProgressPolicy> = {
  name: 'progress',
  summary: 'Steps that report how far they are.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
}
