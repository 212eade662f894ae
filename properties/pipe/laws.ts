import type { Laws } from '../../src/core/index.js'
import type { PipePolicy } from './contract.js'
import { lawsOfComposition } from './laws-of-composition.js'
import { lawsOfRunning } from './laws-of-running.js'

export const laws: Laws<PipePolicy> = { ...lawsOfComposition, ...lawsOfRunning }
