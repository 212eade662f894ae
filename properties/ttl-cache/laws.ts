import type { Laws } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { lawsOfClears } from './laws-of-clears.js'
import { lawsOfClocks } from './laws-of-clocks.js'
import { lawsOfDeadlines, lawsOfNeighbours } from './laws-of-deadlines.js'
import { lawsOfLimits } from './laws-of-limits.js'
import { lawsOfOrder } from './laws-of-order.js'
import { lawsOfOrigins } from './laws-of-origins.js'
import { lawsOfRefreshes } from './laws-of-refreshes.js'

export const laws: Laws<TtlCachePolicy> = {
  ...lawsOfDeadlines,
  ...lawsOfOrigins,
  ...lawsOfNeighbours,
  ...lawsOfLimits,
  ...lawsOfClears,
  ...lawsOfClocks,
  ...lawsOfRefreshes,
  ...lawsOfOrder,
}
