import Table from 'cli-table3'
import type { LawVerdict, Report } from '../core/report.js'
import { stringWidth, truncate } from './columns.js'
import { type Palette, palette } from './palette.js'
import type { TextOptions } from './text.js'

/** How much of a line the name of a subject may take. */
const SUBJECT_SHARE = 0.45
/** What stands where a subject is not held to a protocol. A table has only the subjects for which it has more to say. */
const NONE = '·'
const LEGEND =
  '✓ n laws hold · ✗ n required laws violated, +n not required · ? n unknown\n' +
  '· not held to this protocol'

/** Subjects by protocols: what many checks found, and under it which laws are broken. */
export function renderMatrix(reports: readonly Report[], options: TextOptions = {}): string {
  const { width = 80, colour = false } = options
  const colours = palette(colour)
  const subjects = [...new Set(reports.map(({ subject }) => subject))]
  const protocols = [...new Set(reports.map(({ protocol }) => protocol))]
  const cellOf = (subject: string, protocol: string) => {
    const found = reports.filter((report) => report.subject === subject && report.protocol === protocol)
    return found.length === 0 ? NONE : found.map((report) => cell(report, colours)).join(' ')
  }
  const rows = subjects.map((subject) => protocols.map((protocol) => cellOf(subject, protocol)))
  const tables = columnGroups(subjects, protocols, rows, width).map((columns) => {
    const table = new Table({
      head: ['subject', ...columns.map((column) => protocols[column]!)].map(colours.bold),
      style: { head: [], border: [], compact: true },
    })
    for (const [index, subject] of subjects.entries()) {
      if (columns.every((column) => rows[index]![column] === NONE)) continue
      table.push([truncate(subject, subjectWidth(width)), ...columns.map((column) => rows[index]![column]!)])
    }
    return table.toString()
  })
  const parts = [...tables, colours.dim(LEGEND), ...violations(reports, width, colours)]
  return `${parts.join('\n')}\n`
}

const subjectWidth = (width: number): number => Math.floor(width * SUBJECT_SHARE)

function cell({ verdicts }: Report, colours: Palette): string {
  const count = (wanted: LawVerdict['verdict'], required?: boolean) =>
    verdicts.filter(
      ({ verdict, level }) =>
        verdict === wanted && (required === undefined || (level === 'required') === required),
    ).length
  const lesser = count('violated', false)
  const more = lesser > 0 ? ` +${lesser}` : ''
  const unknown = count('unknown', true)
  if (count('violated', true) > 0) return colours.red(`✗ ${count('violated', true)}${more}`)
  if (unknown > 0) return colours.yellow(`? ${unknown}${more}`)
  return colours.green(`✓ ${count('holds')}`) + colours.yellow(more)
}

/** Which columns stand beside each other: a table that is too wide is continued below. */
function columnGroups(
  subjects: readonly string[],
  protocols: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): number[][] {
  const first =
    Math.max(7, ...subjects.map((subject) => Math.min(subjectWidth(width), stringWidth(subject)))) + 4
  const groups: number[][] = [[]]
  let used = first
  for (const [column, protocol] of protocols.entries()) {
    const wide = 3 + Math.max(stringWidth(protocol), ...rows.map((row) => stringWidth(row[column]!)))
    if (used + wide > width && groups.at(-1)!.length > 0) {
      groups.push([])
      used = first
    }
    groups.at(-1)!.push(column)
    used += wide
  }
  return groups
}

function violations(reports: readonly Report[], width: number, colours: Palette): string[] {
  const lines: string[] = []
  for (const { subject, protocol, verdicts } of reports) {
    const broken = verdicts.filter(({ verdict }) => verdict === 'violated')
    if (broken.length === 0) continue
    lines.push('', colours.bold(truncate(`${subject} (${protocol})`, width)))
    for (const { law, level, counterexample } of broken) {
      const mark = level === 'required' ? colours.red('✗') : colours.yellow('✗')
      const claim = level === 'required' ? law : `${law} (${level})`
      lines.push(`  ${mark} ${truncate(claim, width - 4)}`)
      if (counterexample) lines.push(`      ${colours.dim(truncate(counterexample.message, width - 6))}`)
    }
  }
  return lines
}
