import type { Protocol } from '../../src/core/index.js'
import { type LockAdapter, type LockPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { retell } from './retelling.js'
import { kinds } from './scenario.js'

export const lock: Protocol<LockAdapter, LockPolicy> = {
  name: 'lock',
  summary: 'Mutual exclusion: mutex, semaphore, limit, queue.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
  retell,
}
