import type { Laws } from '../../src/core/index.js'
import type { CancellablePolicy } from './contract.js'
import { lawsOfAborting } from './laws-of-aborting.js'
import { lawsOfReasons } from './laws-of-reasons.js'
import { lawsOfSharing } from './laws-of-sharing.js'
import { lawsOfTasks } from './laws-of-tasks.js'

export const laws: Laws<CancellablePolicy> = {
  ...lawsOfAborting,
  ...lawsOfReasons,
  ...lawsOfTasks,
  ...lawsOfSharing,
}
