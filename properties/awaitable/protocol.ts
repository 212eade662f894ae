import type { Protocol } from '../../src/core/index.js'
import { type AwaitableAdapter, type AwaitablePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine, kinds } from './scenario.js'

/** Anything with `then` that is driven by a task: what all that one awaits has in common. */
export const awaitable: Protocol<AwaitableAdapter, AwaitablePolicy> = {
  name: 'awaitable',
  summary: 'Anything with `then`, driven by a task.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
}
