import type { Laws } from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import { lawsOfClasses } from './laws-of-classes.js'
import { lawsOfHandlers } from './laws-of-handlers.js'
import { lawsOfMembers } from './laws-of-members.js'
import { lawsOfOutcomes } from './laws-of-outcomes.js'
import { lawsOfRuns } from './laws-of-runs.js'

export const laws: Laws<AwaitablePolicy> = {
  ...lawsOfOutcomes,
  ...lawsOfHandlers,
  ...lawsOfRuns,
  ...lawsOfMembers,
  ...lawsOfClasses,
}
