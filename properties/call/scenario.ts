import type { Kind } from '../../src/core/index.js'
import type { CallAdapter, CallPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<CallAdapter, CallPolicy>>> = {}
