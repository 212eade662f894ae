import type { Laws } from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'

export const laws: Laws<RetryPolicy> = {}
