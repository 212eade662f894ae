import type { HistoryEvent } from '../core/history.js'
import { stringWidth } from './columns.js'
import { excerpt, type Item } from './excerpt.js'
import { type LaneKind, Telling } from './telling.js'

/** What a picture shows. */
export interface Pictured {
  readonly history: readonly HistoryEvent[]
  readonly blame: readonly number[]
  readonly message: string
}

export interface SvgOptions {
  /** Whether the picture brings its colours along. A page that shows many has them once. Default true. */
  readonly styled?: boolean
}

/** Colours and type of the pictures, for the dark and for paper as well. */
export const pictureStyle = `
.lw { --ink: #1f2328; --faint: #d0d7de; --quiet: #656d76; --client: #0969da; --flight: #8250df; --bad: #cf222e; --back: #fff;
  font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
@media (prefers-color-scheme: dark) { .lw { --ink: #e6edf3; --faint: #30363d; --quiet: #8d96a0; --client: #4493f8; --flight: #ab7df8;
  --bad: #f85149; --back: #0d1117; } }
@media print { .lw { --ink: #000; --faint: #bbb; --quiet: #444; --client: #0550ae; --flight: #6639ba; --bad: #a40e26; --back: #fff; } }
.lw text { fill: var(--ink); } .lw .quiet { fill: var(--quiet); } .lw .rule { stroke: var(--faint); }
.lw .client { fill: var(--client); stroke: var(--client); } .lw .flight { fill: var(--flight); stroke: var(--flight); }
.lw .other { fill: var(--quiet); stroke: var(--quiet); } .lw .bar { fill-opacity: .18; stroke-opacity: .7; }
.lw .open { stroke-dasharray: 3 3; } .lw .dot { stroke: var(--back); stroke-width: 1.5; }
.lw .bad .dot { fill: var(--bad); } .lw .bad text, .lw text.bad { fill: var(--bad); font-weight: 600; }
.lw .culprit { stroke: var(--bad); stroke-dasharray: 2 3; } .lw .event:hover .dot, .lw .event:focus .dot { stroke: var(--ink); }
.lw .event:focus { outline: none; }`.trim()

const LANE = 40
const TOP = 44
const MARGIN = 16
const CHARACTER = 7.3
const LEAST_COLUMN = 34

interface Column {
  readonly item: Item
  readonly x: number
}

interface Lane {
  readonly name: string
  readonly kind: LaneKind
  readonly y: number
}

/** One counterexample as a picture: lanes in order of who calls and what is called, time from left to right. */
export function renderSvg(pictured: Pictured, { styled = true }: SvgOptions = {}): string {
  const { history, blame, message } = pictured
  const telling = new Telling(history)
  const items = excerpt(history, blame)
  const lanes = layLanes(items, telling)
  const left = MARGIN * 2 + CHARACTER * Math.max(4, ...lanes.map(({ name }) => stringWidth(name)))
  const columns = layColumns(items, telling, left)
  const caption = `✗ ${message}`
  const width = Math.max((columns.at(-1)?.x ?? left) + 90, left + CHARACTER * stringWidth(caption) + MARGIN)
  const bottom = TOP + lanes.length * LANE
  const height = bottom + 34
  const parts = [
    ...axis(columns, bottom),
    ...lanes.flatMap((lane) => laneLines(lane, left, width)),
    ...bars(columns, lanes, telling, history, width),
    ...culprits(columns, blame, bottom),
    ...columns.flatMap((column) => marker(column, lanes, telling, blame)),
    text(left, bottom + 18, caption, 'bad'),
  ]
  const style = styled ? `<style>${pictureStyle}</style>` : ''
  const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lw" role="img" aria-label="${escapeXml(message)}" ${size}>${style}${parts.join('')}</svg>\n`
}

function layLanes(items: readonly Item[], telling: Telling): readonly Lane[] {
  const kinds = new Map<string, LaneKind>()
  for (const item of items) {
    if ('event' in item) kinds.set(telling.tell(item.event).lane, telling.laneKind(item.event))
  }
  const order: readonly LaneKind[] = ['client', 'flight', 'other']
  return [...kinds]
    .sort(([, a], [, b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, kind], index) => ({ name, kind, y: TOP + index * LANE + LANE / 2 }))
}

