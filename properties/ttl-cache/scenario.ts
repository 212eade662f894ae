import type { Kind } from '../../src/core/index.js'
import type { TtlCacheAdapter, TtlCachePolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<TtlCacheAdapter, TtlCachePolicy>>> = {}
