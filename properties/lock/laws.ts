import type { Laws } from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'

export const laws: Laws<LockPolicy> = {}
