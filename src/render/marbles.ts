import type { HistoryEvent } from '../core/history.js'
import { pad, stringWidth, truncate } from './columns.js'
import type { Item } from './excerpt.js'
import type { Palette } from './palette.js'
import type { LaneKind, Telling } from './telling.js'

interface Lane {
  readonly name: string
  readonly kind: LaneKind
  /** What the lane holds in each column: a label, or whether something is open there. */
  readonly cells: Cell[]
}

interface Cell {
  readonly label?: string
  readonly blamed?: boolean
  /** Whether something of this lane is open when the column ends. */
  readonly open: boolean
}

/** The marbles of one counterexample. */
export interface Marbles {
  readonly items: readonly Item[]
  readonly history: readonly HistoryEvent[]
  readonly telling: Telling
  readonly blame: readonly number[]
  readonly message: string
}

const NAME_WIDTH = 16
const GAP = '⋯'
const ARROW = ' ←'

/**
 * One lane per client and per call of a source, one column per event, in order of time. What does not fit beside
 * each other goes into blocks below each other: a lane never wraps.
 */
export function renderMarbles(marbles: Marbles, width: number, palette: Palette): string[] {
  const lanes = layLanes(marbles)
  const widths = marbles.items.map((_, column) =>
    Math.max(...lanes.map(({ cells }) => labelWidth(cells[column]!))),
  )
  const nameWidth = Math.min(NAME_WIDTH, Math.max(...lanes.map(({ name }) => stringWidth(name))))
  const lines: string[] = []
  for (const [from, to] of blocks(widths, width - nameWidth - 2 - stringWidth(ARROW))) {
    if (lines.length > 0) lines.push('')
    lines.push(...renderBlock({ marbles, lanes, widths, nameWidth, from, to, width, palette }))
  }
  return lines
}

const labelWidth = ({ label }: Cell): number => (label === undefined ? 1 : stringWidth(label))

function layLanes({ items, history, telling, blame }: Marbles): Lane[] {
  const lanes = new Map<string, Lane>()
  for (const item of items) {
    if (!('event' in item)) continue
    const name = telling.tell(item.event).lane
    if (!lanes.has(name)) lanes.set(name, { name, kind: telling.laneKind(item.event), cells: [] })
  }
  const open = new Map<string, number>()
  let next = 0
  for (const [index, item] of items.entries()) {
    for (const end = endOf(items, index); next < history.length && history[next]!.seq < end; next++) {
      const { lane } = telling.tell(history[next]!)
      open.set(lane, Math.max(0, (open.get(lane) ?? 0) + balance(history[next]!)))
    }
    const told = 'event' in item ? telling.tell(item.event) : undefined
    const blamed = 'event' in item && blame.includes(item.event.seq)
    for (const { name, cells } of lanes.values()) {
      const isOpen = (open.get(name) ?? 0) > 0
      if (!told) cells.push({ label: GAP, open: isOpen })
      else cells.push(told.lane === name ? { label: told.label, blamed, open: isOpen } : { open: isOpen })
    }
  }
  return [...lanes.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

/**
 * Where the events of a column end. Events that are not shown open and close lanes too: they belong to the gap that
 * stands for them, or else to the column before.
 */
function endOf(items: readonly Item[], index: number): number {
  const [item, following] = [items[index]!, items[index + 1]]
  if (following && 'event' in following) return following.event.seq
  return following && 'event' in item ? item.event.seq + 1 : Number.POSITIVE_INFINITY
}

const ORDER: readonly LaneKind[] = ['client', 'flight', 'other']

/** A client's lane is open while it waits, a source's while its call is in flight. */
function balance({ type }: HistoryEvent): number {
  if (type === 'call' || type === 'start') return 1
  return type === 'return' || type === 'settle' || type === 'deadlock' ? -1 : 0
}

/** Splits the columns into ranges that fit. */
function blocks(widths: readonly number[], room: number): [from: number, to: number][] {
  const ranges: [number, number][] = []
  let from = 0
  let used = 0
  for (const [column, width] of widths.entries()) {
    if (used > 0 && used + width + 1 > room) {
      ranges.push([from, column])
      from = column
      used = 0
    }
    used += width + 1
  }
  return [...ranges, [from, widths.length]]
}

interface Block {
  readonly marbles: Marbles
  readonly lanes: readonly Lane[]
  readonly widths: readonly number[]
  readonly nameWidth: number
  readonly from: number
  readonly to: number
  readonly width: number
  readonly palette: Palette
}

function renderBlock(block: Block): string[] {
  const { marbles, lanes, widths, nameWidth, from, to, width, palette } = block
  const culprit = marbles.items.findLastIndex(
    (item) => 'event' in item && marbles.blame.includes(item.event.seq),
  )
  const lines: string[] = []
  for (const { name, cells } of lanes) {
    const shown = cells.slice(from, to)
    const before = from > 0 && cells[from - 1]!.open
    if (!before && shown.every(({ label, open }) => !open && (label === undefined || label === GAP))) continue
    let row = `${pad(truncate(name, nameWidth), nameWidth)}  `
    for (const [index, cell] of shown.entries()) row += drawCell(cells, from + index, cell, widths, palette)
    row = row.trimEnd()
    const why = `${ARROW} ${marbles.message}`
    const here = culprit >= from && culprit < to && cells[culprit]!.label !== undefined
    const isCulprit = here && cells[culprit]!.blamed === true
    const fits = stringWidth(row) + stringWidth(why) <= width
    lines.push(isCulprit ? row + palette.red(fits ? why : ARROW) : row)
  }
  const carets = Array.from({ length: to - from }, (_, index) => {
    const blamed = lanes.some(({ cells }) => cells[from + index]!.blamed)
    return pad(blamed ? '▲' : '', widths[from + index]! + 1)
  })
  const row = carets.join('').trimEnd()
  return row === '' ? lines : [...lines, ' '.repeat(nameWidth + 2) + palette.red(row)]
}

/** A label, or what the lane has there, and the filling up to the next column. */
function drawCell(
  cells: readonly Cell[],
  column: number,
  cell: Cell,
  widths: readonly number[],
  palette: Palette,
): string {
  const width = widths[column]!
  const line = cell.open ? '─' : ' '
  const before = column > 0 && cells[column - 1]!.open
  if (cell.label === undefined) return (before || cell.open ? line : ' ').repeat(width + 1)
  const label = cell.blamed ? palette.red(cell.label) : cell.label
  return label + line.repeat(width - stringWidth(cell.label) + 1)
}
