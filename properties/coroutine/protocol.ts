import type { Protocol } from '../../src/core/index.js'
import { type CoroutineAdapter, type CoroutinePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

export const coroutine: Protocol<CoroutineAdapter, CoroutinePolicy> = {
  name: 'coroutine',
  summary: 'Generators driven as coroutines.',
  policies,
  members: { run: 'function', suspend: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
}