/** Each event stands far enough from the next for its label; a new step begins with some air. */
function layColumns(items: readonly Item[], telling: Telling, left: number): readonly Column[] {
  let x = left + 8
  let step: number | undefined
  return items.map((item) => {
    const label = 'event' in item ? telling.tell(item.event).label : '⋯'
    if ('event' in item && step !== undefined && item.event.step !== step) x += 10
    if ('event' in item) step = item.event.step
    const column = { item, x }
    x += Math.max(LEAST_COLUMN, CHARACTER * stringWidth(label) + 12)
    return column
  })
}

/** Steps, and the time where it moves on. */
function axis(columns: readonly Column[], bottom: number): string[] {
  const parts: string[] = []
  let step: number | undefined
  let timeMs: number | undefined
  for (const { item, x } of columns) {
    if (!('event' in item) || item.event.step === step) continue
    step = item.event.step
    const moved = item.event.timeMs !== timeMs
    timeMs = item.event.timeMs
    parts.push(line(x - 10, TOP - 8, x - 10, bottom, 'rule'), text(x - 6, TOP - 14, String(step), 'quiet'))
    if (moved) parts.push(text(x - 6, TOP - 28, `${timeMs} ms`, 'quiet'))
  }
  return parts
}

const laneLines = ({ name, y }: Lane, left: number, width: number): string[] => [
  text(MARGIN, y + 4, name),
  line(left - 8, y, width - MARGIN, y, 'rule'),
]

/** What is under way: a client that waits, or a call of a source. */
function bars(
  columns: readonly Column[],
  lanes: readonly Lane[],
  telling: Telling,
  history: readonly HistoryEvent[],
  width: number,
): string[] {
  const at = new Map(
    columns.flatMap(({ item, x }) => ('event' in item ? [[item.event.seq, x] as const] : [])),
  )
  const ends = new Map(
    history.flatMap((event) =>
      event.type === 'return' || event.type === 'settle' ? [[event.id, event] as const] : [],
    ),
  )
  return history.flatMap((event) => {
    if (event.type !== 'call' && event.type !== 'start') return []
    const lane = laneOf(event, lanes, telling)
    const from = at.get(event.seq)
    if (!lane || from === undefined) return []
    const end = ends.get(event.id)
    const to = (end && at.get(end.seq)) ?? width - MARGIN
    if (to - from < 2) return []
    const open = end ? '' : ' open'
    return `<rect class="bar ${lane.kind}${open}" x="${round(from)}" y="${lane.y - 7}" width="${round(to - from)}" height="14" rx="7"/>`
  })
}

const culprits = (columns: readonly Column[], blame: readonly number[], bottom: number): string[] =>
  columns.flatMap(({ item, x }) =>
    'event' in item && blame.includes(item.event.seq) ? [line(x, TOP - 4, x, bottom + 4, 'culprit')] : [],
  )

function marker(
  { item, x }: Column,
  lanes: readonly Lane[],
  telling: Telling,
  blame: readonly number[],
): string[] {
  if (!('event' in item)) return [text(x - 4, TOP + 4, '⋯', 'quiet')]
  const { event } = item
  const lane = laneOf(event, lanes, telling)
  if (!lane) return []
  const { label, words } = telling.tell(event)
  const bad = blame.includes(event.seq) ? ' bad' : ''
  const told = escapeXml(`step ${event.step}, ${event.timeMs} ms: ${words}`)
  const shown = label === '[' ? '' : text(x - 4, lane.y - 11, label)
  return [
    `<g class="event${bad}" tabindex="0" data-step="${event.step}"><title>${told}</title>`,
    `<circle class="dot ${lane.kind}" cx="${round(x)}" cy="${lane.y}" r="5"/>${shown}</g>`,
  ]
}

const laneOf = (event: HistoryEvent, lanes: readonly Lane[], telling: Telling): Lane | undefined => {
  const { lane } = telling.tell(event)
  return lanes.find(({ name }) => name === lane)
}

const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`

const text = (x: number, y: number, content: string, kind = ''): string =>
  `<text${kind ? ` class="${kind}"` : ''} x="${round(x)}" y="${round(y)}">${escapeXml(content)}</text>`

const round = (value: number): number => Math.round(value * 10) / 10

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML and HTML hold it. */
export const escapeXml = (content: string): string =>
  content
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!)
    // Control characters are no XML at all.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '�')
