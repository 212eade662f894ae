import type { Laws } from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'

export const laws: Laws<ServicePolicy> = {}
