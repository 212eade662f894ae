import type { Protocol } from '../../src/core/index.js'
import { type PipeAdapter, type PipePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine, kinds } from './scenario.js'

/** Functions in a row, some of them asynchronous, whose composition is awaited. */
export const pipe: Protocol<PipeAdapter, PipePolicy> = {
  name: 'pipe',
  summary: 'Stages composed into one awaitable.',
  policies,
  members: { from: 'function', map: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
