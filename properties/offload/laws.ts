import type { Laws } from '../../src/core/index.js'
import type { OffloadPolicy } from './contract.js'

export const laws: Laws<OffloadPolicy> = {}
