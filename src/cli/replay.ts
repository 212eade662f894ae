import { parseReplay } from '../core/replay.js'
import { renderFailure } from '../render/text.js'
import type { SuiteRecord } from '../runners/record.js'
import { Collector, type FileResult } from './collector.js'
import { runFiles } from './files.js'
import { exitCode } from './run.js'
import type { Terminal } from './terminal.js'
import { troubleText } from './trouble.js'
import { CannotRun, EXIT, type ExitCode } from './usage.js'

/** Plays the run that a string names on every suite that has its law, and shows what happens. */
export async function replay(
  text: string,
  options: { readonly cwd: string; readonly globs: readonly string[] },
  terminal: Terminal,
): Promise<ExitCode> {
  const parsed = parseReplay(text)
  if (!parsed) {
    throw new CannotRun(`'${text}' is no replay string; one looks like 'lazy/single-flight:42:0.3.1'`)
  }
  let results: readonly FileResult[] = []
  const collector = new Collector(options.cwd, terminal, async (found) => {
    results = found
  })
  await runFiles({ ...options, reporter: collector, asked: { replay: text } })
  const records = results.flatMap((result) => result.records)
  for (const result of results) terminal.err(troubleText(result))
  for (const record of records) terminal.out(show(record, terminal))
  const played = records.filter(({ replayed }) => replayed !== undefined)
  const code = exitCode(results, false)
  if (played.length === 0 && code === EXIT.ok) {
    throw new CannotRun(`no suite here has the law ${parsed.law}, so there is nothing to replay`)
  }
  if (code !== EXIT.ok) return code
  return played.some(({ replayed }) => replayed?.counterexample) ? EXIT.violated : EXIT.ok
}

function show({ subject, laws, replayed }: SuiteRecord, { width, colour }: Terminal): string {
  if (!replayed) return ''
  const { law: id, seed, counterexample } = replayed
  if (!counterexample) return `✓ ${id} holds on this run of ${subject}\n\n`
  const law = laws[id]
  const level = law?.level ?? 'required'
  const verdict = { law: id, level, verdict: 'violated', exercised: 1, counterexample } as const
  return `${renderFailure({ subject, seed, verdict, law, replayed: true }, { width, colour })}\n`
}
