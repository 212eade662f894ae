import {
  type Blame,
  blame,
  type Context,
  firstBlame,
  type History,
  type HistoryEvent,
  type Span,
} from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'
import { attempts, type Standing, standing } from './model.js'

/** What a history shows of a future, in the terms that the laws share. */

export type FutureContext = Context<FuturePolicy>

export const thens = (h: History): readonly Span[] => h.calls('then')

/** Runs of handlers of `then`. */
export const tellings = (h: History): readonly HistoryEvent[] =>
  h.of('handler').filter(({ op }) => op !== 'callback')

/** Runs of callbacks. */
export const callbackRuns = (h: History): readonly HistoryEvent[] =>
  h.of('handler').filter(({ op }) => op === 'callback')

/** Where the future should stand just before an event. */
export const standingAt = (h: History, { policy }: FutureContext, { seq }: HistoryEvent): Standing =>
  standing(h.events, policy, seq)

/** How a program settles the future: the first attempt, and what comes after it. */
export interface Course {
  readonly first: HistoryEvent | undefined
  /** Attempts to resolve or reject that come after the first attempt. */
  readonly again: readonly HistoryEvent[]
  /** Cancels that come after the first attempt. */
  readonly cancels: readonly HistoryEvent[]
  /** Resolved with a thenable, and that is adopted. */
  readonly adopting: boolean
}

export function course(h: History, { policy }: FutureContext): Course {
  const [first, ...later] = attempts(h.events)
  return {
    first,
    again: later.filter(({ op }) => op !== 'cancel'),
    cancels: later.filter(({ op }) => op === 'cancel'),
    adopting: policy.adopts && first?.op === 'resolve' && first.detail?.ref !== undefined,
  }
}

/** Whether the future is locked in at an event. */
export const lockedAt = (h: History, context: FutureContext, event: HistoryEvent): boolean =>
  standingAt(h, context, event).lockedIn

/** What is wrong with what subscribers of `then` are told, if anything is. */
export function mistold(h: History, context: FutureContext, calls = thens(h)): Blame | undefined {
  return firstBlame(calls, (call) => {
    const runs = h.handlers(call)
    const wrong = firstBlame(runs, (run) => wrongly(h, run, standingAt(h, context, run), context))
    if (wrong) return wrong
    if (runs.length > 1) return blame(`${call.actor} is told twice`, ...runs)
    const silent = h.of('deadlock').find(({ id }) => id === call.id)
    return silent && blame(`${call.actor} is never told`, standing(h.events, context.policy).by, call.start)
  })
}

function wrongly(h: History, run: HistoryEvent, due: Standing, { policy }: FutureContext): Blame | undefined {
  if (due.unsure || due.muted) return undefined
  const told = `${run.actor} is told ${run.op === 'onFulfilled' ? 'fulfilled' : 'rejected'} ${run.value?.text}`
  if (due.state === 'pending') return blame(`${told} while it is pending`, due.by, run)
  if (due.state === 'cancelled' && policy.cancelled === 'never')
    return blame(`${told} after the cancel`, due.by, run)
  return meets(due, run.op === 'onFulfilled', run, policy)
    ? undefined
    : blame(`${told}, but it is ${outcomeText(h, due)}`, due.by, run)
}

/** How an expected outcome reads: `rejected with Error('e1')`. */
export function outcomeText(h: History, { state, outcome }: Standing): string {
  const text = h.events.find(({ value }) => outcome !== undefined && value?.id === outcome)?.value?.text
  return text === undefined ? state : `${state} with ${text}`
}

/** Whether an outcome is the one that is due. */
export function meets(
  due: Standing,
  fulfilled: boolean,
  { value }: HistoryEvent,
  { cancelReason }: FuturePolicy,
): boolean {
  if (fulfilled !== (due.state === 'fulfilled')) return false
  // Of a cancel without a reason the reason is the subject's, and a law of its own looks at it.
  const free = due.state === 'cancelled' && (due.outcome === undefined || cancelReason === 'own-error')
  return free || value?.id === due.outcome
}

/** A read of `state` or `result`, with where the future should stand then. */
export interface Reading {
  readonly call: Span
  /** What it answered. */
  readonly end: HistoryEvent
  readonly due: Standing
  /** Whether some subscriber had been told: from then on nobody can say that it was not settled yet. */
  readonly known: boolean
}

export function readings(h: History, context: FutureContext, op: 'state' | 'result'): readonly Reading[] {
  const [told] = h.of('handler')
  return h.calls(op).flatMap((call) => {
    const due = standingAt(h, context, call.start)
    if (!call.end || due.unsure) return []
    return [{ call, end: call.end, due, known: told !== undefined && told.seq < call.start.seq }]
  })
}

/** The excuse of a law about an optional member. */
export const needs =
  (member: 'state' | 'result' | 'onSettled' | 'cancel') =>
  ({ traits }: FutureContext): true | string =>
    traits[member] || `the subject has no \`${member}\``
