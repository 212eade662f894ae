import type { Protocol } from '../../src/core/index.js'
import { type AsyncPropertyAdapter, type AsyncPropertyPolicy, policies } from './contract.js'
import { laws } from './laws.js'
import { kinds } from './scenario.js'

export const asyncProperty: Protocol<AsyncPropertyAdapter, AsyncPropertyPolicy> = {
  name: 'async-property',
  summary: 'A property that is awaited once per instance.',
  policies,
  members: { create: 'function' },
  refines: [{ protocol: 'hygiene' }],
  kinds,
  laws,
}
