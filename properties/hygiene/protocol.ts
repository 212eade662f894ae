import type { Protocol } from '../../src/core/index.js'
import { type HygieneAdapter, type HygienePolicy, policies } from './contract.js'
import { laws } from './laws.js'

/** What holds of everything that is awaited; it has no scenarios of its own and judges those of every protocol. */
export const hygiene: Protocol<HygieneAdapter, HygienePolicy> = {
  name: 'hygiene',
  summary: 'Nothing left behind, nobody left waiting, nothing lost for being falsy.',
  policies,
  members: {},
  refines: [],
  kinds: {},
  laws,
}
