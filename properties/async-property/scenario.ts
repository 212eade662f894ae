import type { Kind } from '../../src/core/index.js'
import type { AsyncPropertyAdapter, AsyncPropertyPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<AsyncPropertyAdapter, AsyncPropertyPolicy>>> = {}
