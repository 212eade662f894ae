import type { Laws } from '../../src/core/index.js'
import type { OffloadPolicy } from './contract.js'
import { lawsOfAnswers } from './laws-of-answers.js'
import { lawsOfEnding } from './laws-of-ending.js'
import { lawsOfThreads } from './laws-of-threads.js'

export const laws: Laws<OffloadPolicy> = { ...lawsOfThreads, ...lawsOfAnswers, ...lawsOfEnding }
