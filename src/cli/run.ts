import { resolve } from 'node:path'
import type { ScopeSize } from '../core/protocol.js'
import { fails, hung, type Report } from '../core/report.js'
import { writeCertificates } from './certificate.js'
import { Collector, type FileResult, loadTrouble, reportsOf } from './collector.js'
import { collectFiles, importVitest, runFiles } from './files.js'
import { type OutputOptions, writeOutputs } from './outputs.js'
import { writeScripts } from './scripts.js'
import { requireShards } from './shards.js'
import type { Terminal } from './terminal.js'
import { CannotRun, EXIT, type ExitCode } from './usage.js'

/** Options of `lawful [globs]`. */
export interface RunOptions extends OutputOptions {
  readonly globs: readonly string[]
  readonly seed?: number
  readonly runs?: number
  readonly laws?: readonly string[]
  /** Every schedule of a scope of this size; what holds is certified. */
  readonly exhaustive?: { readonly scope: ScopeSize }
  readonly strict: boolean
  /** Broken laws are what the run is there to show: they do not fail it. */
  readonly reportOnly?: boolean
  readonly watch: boolean
  readonly shard?: string
  /** Tell of what sharded runs have left in this folder, and run nothing. */
  readonly merge?: string
  readonly hangLimitMs?: number
}

/** Runs laws files and prints what came of them. */
export async function run(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd, globs, seed, runs, laws, exhaustive, strict, reportOnly, watch, shard, merge, hangLimitMs } =
    options
  if (merge !== undefined) requireShards(resolve(cwd, merge), merge)
  let code: ExitCode = EXIT.ok
  const finished = async (results: readonly FileResult[]): Promise<void> => {
    const { parseAst } = await importVitest(cwd)
    const scripts = await writeScripts(cwd, results, parseAst)
    writeOutputs(results, scripts, options, terminal)
    if (exhaustive) {
      const paths = writeCertificates(cwd, results, exhaustive.scope)
      for (const path of paths) terminal.err(`certificate  ${path}\n`)
    }
    requireLaws(results, laws)
    code = exitCode(results, strict)
    if (reportOnly && code === EXIT.violated) code = EXIT.ok
  }
  const collector = new Collector(cwd, terminal, finished, shard !== undefined)
  const asked = {
    strict,
    ...(seed === undefined ? {} : { seed }),
    ...(runs === undefined ? {} : { runs }),
    ...(laws === undefined ? {} : { laws }),
    ...(hangLimitMs === undefined ? {} : { hangLimitMs }),
    ...(exhaustive ? { exhaustive: true, scope: exhaustive.scope } : {}),
  }
  await runFiles({
    cwd,
    globs,
    reporter: collector,
    watch,
    asked,
    ...(shard === undefined ? {} : { shard }),
    ...(merge === undefined ? {} : { merge: resolve(cwd, merge) }),
  })
  if (collector.failure) throw collector.failure
  return code
}

/** Names the suites of laws files without running them. */
export async function listSuites(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd, globs, laws } = options
  const modules = await collectFiles({ cwd, globs, reporter: {}, asked: laws ? { laws } : {} })
  let code: ExitCode = EXIT.ok
  const inOrder = [...modules].sort((a, b) => (a.relativeModuleId < b.relativeModuleId ? -1 : 1))
  for (const module of inOrder) {
    terminal.out(`${module.relativeModuleId}\n`)
    for (const suite of module.children.suites()) {
      terminal.out(`  ${suite.name}  ${[...suite.children.tests()].length} laws\n`)
    }
    for (const { exit, message } of module.errors().map(loadTrouble)) {
      terminal.err(`lawful: ${module.relativeModuleId}: ${message}\n`)
      code = exit
    }
  }
  return code
}

/** A law id that no suite knows is a mistake; one that only some know selects among the suites. */
function requireLaws(results: readonly FileResult[], laws: readonly string[] | undefined): void {
  const records = results.flatMap(({ records }) => records)
  const known = new Set(records.flatMap((record) => Object.keys(record.laws)))
  const unknown = laws?.find((law) => !known.has(law))
  if (unknown === undefined || records.length === 0) return
  throw new CannotRun(`no suite here has a law ${unknown}; \`lawful list\` names all laws`)
}

export function exitCode(results: readonly FileResult[], strict: boolean): ExitCode {
  const records = results.flatMap((result) => result.records)
  const exits = results.flatMap(({ trouble }) => trouble?.exit ?? [])
  const troubled = (died: boolean) =>
    records.some(({ trouble }) => trouble !== undefined && (trouble.kind === 'died') === died)
  if (exits.includes(EXIT.cannotRun) || troubled(false)) return EXIT.cannotRun
  if (exits.includes(EXIT.died) || troubled(true)) return EXIT.died
  const reports = reportsOf(results)
  if (reports.some(hung)) return EXIT.died
  return reports.some((report) => fails(report, strict) || unjudged(report)) ? EXIT.violated : EXIT.ok
}

/** A required law of which nobody knows whether it holds does not hold. */
const unjudged = ({ verdicts }: Report): boolean =>
  verdicts.some(({ verdict, level }) => verdict === 'unknown' && level === 'required')
