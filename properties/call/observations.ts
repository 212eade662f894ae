import {
  type Context,
  type History,
  type HistoryEvent,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'

/** What the laws ask of a history, in the words of wrapped functions: calls, runs and batches. */

/** How late, in ms, what should happen at once may be seen: a subject may take a few turns of the event loop. */
export const SOON_MS = 20

/** Calls of the wrapped function. */
export const calls = (h: History): readonly Span[] => h.calls('call')

/** Runs of the function itself. */
export const runs = (h: History): readonly Span[] => h.flights('fn')

export const waitMs = (h: History): number => Number(calls(h)[0]?.start.detail?.waitMs)

export const abortOf = (h: History): HistoryEvent | undefined => h.of('act').find(({ op }) => op === 'abort')

/** The call whose arguments a run got. */
export const callOf = (h: History, run: Span): Span | undefined =>
  calls(h).find(({ start }) => start.value?.id === run.start.value?.id)

/** The runs with the arguments of a call. */
export const runsOf = (h: History, call: Span): readonly Span[] =>
  runs(h).filter(({ start }) => start.value?.id === call.start.value?.id)

/** How many ms lie between two events. */
export const betweenMs = (earlier: HistoryEvent, later: HistoryEvent): number => later.timeMs - earlier.timeMs

/** Whether a call, or a run, was still open at a time. */
export const openAtMs = (span: Span, ms: number): boolean =>
  span.start.timeMs <= ms && (span.end === undefined || span.end.timeMs >= ms)

/** Whether some run was under way at a time: a subject may run one after the other. */
export const busyAtMs = (h: History, ms: number): boolean => runs(h).some((run) => openAtMs(run, ms))

/**
 * When it was decided with which arguments to run, at the latest. A subject that runs one after the other may keep a run
 * back that was due.
 */
function decidedMs(h: History, run: Span): number {
  const { start } = run
  const held = runs(h).some(
    (other) => other.start.seq < start.seq && !(other.end && betweenMs(other.end, start) > SOON_MS),
  )
  const call = callOf(h, run)
  return held && call ? Math.min(start.timeMs, call.start.timeMs + waitMs(h)) : start.timeMs
}

/** The last call that certainly came before a run was decided on: one that came just before it may be too late for it. */
export function lastBefore(h: History, run: Span): Span | undefined {
  const beforeMs = decidedMs(h, run) - SOON_MS
  return calls(h).findLast(({ start }) => start.seq < run.start.seq && start.timeMs < beforeMs)
}

/** Whether a run got the arguments of the last call before it, as far as anybody can say. */
export function hasLastArguments(h: History, run: Span): boolean {
  const call = callOf(h, run)
  const last = lastBefore(h, run)
  return call !== undefined && call.start.seq < run.start.seq && !(last && last.start.seq > call.start.seq)
}

/**
 * Calls that follow one another at less than the wait, in groups. Undefined where a gap is so close to the wait that
 * nobody can say whether it ends a batch.
 */
export function batches(h: History): readonly (readonly Span[])[] | undefined {
  const all: Span[][] = []
  let last: Span | undefined
  for (const call of calls(h)) {
    const gapMs = last ? betweenMs(last.start, call.start) : Infinity
    if (Math.abs(gapMs - waitMs(h)) <= SOON_MS) return undefined
    if (gapMs < waitMs(h)) all.at(-1)!.push(call)
    else all.push([call])
    last = call
  }
  return all
}

/** A call that came while the function ran: to some subjects it belongs to that run. */
export const joining = (h: History): Span | undefined =>
  calls(h).find(({ start }) =>
    runs(h).some((run) => openAt(run, start) || (run.end?.step === start.step && run.start.seq < start.seq)),
  )

/** Whether it is documented that a call of this history belongs to no batch. */
export const isJoined = (h: History, { policy, traits }: Context<CallPolicy>): boolean =>
  traits.debounce === true && policy.whileRunning === 'joins' && joining(h) !== undefined

export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'
export const fulfilled = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'

/** Whether a rejection is not the reason that should be passed on. That `null` is one has a law of its own. */
export const hidesReason = (
  { abort: declared }: CallPolicy,
  abort: HistoryEvent,
  end: HistoryEvent | undefined,
): boolean => declared === 'reason' && abort.value?.text !== 'null' && !same(end?.value, abort.value)
