import type { Laws } from '../../src/core/index.js'
import type { AsyncPropertyPolicy } from './contract.js'

export const laws: Laws<AsyncPropertyPolicy> = {}
