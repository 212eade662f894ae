import type { Protocol } from '../../src/core/index.js'
import { asLazy } from './as-lazy.js'
import { type AsyncPropertyAdapter, type AsyncPropertyPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { examine } from './play.js'
import { kinds } from './scenario.js'

/** A property of a class that is loaded when an instance's is first read, and once for each instance. */
export const asyncProperty: Protocol<AsyncPropertyAdapter, AsyncPropertyPolicy> = {
  name: 'async-property',
  summary: 'A property that is awaited once per instance.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }, { protocol: 'lazy', as: asLazy }],
  kinds,
  laws,
  examine,
}
