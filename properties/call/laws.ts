import type { Laws } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'

export const laws: Laws<CallPolicy> = {}
