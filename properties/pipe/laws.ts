import type { Laws } from '../../src/core/index.js'
import type { PipePolicy } from './contract.js'

export const laws: Laws<PipePolicy> = {}
