import type { Kind } from '../../src/core/index.js'
import type { MemoAdapter, MemoPolicy } from './contract.js'

export const kinds: Readonly<Record<string, Kind<MemoAdapter, MemoPolicy>>> = {}
