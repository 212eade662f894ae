import type { TypeReport, TypeVerdict } from '../core/type-report.js'
import { fill, stringWidth, truncate, wrap } from './columns.js'
import { type Palette, palette } from './palette.js'
import type { LawText, TextOptions } from './text.js'

export interface TypesOptions extends TextOptions {
  /** Also names every law that does not apply, with the reason. Default false. */
  readonly verbose?: boolean
}

const INDENT = '  '

/** What was found of a declaration: each broken law with a line of code that shows it, then the counts. */
export function renderTypes(
  report: TypeReport,
  lawOf: (id: string) => LawText | undefined,
  options: TypesOptions = {},
): string {
  const { width = 80, colour = false, verbose = false } = options
  const colours = palette(colour)
  const lines: string[] = []
  for (const verdict of report.verdicts.filter(({ verdict }) => verdict === 'violated')) {
    lines.push(...failure(report.subject, verdict, lawOf(verdict.law), width, colours), '')
  }
  lines.push(...summary(report, width, colours))
  if (verbose) lines.push(...reasons(report, width, colours))
  return `${lines.join('\n')}\n`
}

function failure(
  subject: string,
  { law, level, counterexample }: TypeVerdict,
  text: LawText | undefined,
  width: number,
  colours: Palette,
): string[] {
  const claim = `✗ ${law}`
  const suffix = ` · ${level}`
  const room = width - stringWidth(claim) - stringWidth(suffix) - 2
  const name = room < 8 ? '' : truncate(subject, room)
  const gap = ' '.repeat(Math.max(0, width - stringWidth(claim) - stringWidth(suffix) - stringWidth(name)))
  const lines = [colours.red(colours.bold(claim)) + gap + name + colours.dim(suffix)]
  if (text) lines.push(...wrap(text.statement, width - INDENT.length).map((line) => INDENT + line))
  const entry = (label: string, value: string | undefined, paint = (line: string) => line) => {
    if (value === undefined || value === '') return
    for (const [index, line] of wrap(value, width - 11).entries()) {
      lines.push(`${INDENT}${colours.dim((index === 0 ? label : '').padEnd(9))}${paint(line)}`)
    }
  }
  lines.push('')
  entry('code', counterexample?.code)
  entry('gives', counterexample?.gives, colours.red)
  entry('error', counterexample?.error, colours.red)
  entry('expected', counterexample?.expected)
  entry('hint', text?.hint)
  return lines
}

function summary(report: TypeReport, width: number, colours: Palette): string[] {
  const { subject, of, typescript, verdicts } = report
  const violated = verdicts.filter(({ verdict }) => verdict === 'violated')
  const required = violated.filter(({ level }) => level === 'required').length
  const lesser = violated.length - required
  const mark =
    required > 0 ? colours.red('✗') : violated.length > 0 ? colours.yellow('✓') : colours.green('✓')
  const count = (wanted: TypeVerdict['verdict']) =>
    verdicts.filter(({ verdict }) => verdict === wanted).length
  const inapplicable = count('not-applicable')
  const counts = [
    ...(violated.length > 0
      ? [colours.red(`${violated.length} violated${lesser > 0 ? ` (${lesser} not required)` : ''}`)]
      : []),
    `${count('holds')} hold`,
    ...(inapplicable > 0 ? [`${inapplicable} not applicable`] : []),
  ]
  const facts = [...(of === '' ? [] : [`T is ${of}`]), `TypeScript ${typescript}`]
  return [
    `${mark} ${colours.bold(`${subject} (types)`)}`,
    ...fill(counts, width - 4, ' · ').map((line) => `    ${line}`),
    ...fill(facts, width - 4, ' · ').map((line) => `    ${colours.dim(line)}`),
  ]
}

function reasons({ verdicts }: TypeReport, width: number, colours: Palette): string[] {
  const listed = verdicts.filter(({ reason }) => reason !== undefined)
  return [...new Set(listed.map(({ reason }) => reason!))].flatMap((reason) => [
    ...wrap(`not applicable, ${reason}:`, width - 4).map((line) => `    ${line}`),
    ...fill(
      listed.filter((verdict) => verdict.reason === reason).map(({ law }) => law),
      width - 6,
      ', ',
    ).map((line) => `      ${colours.dim(line)}`),
  ])
}
