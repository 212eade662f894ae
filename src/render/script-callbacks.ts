import type { HistoryEvent } from '../core/history.js'
import type { Telling } from './telling.js'

/** Whether the world itself called a source in the set-up, to hand over what it gave. */
export function isAhead({ type, actor, step, seq }: HistoryEvent, history: readonly HistoryEvent[]): boolean {
  if (type !== 'start' || step > 0) return false
  const handed = history.find(({ type, code }) => type === 'call' && code?.includes(`(${actor}())`))
  return handed !== undefined && handed.seq > seq
}

/** The callback inside which a call was made, and how often that one had run. */
export function placeOf(
  call: HistoryEvent,
  history: readonly HistoryEvent[],
  telling: Telling,
): string | undefined {
  const around = history.findLast(
    ({ type, seq, step }) => seq < call.seq && step === call.step && (type === 'handler' || type === 'start'),
  )
  if (!around || around.type === 'start') return around && telling.tell(around).lane
  const runs = history.filter(
    ({ type, actor, op, seq }) =>
      type === 'handler' && actor === around.actor && op === around.op && seq <= around.seq,
  )
  return `${around.actor}'s ${around.op} #${runs.length}`
}
