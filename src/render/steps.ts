import { fill, pad, stringWidth, wrap } from './columns.js'
import type { Item } from './excerpt.js'
import type { Palette } from './palette.js'
import type { Telling } from './telling.js'

const ARROW = ' → '

interface Row {
  readonly step: string
  readonly time: string
  readonly lines: readonly Line[]
}

interface Line {
  readonly text: string
  readonly blamed: boolean
}

/** The step table: one row per step of the world, a cross at what breaks the law, and why at the last of them. */
export function renderSteps(
  items: readonly Item[],
  telling: Telling,
  { blame, message }: { readonly blame: readonly number[]; readonly message: string },
  width: number,
  palette: Palette,
): string[] {
  const stepWidth = 4
  const timeWidth = Math.max(4, ...items.map((item) => ('event' in item ? time(item).length : 0)))
  const indent = ' '.repeat(stepWidth + timeWidth + 4)
  const room = width - indent.length
  // Room for an arrow before a line, and for a cross behind it.
  const rows = layRows(items, telling, blame, room - 5)
  const crossed = rows.flatMap(({ lines }) => lines.filter(({ blamed }) => blamed))
  const at = Math.max(0, ...crossed.map(({ text }) => stringWidth(text)))
  let crosses = 0
  const lines = [`${pad('step', stepWidth)}  ${pad('time', timeWidth)}  what happened`].map(palette.dim)
  for (const row of rows) {
    for (const [index, { text, blamed }] of row.lines.entries()) {
      const head = index === 0 ? `${pad(row.step, stepWidth)}  ${pad(row.time, timeWidth)}  ` : indent
      if (!blamed) {
        lines.push(palette.dim(head) + text)
        continue
      }
      const last = ++crosses === crossed.length
      const why = last ? ` ${message}` : ''
      const beside = at + 2 + stringWidth(`✗${why}`) <= room
      lines.push(`${palette.dim(head)}${pad(text, at)}  ${palette.red(`✗${beside ? why : ''}`)}`)
      if (beside || !last) continue
      for (const part of wrap(message, room - 4)) lines.push(`${indent}  ${palette.red(part)}`)
    }
  }
  return lines
}

const time = (item: Item): string => ('event' in item ? `${item.event.timeMs} ms` : '')

function layRows(items: readonly Item[], telling: Telling, blame: readonly number[], room: number): Row[] {
  const rows: { step: string; time: string; clauses: { words: string; blamed: boolean }[] }[] = []
  for (const item of items) {
    if (!('event' in item)) {
      rows.push({ step: '⋯', time: '', clauses: [{ words: `${item.gap} more events`, blamed: false }] })
      continue
    }
    const { event } = item
    const step = String(event.step)
    const row = rows.at(-1)
    const clause = { words: telling.tell(event).words, blamed: blame.includes(event.seq) }
    if (row?.step === step) row.clauses.push(clause)
    else rows.push({ step, time: time(item), clauses: [clause] })
  }
  return rows.map(({ step, time, clauses }) => ({ step, time, lines: layLines(clauses, room) }))
}

/** What one event leads to follows it after an arrow; a blamed event ends its line, so that the cross is its own. */
function layLines(clauses: readonly { words: string; blamed: boolean }[], room: number): Line[] {
  const lines: Line[] = []
  let pieces: string[] = []
  const flush = (blamed: boolean) => {
    const texts = fill(pieces, room, ARROW)
    for (const [index, text] of texts.entries()) {
      lines.push({
        text: lines.length > 0 ? `→ ${text}` : text,
        blamed: blamed && index === texts.length - 1,
      })
    }
    pieces = []
  }
  for (const { words, blamed } of clauses) {
    pieces.push(words)
    if (blamed) flush(true)
  }
  if (pieces.length > 0) flush(false)
  return lines
}
