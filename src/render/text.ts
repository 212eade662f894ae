import { deviations } from '../core/choices.js'
import type { Counterexample, Finder, LawVerdict, Swap } from '../core/report.js'
import { stringWidth, truncate, wrap } from './columns.js'
import { excerpt } from './excerpt.js'
import { renderMarbles } from './marbles.js'
import { type Palette, palette } from './palette.js'
import { renderSteps } from './steps.js'
import { Telling } from './telling.js'

/** What a law says of itself; a report names laws only by their ids. */
export interface LawText {
  readonly statement: string
  readonly hint?: string
}

export interface TextOptions {
  /** In terminal cells. Default 80. */
  readonly width?: number
  /** Default false. */
  readonly colour?: boolean
}

/** A broken law, with all that its text tells. */
export interface Failure {
  readonly subject: string
  readonly seed: number
  readonly verdict: LawVerdict
  readonly law: LawText | undefined
  /** Where the stand-alone reproduction has been written. */
  readonly scriptPath?: string
  /** Set when the run was asked for by its replay string: then nothing was searched or shrunk. */
  readonly replayed?: true
}

const INDENT = '  '

/** How a failure reads: the claim, the history with the culprit marked, the hint, and how to see it again. */
export function renderFailure(failure: Failure, options: TextOptions = {}): string {
  const { width = 80, colour = false } = options
  const colours = palette(colour)
  const { verdict, law } = failure
  const { counterexample } = verdict
  const inner = width - INDENT.length
  const lines = [...(law ? wrap(law.statement, inner) : [])]
  if (counterexample) lines.push('', ...body(counterexample, inner, colours), '')
  lines.push(...foot(failure, inner, colours))
  const indented = lines.map((line) => (line === '' ? '' : INDENT + line))
  return `${[head(failure, width, colours), ...indented].join('\n')}\n`
}

function head({ subject, verdict }: Failure, width: number, colours: Palette): string {
  const claim = `✗ ${verdict.law}`
  const level = ` · ${verdict.level}`
  const room = width - stringWidth(claim) - stringWidth(level) - 2
  // Of a law's name and a subject's, the subject's is the one that may go to the next line.
  if (room < Math.min(8, stringWidth(subject))) {
    return `${colours.red(colours.bold(claim))}\n${INDENT}${truncate(subject, width - 20)}${colours.dim(level)}`
  }
  const name = truncate(subject, room)
  const gap = ' '.repeat(width - stringWidth(claim) - stringWidth(level) - stringWidth(name))
  return colours.red(colours.bold(claim)) + gap + name + colours.dim(level)
}

function body(counterexample: Counterexample, width: number, colours: Palette): string[] {
  const { history, blame, message } = counterexample
  const telling = new Telling(history)
  const items = excerpt(history, blame)
  if (items.length === 0) return [message]
  return [
    ...renderMarbles({ items, history, telling, blame, message }, width, colours),
    '',
    ...renderSteps(items, telling, { blame, message }, width, colours),
  ]
}

function foot(
  { seed, verdict, law, scriptPath, replayed }: Failure,
  width: number,
  colours: Palette,
): string[] {
  const { counterexample } = verdict
  const lines: string[] = []
  const entry = (label: string, parts: readonly string[]) => {
    for (const [index, part] of parts.entries()) {
      lines.push(`${colours.dim((index === 0 ? label : '').padEnd(9))}${part}`)
    }
  }
  if (counterexample && verdict.reason) entry('policy', wrap(verdict.reason, width - 9))
  if (law?.hint) entry('hint', wrap(law.hint, width - 9))
  if (!counterexample) return lines
  if (counterexample.swap) entry('passes', wrap(passing(counterexample.swap), width - 9))
  if (counterexample.found.by === 'recording') {
    entry('found', [FOUND_BY.recording])
    return lines
  }
  if (!replayed) {
    entry('found', [FOUND_BY[counterexample.found.by]])
    entry('shrunk', wrap(shrunk(counterexample, seed), width - 9))
  }
  const command = `npx lawful replay '${counterexample.replay}'`
  const fits = stringWidth(command) <= width - 9
  // Broken where a shell lets it be broken, so that it can still be copied.
  entry('replay', fits ? [command] : ['npx lawful replay \\'])
  if (!fits) lines.push(`${INDENT}'${counterexample.replay}'`)
  if (scriptPath) {
    const note = '(stands alone, needs only the subject)'
    const line = `${scriptPath}   ${note}`
    entry('as code', stringWidth(line) <= width - 9 ? [line] : [scriptPath, note])
  }
  return lines
}

const FOUND_BY: Readonly<Record<Finder, string>> = {
  fifo: 'in FIFO order',
  deviations: 'by deviations',
  walk: 'by a random walk',
  priorities: 'by priorities',
  delays: 'by delays',
  enumeration: 'by enumeration',
  recording: 'in a recorded run',
}

/** The one choice that makes the difference. */
const passing = ({ step, taken, instead }: Swap): string =>
  `if at step ${step} ${instead === 'time' ? 'time passes' : `${instead} comes`} before ${taken}`

function shrunk({ found, history, choices, shrinks }: Counterexample, seed: number): string {
  const now = `${history.length} events`
  const events = shrinks > 0 && found.events !== history.length ? `${found.events} → ${now}` : now
  const count = deviations(choices)
  const scenarios = `${found.afterRuns} scenario${found.afterRuns === 1 ? '' : 's'}`
  const from = `${count} deviation${count === 1 ? '' : 's'} from FIFO`
  return `${events}, ${from}, after ${scenarios} (seed ${seed})`
}
