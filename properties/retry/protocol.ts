import type { Protocol } from '../../src/core/index.js'
import { policies, type RetryAdapter, type RetryPolicy } from './contract.js'
import { laws } from './laws.js'
import { examine, kinds } from './scenario.js'

export const retry: Protocol<RetryAdapter, RetryPolicy> = {
  name: 'retry',
  summary: 'Attempts and a backoff schedule.',
  policies,
  members: { run: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
