import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ScopeSize } from '../core/protocol.js'
import type { Report } from '../core/report.js'
import type { SuiteRecord } from '../runners/record.js'
import { Collector, type FileResult } from './collector.js'
import { runFiles } from './files.js'
import type { Terminal } from './terminal.js'
import { troubleText } from './trouble.js'
import { CannotRun, EXIT, type ExitCode } from './usage.js'
import { kitVersion } from './version.js'

/** What an exhaustive check proved of one subject, and what it takes to prove it again. */
export interface Certificate {
  readonly subject: string
  readonly protocol: string
  /** The laws file, from where the command ran. */
  readonly file: string
  /** Ids of the laws that hold on every schedule of the scope. */
  readonly holds: readonly string[]
  readonly scope: ScopeSize
  /** How many schedules the scope has. */
  readonly schedules: number
  readonly bound: string
  readonly runtime: string
  readonly lawful: string
  /** SHA-256 of the adapter's source, in hexadecimal. */
  readonly adapter: string
}

const FOLDER = '.lawful/certificates'

/** Writes a certificate for each subject whose whole scope was covered; returns their paths. */
export function writeCertificates(cwd: string, results: readonly FileResult[], scope: ScopeSize): string[] {
  return results.flatMap(({ file, records }) =>
    records.flatMap((record) => {
      const { report } = record
      if (!report?.schedules.complete) return []
      const certificate = certify(file, record, report, scope)
      const path = `${FOLDER}/${`${record.protocol}-${record.subject}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.json`
      mkdirSync(join(cwd, FOLDER), { recursive: true })
      writeFileSync(join(cwd, path), `${JSON.stringify(certificate, undefined, 2)}\n`)
      return [path]
    }),
  )
}

const certify = (file: string, record: SuiteRecord, report: Report, scope: ScopeSize): Certificate => ({
  subject: record.subject,
  protocol: record.protocol,
  file,
  holds: report.verdicts.flatMap(({ law, verdict }) => (verdict === 'holds' ? [law] : [])),
  scope,
  schedules: report.schedules.explored,
  bound: report.schedules.bound,
  runtime: report.runtime,
  lawful: kitVersion(),
  adapter: hash(record),
})

/** The members are what the runtime gives back of them, so that a comment elsewhere in the file changes nothing. */
const hash = ({ members }: SuiteRecord): string =>
  createHash('sha256').update(JSON.stringify(members)).digest('hex')

/** Runs what a certificate says once more, and says whether it is still so. */
export async function verify(path: string, cwd: string, terminal: Terminal): Promise<ExitCode> {
  const certificate = read(resolve(cwd, path))
  const { file, scope, subject, protocol } = certificate
  let results: readonly FileResult[] = []
  const reporter = new Collector(cwd, terminal, async (found) => {
    results = found
  })
  await runFiles({ cwd, globs: [file], reporter, asked: { exhaustive: true, scope } })
  for (const result of results) terminal.err(troubleText(result))
  const record = results
    .flatMap(({ records }) => records)
    .find((each) => each.subject === subject && each.protocol === protocol)
  if (!record?.report) throw new CannotRun(`${file} gives no report of ${subject} (${protocol}) any more`)
  const changed = differences(certificate, record, record.report)
  const head = `${changed.length === 0 ? '✓' : '✗'} ${subject} (${protocol})`
  terminal.out(`${[head, ...changed, record.report.schedules.bound].join('\n    ')}\n`)
  return changed.length === 0 ? EXIT.ok : EXIT.violated
}

/** What is not as certified, a line each. */
function differences(certificate: Certificate, record: SuiteRecord, report: Report): string[] {
  const { holds, schedules, adapter, lawful } = certificate
  const verdicts = new Map(report.verdicts.map(({ law, verdict }) => [law, verdict]))
  const lost = holds.filter((law) => verdicts.get(law) !== 'holds')
  const { explored, complete } = report.schedules
  return [
    ...(adapter === hash(record) ? [] : ['the adapter is not the one that was certified']),
    ...lost.map((law) => `${law} does not hold: ${verdicts.get(law) ?? 'there is no such law'}`),
    ...(complete ? [] : ['the scope was not covered']),
    ...(explored === schedules ? [] : [`${explored} schedules instead of ${schedules}`]),
    ...(lawful === kitVersion() ? [] : [`certified by lawful ${lawful}, this is ${kitVersion()}`]),
  ]
}

function read(path: string): Certificate {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new CannotRun(`there is no certificate ${path}; \`lawful --exhaustive\` writes them`)
  }
  try {
    const parsed = JSON.parse(text) as Partial<Certificate>
    if (typeof parsed.file === 'string' && Array.isArray(parsed.holds)) return parsed as Certificate
  } catch {}
  throw new CannotRun(`${path} is no certificate; \`lawful --exhaustive\` writes them`)
}
