import type { Laws } from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'
import { lawsOfAborts } from './laws-of-aborts.js'
import { lawsOfAttempts } from './laws-of-attempts.js'
import { lawsOfNumbers } from './laws-of-numbers.js'
import { lawsOfOutcomes } from './laws-of-outcomes.js'
import { lawsOfTimeOuts } from './laws-of-time-outs.js'
import { lawsOfWaits } from './laws-of-waits.js'

export const laws: Laws<RetryPolicy> = {
  ...lawsOfAttempts,
  ...lawsOfWaits,
  ...lawsOfOutcomes,
  ...lawsOfAborts,
  ...lawsOfTimeOuts,
  ...lawsOfNumbers,
}
