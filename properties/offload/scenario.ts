import type { Kind } from '../../src/core/index.js'
import type { OffloadAdapter, OffloadPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<OffloadAdapter, OffloadPolicy>>> = {}
