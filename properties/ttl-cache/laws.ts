import type { Laws } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'

export const laws: Laws<TtlCachePolicy> = {}
