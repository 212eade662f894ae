import type { Protocol } from '../../src/core/index.js'
import { type LazyAdapter, type LazyPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { retell } from './retelling.js'
import { examine, kinds, observe } from './scenario.js'

/** A value that is initialised once, when it is first awaited, however many await it. */
export const lazy: Protocol<LazyAdapter, LazyPolicy> = {
  name: 'lazy',
  summary: 'Single initialisation under concurrency.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
  examine,
  retell,
  observe,
}
