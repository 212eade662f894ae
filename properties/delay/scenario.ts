import type { Kind } from '../../src/core/index.js'
import type { DelayAdapter, DelayPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<DelayAdapter, DelayPolicy>>> = {}
