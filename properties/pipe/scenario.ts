import type { Kind } from '../../src/core/index.js'
import type { PipeAdapter, PipePolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<PipeAdapter, PipePolicy>>> = {}
