import type { Laws } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import { lawsOfAborts } from './laws-of-aborts.js'
import { lawsOfCalling } from './laws-of-calling.js'
import { lawsOfDebouncing } from './laws-of-debouncing.js'
import { lawsOfEvents } from './laws-of-events.js'
import { lawsOfThrottling } from './laws-of-throttling.js'
import { lawsOfTimeOuts } from './laws-of-time-outs.js'

export const laws: Laws<CallPolicy> = {
  ...lawsOfCalling,
  ...lawsOfDebouncing,
  ...lawsOfThrottling,
  ...lawsOfTimeOuts,
  ...lawsOfAborts,
  ...lawsOfEvents,
}
