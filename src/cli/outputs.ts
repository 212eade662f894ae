import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Report } from '../core/report.js'
import { BADGES, badgeOf, renderBadge } from '../render/badge.js'
import { fileName } from '../render/file-name.js'
import { renderJson } from '../render/json.js'
import { renderMatrix } from '../render/matrix.js'
import { type PageEntry, renderPage } from '../render/page.js'
import { renderSummary } from '../render/summary.js'
import { renderFailure } from '../render/text.js'
import { type FileResult, reportsOf } from './collector.js'
import type { ScriptPaths } from './scripts.js'
import type { Terminal } from './terminal.js'
import { troubleText } from './trouble.js'

export const REPORTERS = ['default', 'json', 'matrix', 'html', 'badge'] as const
export type ReporterName = (typeof REPORTERS)[number]

/** What is to be told of a run, and where. */
export interface OutputOptions {
  readonly cwd: string
  readonly reporters: readonly ReporterName[]
  /** Where the JSON goes; without it, to the standard output. */
  readonly outputFile?: string
  /** Where the page goes; badges lie in a folder beside it. */
  readonly page?: string
  /** What the page is headed with. */
  readonly title?: string
  readonly verbose: boolean
}

/** Writes and prints what came of a run, in every form that was asked for. */
export function writeOutputs(
  results: readonly FileResult[],
  scripts: ScriptPaths,
  options: OutputOptions,
  terminal: Terminal,
): void {
  const { reporters, outputFile, cwd } = options
  const json = reporters.includes('json') ? renderJson(reportsOf(results)) : undefined
  const page = pagePath(options)
  const badges = reporters.includes('badge')
  if (reporters.includes('html')) {
    write(
      resolve(cwd, page),
      renderPage(pageEntries(cwd, results, scripts), { title: options.title, badges }),
    )
    terminal.err(`page  ${page}\n`)
  }
  if (badges) {
    const folder = join(dirname(page), BADGES)
    writeBadges(folder, reportsOf(results))
    terminal.err(`badges  ${folder}\n`)
  }
  // Where JSON goes to the standard output, nothing else may: a person then reads the rest beside it.
  const say = json !== undefined && outputFile === undefined ? terminal.err : terminal.out
  for (const reporter of reporters) {
    if (reporter === 'default') {
      for (const result of results) say(fileText(result, scripts, options, terminal))
    }
    if (reporter === 'matrix') say(renderMatrix(reportsOf(results), terminal))
  }
  if (json !== undefined && outputFile === undefined) terminal.out(json)
  if (json !== undefined && outputFile !== undefined) write(resolve(cwd, outputFile), json)
  for (const result of results) terminal.err(troubleText(result))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The page stands where it is told to, or beside the JSON. */
const pagePath = ({ cwd, page, outputFile }: OutputOptions): string =>
  resolve(cwd, page ?? outputFile?.replace(/(?:\.\w+)?$/, '.html') ?? '.lawful/report.html')

/** Two files for every subject: the picture, and what the endpoint of shields.io reads. */
function writeBadges(folder: string, reports: readonly Report[]): void {
  for (const subject of new Set(reports.map((report) => report.subject))) {
    const badge = badgeOf(reports.filter((report) => report.subject === subject))
    const path = join(folder, fileName(subject))
    write(`${path}.svg`, renderBadge(badge))
    write(`${path}.json`, `${JSON.stringify(badge)}\n`)
  }
}

function pageEntries(cwd: string, results: readonly FileResult[], scripts: ScriptPaths): PageEntry[] {
  return results.flatMap(({ records }) =>
    records.flatMap(({ report, laws, policy, docs }) => {
      if (!report) return []
      const texts = report.verdicts.flatMap((verdict) => {
        const path = scripts.get(verdict)
        return path === undefined ? [] : [[verdict.law, readFileSync(resolve(cwd, path), 'utf8')]]
      })
      return [{ report, laws, policy, docs, scripts: Object.fromEntries(texts) }]
    }),
  )
}

function fileText(
  { records }: FileResult,
  scripts: ScriptPaths,
  { verbose }: OutputOptions,
  { width, colour }: Terminal,
): string {
  const parts: string[] = []
  for (const { report, laws, subject } of records) {
    if (!report) continue
    parts.push(renderSummary(report, { width, colour, verbose }))
    for (const verdict of report.verdicts) {
      if (verdict.verdict !== 'violated') continue
      const scriptPath = scripts.get(verdict)
      const failure = { subject, seed: report.seed, verdict, law: laws[verdict.law] }
      parts.push(renderFailure({ ...failure, ...(scriptPath ? { scriptPath } : {}) }, { width, colour }))
    }
  }
  return parts.length === 0 ? '' : `${parts.join('\n')}\n`
}
