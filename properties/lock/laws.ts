import type { Laws } from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'
import { lawsOfHolding } from './laws-of-holding.js'
import { lawsOfLeaving } from './laws-of-leaving.js'
import { lawsOfReleasing } from './laws-of-releasing.js'
import { lawsOfRunning } from './laws-of-running.js'

export const laws: Laws<LockPolicy> = {
  ...lawsOfHolding,
  ...lawsOfReleasing,
  ...lawsOfRunning,
  ...lawsOfLeaving,
}
