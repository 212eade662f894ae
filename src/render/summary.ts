import type { LawVerdict, Report } from '../core/report.js'
import { fill, wrap } from './columns.js'
import { type Palette, palette } from './palette.js'
import type { TextOptions } from './text.js'

export interface SummaryOptions extends TextOptions {
  /** Also names every law that was not judged, with the reason. Default false. */
  readonly verbose?: boolean
}

const JUDGED_NOT = ['not-applicable', 'unexercised', 'unknown'] as const

/** What became of one subject: how many laws of each verdict, how far was looked, and what was not judged. */
export function renderSummary(report: Report, options: SummaryOptions = {}): string {
  const { width = 80, colour = false, verbose = false } = options
  const colours = palette(colour)
  const name = `${report.subject} (${report.protocol})`
  const mark = markOf(report, colours)
  const lines = [`${mark} ${colours.bold(name)}`]
  for (const line of fill(counts(report, colours), width - 4, ' · ')) lines.push(`    ${line}`)
  const { runtime, drain, clock, schedules, seed } = report
  const facts = [schedules.bound, `seed ${seed}`, runtime, `${drain} drain`, `${clock} clock`]
  for (const line of fill(facts, width - 4, ' · ')) lines.push(`    ${colours.dim(line)}`)
  const listed = report.verdicts.filter(
    ({ verdict }) =>
      verdict === 'unknown' || (verbose && (JUDGED_NOT as readonly string[]).includes(verdict)),
  )
  for (const reason of new Set(listed.map(reasonOf))) {
    lines.push(...wrap(`${reason}:`, width - 4).map((line) => `    ${line}`))
    const laws = listed.filter((verdict) => reasonOf(verdict) === reason).map(({ law }) => law)
    lines.push(...fill(laws, width - 6, ', ').map((line) => `      ${colours.dim(line)}`))
  }
  return `${lines.join('\n')}\n`
}

function markOf({ verdicts }: Report, colours: Palette): string {
  const has = (wanted: LawVerdict['verdict'], level?: LawVerdict['level']) =>
    verdicts.some(({ verdict, level: of }) => verdict === wanted && (level === undefined || of === level))
  if (has('violated', 'required')) return colours.red('✗')
  if (has('unknown', 'required')) return colours.yellow('?')
  return has('violated') ? colours.yellow('✓') : colours.green('✓')
}

function counts({ verdicts }: Report, colours: Palette): string[] {
  const of = (wanted: LawVerdict['verdict']) =>
    verdicts.filter(({ verdict, level }) => verdict === wanted && level !== 'untested')
  const violated = of('violated')
  const lesser = violated.filter(({ level }) => level !== 'required')
  const only = lesser.length === 0 ? '' : ` (${lesser.length} not required)`
  const untested = verdicts.filter(({ level }) => level === 'untested').length
  const parts = [
    violated.length > 0 ? colours.red(`${violated.length} violated${only}`) : '',
    `${of('holds').length} hold`,
    tally(of('unknown').length, 'unknown'),
    tally(of('not-applicable').length, 'not applicable'),
    tally(of('unexercised').length, 'unexercised'),
    tally(untested, 'untested'),
  ]
  return parts.filter((part) => part !== '')
}

const tally = (count: number, what: string): string => (count === 0 ? '' : `${count} ${what}`)

const reasonOf = ({ level, verdict, reason = 'no reason given' }: LawVerdict): string =>
  `${level === 'untested' ? 'untested' : verdict.replace('-', ' ')}, ${reason}`
