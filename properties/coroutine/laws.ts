import type { Laws } from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'

export const laws: Laws<CoroutinePolicy> = {}
