import type { Protocol } from '../../src/core/index.js'
import { awaited } from './awaited.js'
import { type FutureAdapter, type FuturePolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { kinds } from './scenario.js'

/** A value that arrives once, and that its holder settles. */
export const future: Protocol<FutureAdapter, FuturePolicy> = {
  name: 'future',
  summary: 'Settled once, by whoever holds it.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }, { protocol: 'awaitable', as: awaited }],
  kinds,
  laws,
  examine,
}
