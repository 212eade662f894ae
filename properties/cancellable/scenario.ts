import type { Kind } from '../../src/core/index.js'
import type { CancellableAdapter, CancellablePolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<CancellableAdapter, CancellablePolicy>>> = {}
