import type { Kind } from '../../src/core/index.js'
import type { LockAdapter, LockPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<LockAdapter, LockPolicy>>> = {}
