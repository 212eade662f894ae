import type { Protocol } from '../../src/core/index.js'
import { type CoroutineAdapter, type CoroutinePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine, kinds } from './scenario.js'

/** A generator that awaits by delegation, driven to its end or by hand. */
export const coroutine: Protocol<CoroutineAdapter, CoroutinePolicy> = {
  name: 'coroutine',
  summary: 'Generators driven as coroutines.',
  policies,
  members: { run: 'function', suspend: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
