import type { Laws } from '../../src/core/index.js'
import type { CancellablePolicy } from './contract.js'

export const laws: Laws<CancellablePolicy> = {}
