import type { Laws } from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'
import { lawsOfClosing } from './laws-of-closing.js'
import { lawsOfDisposing } from './laws-of-disposing.js'
import { lawsOfGenerations } from './laws-of-generations.js'
import { lawsOfGetting } from './laws-of-getting.js'
import { lawsOfGraphs } from './laws-of-graphs.js'
import { lawsOfStats } from './laws-of-stats.js'

export const laws: Laws<ServicePolicy> = {
  ...lawsOfClosing,
  ...lawsOfDisposing,
  ...lawsOfGetting,
  ...lawsOfGenerations,
  ...lawsOfGraphs,
  ...lawsOfStats,
}
