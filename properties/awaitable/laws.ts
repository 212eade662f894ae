import type { Laws } from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import { lawsOfOutcomes } from './laws-of-outcomes.js'

export const laws: Laws<AwaitablePolicy> = { ...lawsOfOutcomes }
