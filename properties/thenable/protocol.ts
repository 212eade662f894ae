import type { Protocol } from '../../src/core/index.js'
import { open } from './bench.js'
import { policies, type ThenableAdapter, type ThenablePolicy } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

/** A promise implementation: Promises/A+ clause by clause, and what ECMA-262 adds to it. */
export const thenable: Protocol<ThenableAdapter, ThenablePolicy> = {
  name: 'thenable',
  summary: 'A promise implementation: Promises/A+, and what ECMA-262 adds.',
  policies,
  members: { deferred: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine(world, adapter) {
    open(world, adapter)
    return { shortcut: adapter.resolved !== undefined || adapter.rejected !== undefined }
  },
}
