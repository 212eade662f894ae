import type { Protocol } from '../../src/core/index.js'
import { type ProgressAdapter, type ProgressPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine, kinds } from './scenario.js'

/** Steps that are done one after the other, and told of as they are done. */
export const progress: Protocol<ProgressAdapter, ProgressPolicy> = {
  name: 'progress',
  summary: 'Steps that report how far they are.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
