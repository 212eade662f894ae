import type { Laws } from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'
import { lawsOfAwaiting } from './laws-of-awaiting.js'
import { lawsOfDriving } from './laws-of-driving.js'
import { lawsOfRuns } from './laws-of-runs.js'

export const laws: Laws<CoroutinePolicy> = { ...lawsOfAwaiting, ...lawsOfRuns, ...lawsOfDriving }
