import type { Protocol } from '../../src/core/index.js'
import { type MemoAdapter, type MemoPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine, observe } from './play.js'
import { retell } from './retelling.js'
import { kinds } from './scenario.js'

/** A cache that loads each key once, however many ask for it meanwhile. */
export const memo: Protocol<MemoAdapter, MemoPolicy> = {
  name: 'memo',
  summary: 'Single flight per key.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
  retell,
  observe,
}
