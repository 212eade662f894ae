import type { Kind } from '../../src/core/index.js'
import type { ProgressAdapter, ProgressPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<ProgressAdapter, ProgressPolicy>>> = {}
