import type { Protocol } from '../../src/core/index.js'
import { type DelayAdapter, type DelayPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { kinds } from './scenario.js'

export const delay: Protocol<DelayAdapter, DelayPolicy> = {
  name: 'delay',
  summary: 'A value after a time.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
