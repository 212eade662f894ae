import type { Laws } from '../../src/core/index.js'
import type { ProgressPolicy } from './contract.js'
import { lawsOfReports } from './laws-of-reports.js'
import { lawsOfSteps } from './laws-of-steps.js'

export const laws: Laws<ProgressPolicy> = { ...lawsOfSteps, ...lawsOfReports }
