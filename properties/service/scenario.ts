import type { Kind } from '../../src/core/index.js'
import type { ServiceAdapter, ServicePolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<ServiceAdapter, ServicePolicy>>> = {}
