import type { Context, History, HistoryEvent, Span } from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import { SOON_MS } from './observations.js'
import { DONE } from './waiting.js'

/** What the laws ask of a history, in the words of those who wait for an event: what should end a wait, and when. */

/** Those who wait for the event. */
export const waits = (h: History): readonly Span[] => h.calls('next')

/** Events, of one name or of all. */
export const emissions = (h: History, name?: string): readonly HistoryEvent[] =>
  h.of('act').filter(({ op }) => (name ? op === `emit ${name}` : op?.startsWith('emit ')))

/** When the signal of a wait aborted; before the call, perhaps. */
export const abortOf = (h: History, { start }: Span): HistoryEvent | undefined =>
  start.detail?.signal === undefined
    ? undefined
    : h.of('act').find(({ op }) => op === `abort ${start.detail?.signal}`)

/** An `error` event while somebody waits. */
export const errorDuring = (h: History, { start, end }: Span): HistoryEvent | undefined =>
  emissions(h, 'error').find(({ seq }) => seq > start.seq && (!end || seq < end.seq))

/** How long a wait has lasted. */
export const lastMs = (h: History, { start, end }: Span): number =>
  (end ?? h.events.at(-1)!).timeMs - start.timeMs

/** What ends a wait. */
export type Cause = 'event' | 'error' | 'abort' | 'time'

/** Something that should end a wait. */
export interface Happening {
  readonly cause: Cause
  readonly event: HistoryEvent
  readonly timeMs: number
}

/** All that happens after a call and should end its wait, in order. */
function happenings(h: History, { policy }: Context<CallPolicy>, wait: Span): readonly Happening[] {
  const { start } = wait
  const after = ({ seq }: HistoryEvent) => seq > start.seq
  const as = (cause: Cause) => (event: HistoryEvent) => ({ cause, event, timeMs: event.timeMs })
  const abort = abortOf(h, wait)
  const found: Happening[] = [
    ...emissions(h, DONE).filter(after).map(as('event')),
    ...(policy.errorEvent === 'rejects' ? emissions(h, 'error').filter(after).map(as('error')) : []),
    ...(abort
      ? [{ cause: 'abort' as const, event: abort, timeMs: Math.max(abort.timeMs, start.timeMs) }]
      : []),
  ].sort((a, b) => a.event.seq - b.event.seq)
  const limitMs = start.detail?.timeoutMs
  const overMs = typeof limitMs === 'number' ? start.timeMs + limitMs : Infinity
  const index = found.findIndex(({ timeMs }) => timeMs > overMs)
  const end = h.events.at(-1)!
  const over = { cause: 'time' as const, event: start, timeMs: overMs }
  if (overMs > end.timeMs) return found
  return index < 0 ? [...found, over] : found.toSpliced(index, 0, over)
}

/** What ends a wait, if it is of this cause; undefined where it is another one, or where two come so close that either may. */
export function decided(
  h: History,
  context: Context<CallPolicy>,
  wait: Span,
  cause: Cause,
): (HistoryEvent & { readonly dueMs: number }) | undefined {
  const [head, ...rest] = happenings(h, context, wait)
  if (head?.cause !== cause) return undefined
  const rivals = rest.filter((other) => other.cause !== cause && isClose(head, other))
  return rivals.length > 0 ? undefined : { ...head.event, dueMs: head.timeMs }
}

/** Whether two happenings are one moment to a subject that takes a few turns. */
const isClose = (a: Happening, b: Happening): boolean =>
  a.cause === 'time' || b.cause === 'time'
    ? Math.abs(a.timeMs - b.timeMs) <= SOON_MS
    : a.event.step === b.event.step

/** Whether anything that should end a wait came before an event. */
export const first = (
  h: History,
  context: Context<CallPolicy>,
  wait: Span,
  before: HistoryEvent | undefined,
): Happening | undefined =>
  happenings(h, context, wait).find(({ cause, event, timeMs }) =>
    cause === 'time' ? timeMs - 1 <= before!.timeMs : event.seq < before!.seq,
  )

/** Whether a wait ended in such a way as soon as it should. */
export const endsSoon = (
  h: History,
  wait: Span,
  { dueMs }: { readonly dueMs: number },
  way: (wait: Span) => boolean,
): boolean => way(wait) && lastMs(h, wait) + wait.start.timeMs - dueMs <= SOON_MS

/** Whether an abort came while somebody waited, and not before. */
export const isDuring = ({ start }: Span, abort: HistoryEvent | undefined): boolean =>
  abort !== undefined && abort.seq > start.seq
