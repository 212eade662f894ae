import type { HistoryEvent } from '../core/history.js'

/** What is shown of a history: events, and gaps where events were left out. */
export type Item = { readonly event: HistoryEvent } | { readonly gap: number }

/** More events than this cannot be taken in at a glance. */
const MOST = 32

/**
 * The events to show. All of a short history; of a long one those blamed, their counterparts, how it began, and what
 * stands nearest to the blame.
 */
export function excerpt(history: readonly HistoryEvent[], blame: readonly number[]): Item[] {
  const told = history.filter((event) => matters(event, history, blame))
  const kept = new Set(
    [...told]
      .sort((a, b) => rank(a, history, blame) - rank(b, history, blame) || a.seq - b.seq)
      .slice(0, MOST)
      .map(({ seq }) => seq),
  )
  const items: Item[] = []
  let gap = 0
  for (const event of told) {
    if (!kept.has(event.seq)) {
      gap++
      continue
    }
    if (gap > 0) items.push({ gap })
    gap = 0
    items.push({ event })
  }
  return gap > 0 ? [...items, { gap }] : items
}

/** The making of the subject is worth telling only where something comes of it at once, and so is an empty return. */
function matters(event: HistoryEvent, history: readonly HistoryEvent[], blame: readonly number[]): boolean {
  const { type, op, step, seq, id } = event
  if (blame.includes(seq)) return true
  if (type === 'act' && op === 'create')
    return history.some((other) => other.step === step && other.seq > seq)
  if (type !== 'return' || event.outcome !== 'returned' || event.value?.text !== 'undefined') return true
  return !history.some((other) => other.type === 'call' && other.id === id && other.step === step)
}

function rank(event: HistoryEvent, history: readonly HistoryEvent[], blame: readonly number[]): number {
  if (blame.includes(event.seq)) return 0
  const blamed = blame.map((seq) => history[seq]).filter((other) => other !== undefined)
  if (event.id !== undefined && blamed.some(({ id }) => id === event.id)) return 1
  if (event.seq < MOST / 4) return 2
  return 3 + Math.min(...blamed.map(({ seq }) => Math.abs(seq - event.seq)), history.length)
}
