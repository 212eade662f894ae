import type { Kind } from '../../src/core/index.js'
import type { CoroutineAdapter, CoroutinePolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<CoroutineAdapter, CoroutinePolicy>>> = {}
