import type { Laws } from '../../src/core/index.js'
import type { DelayPolicy } from './contract.js'
import { lawsOfAborting } from './laws-of-aborting.js'
import { lawsOfLimits } from './laws-of-limits.js'
import { lawsOfStarting } from './laws-of-starting.js'
import { lawsOfTimes } from './laws-of-times.js'

export const laws: Laws<DelayPolicy> = {
  ...lawsOfTimes,
  ...lawsOfLimits,
  ...lawsOfStarting,
  ...lawsOfAborting,
}
