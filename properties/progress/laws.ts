import type { Laws } from '../../src/core/index.js'
import type { ProgressPolicy } from './contract.js'

export const laws: Laws<ProgressPolicy> = {}
