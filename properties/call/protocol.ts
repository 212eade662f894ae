import type { Protocol } from '../../src/core/index.js'
import { type CallAdapter, type CallPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { kinds } from './scenario.js'

export const call: Protocol<CallAdapter, CallPolicy> = {
  name: 'call',
  summary: 'Debounce, throttle, time-out, event.',
  policies,
  members: { kind: 'string' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
