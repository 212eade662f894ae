import type { LawVerdict } from '../core/report.js'
import type { FileResult } from './collector.js'

/** Where the reproduction of each broken law has been written. */
export type ScriptPaths = ReadonlyMap<LawVerdict, string>

/** Writes a stand-alone reproduction of every counterexample. */
export async function writeScripts(_cwd: string, _results: readonly FileResult[]): Promise<ScriptPaths> {
  return new Map()
}
