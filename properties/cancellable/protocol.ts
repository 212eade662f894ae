import type { Protocol } from '../../src/core/index.js'
import { type CancellableAdapter, type CancellablePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { kinds } from './scenario.js'

export const cancellable: Protocol<CancellableAdapter, CancellablePolicy> = {
  name: 'cancellable',
  summary: 'An abort signal honoured.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
