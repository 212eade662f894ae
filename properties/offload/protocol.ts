import type { Protocol } from '../../src/core/index.js'
import { type OffloadAdapter, type OffloadPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine, kinds } from './scenario.js'

export const offload: Protocol<OffloadAdapter, OffloadPolicy> = {
  name: 'offload',
  summary: 'Blocking work in worker threads.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  time: 'real',
  maxRuns: 6,
  examine,
}
