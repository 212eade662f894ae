import { fails, hung, type Report } from '../core/report.js'
import { renderJson } from '../render/json.js'
import { renderSummary } from '../render/summary.js'
import { renderFailure } from '../render/text.js'
import type { SuiteRecord } from '../runners/record.js'
import type { FileResult } from './collector.js'
import { Collector } from './collector.js'
import { runFiles } from './files.js'
import type { Terminal } from './terminal.js'
import { EXIT, type ExitCode } from './usage.js'

/** Options of `lawful [globs]`. */
export interface RunOptions {
  readonly cwd: string
  readonly globs: readonly string[]
  readonly seed?: number
  readonly runs?: number
  readonly laws?: readonly string[]
  readonly strict: boolean
  readonly verbose: boolean
  readonly watch: boolean
  readonly shard?: string
}

/** Runs laws files and prints what came of them. */
export async function run(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd, globs, seed, runs, laws, strict, watch, shard } = options
  let code: ExitCode = EXIT.ok
  const collector = new Collector(cwd, terminal, async (results) => {
    for (const result of results) printFile(result, options, terminal)
    code = exitCode(results, strict)
  })
  await runFiles({
    cwd,
    globs,
    reporter: collector,
    watch,
    asked: {
      strict,
      ...(seed === undefined ? {} : { seed }),
      ...(runs === undefined ? {} : { runs }),
      ...(laws === undefined ? {} : { laws }),
    },
    ...(shard === undefined ? {} : { shard }),
  })
  return code
}

function printFile({ file, records, trouble }: FileResult, options: RunOptions, terminal: Terminal): void {
  const { width, colour } = terminal
  for (const record of records) {
    const { report, subject } = record
    if (record.trouble) terminal.err(`✗ ${file}: ${subject}: ${record.trouble.message}\n`)
    if (!report) continue
    terminal.out(renderSummary(report, { width, colour, verbose: options.verbose }))
    for (const verdict of report.verdicts) {
      if (verdict.verdict !== 'violated') continue
      terminal.out(`\n${renderFailure({ subject, seed: report.seed, verdict, law: record.laws[verdict.law] }, { width, colour })}`)
    }
    terminal.out('\n')
  }
  if (trouble) terminal.err(`✗ ${file}: ${trouble.message}\n`)
}

function exitCode(results: readonly FileResult[], strict: boolean): ExitCode {
  return EXIT.ok
}
