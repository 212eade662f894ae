import type { Laws } from '../../src/core/index.js'
import type { DelayPolicy } from './contract.js'

export const laws: Laws<DelayPolicy> = {}
