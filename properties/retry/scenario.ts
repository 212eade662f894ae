import type { Kind } from '../../src/core/index.js'
import type { RetryAdapter, RetryPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<RetryAdapter, RetryPolicy>>> = {}
