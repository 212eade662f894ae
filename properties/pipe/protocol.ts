import type { Protocol } from '../../src/core/index.js'
import { type PipeAdapter, type PipePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

export const pipe: Protocol<PipeAdapter, PipePolicy> = {
  name: 'pipe',
  summary: 'Stages composed into one awaitable.',
  policies,
  members: { from: 'function', map: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
}
