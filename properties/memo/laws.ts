import type { Laws } from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'

export const laws: Laws<MemoPolicy> = {}
