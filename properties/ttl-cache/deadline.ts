import { agree, type HistoryEvent, type Span } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { type Entry, type Life, ttlMs } from './entry.js'

/**
 * When a life ends. A subject may take its time to begin a load, to hear of its end and to answer, so that nobody can
 * know the instant to the millisecond: it lies between two that the history does show.
 */
export interface Deadline {
  readonly earliestMs: number
  readonly latestMs: number
}

/** The deadline of a life as it stands at an event, counted from one of the three instants that it may count from. */
export function deadline(
  entry: Entry,
  { load, begun, landed }: Life,
  from: TtlCachePolicy['ttlFrom'],
  at: HistoryEvent,
): Deadline {
  const lasts = ttlMs(entry.history)
  const between = (fromMs: number, toMs: number) => ({ earliestMs: fromMs + lasts, latestMs: toMs + lasts })
  if (from === 'start') return between(begun.timeMs, load.start.timeMs)
  const endMs = load.end!.timeMs
  // What nobody waited for lands unseen, in a turn of its own perhaps.
  const landedMs = landed?.timeMs ?? endMs + 1
  if (from === 'settle') return between(endMs, landedMs)
  const later = entry.gets.filter(
    ({ start, end }) => start.seq > load.start.seq && start.seq < at.seq && (!end || agree(end, load.end)),
  )
  const hits = later.filter((get) => get.start.seq > load.end!.seq && get.end && !entry.joins(get))
  return between(
    Math.max(endMs, ...hits.map(({ start }) => start.timeMs)),
    Math.max(landedMs, ...later.map((get) => lastMs(get, at))),
  )
}

/** How late a get may have looked at the cache, as far as an event can know. */
const lastMs = ({ end }: Span, at: HistoryEvent): number => (end && end.seq < at.seq ? end.timeMs : at.timeMs)

/** How far the subject's clock may be off: not at all where it counts the smallest unit there is. */
export const slackMs = ({ resolutionMs }: TtlCachePolicy): number => (resolutionMs === 1 ? 0 : resolutionMs)

/** Whether a life that something else put an end to reaches its own deadline in the time of another life. */
export const overtaken = (entry: Entry, life: Life, until: HistoryEvent): boolean =>
  entry.lives.some(
    (old) =>
      old.load.end!.seq < life.load.start.seq &&
      deadline(entry, old, 'settle', life.load.start).latestMs > life.load.end!.timeMs &&
      deadline(entry, old, 'start', until).earliestMs <= until.timeMs,
  )
