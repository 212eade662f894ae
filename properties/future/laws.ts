import type { Laws } from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'
import { lawsOfCallbacks } from './laws-of-callbacks.js'
import { lawsOfCancelling } from './laws-of-cancelling.js'
import { lawsOfReading } from './laws-of-reading.js'
import { lawsOfSettling } from './laws-of-settling.js'

export const laws: Laws<FuturePolicy> = {
  ...lawsOfSettling,
  ...lawsOfReading,
  ...lawsOfCallbacks,
  ...lawsOfCancelling,
}
