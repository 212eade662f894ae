import type { HistoryEvent, World } from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'

/**
 * Where a future should stand at an instant, by what had been done to it before: a pure function of the history, which
 * never reads what the subject said.
 */
export interface Standing {
  readonly state: 'pending' | 'fulfilled' | 'rejected' | 'cancelled'
  /** The value or reason; undefined while pending, and of a cancel without a reason. */
  readonly outcome?: number
  /** Pending, and waiting for a thenable. */
  readonly lockedIn: boolean
  /** The settling or cancel that decided it. */
  readonly by?: HistoryEvent
  /** Since when it is so: position in the history. */
  readonly since: number
  /** The cancel after the settlement that made it mute, where that is declared. */
  readonly muted?: HistoryEvent
  /**
   * A cancel came after the thenable had settled and before anybody was told: the subject may or may not have heard by
   * then, and what a cancel does may depend on that.
   */
  readonly unsure: boolean
}

const PENDING: Standing = { state: 'pending', lockedIn: false, since: -1, unsure: false }

/** What is needed of the policies. */
export type Declared = Pick<FuturePolicy, 'adopts' | 'cancelAfterSettle' | 'cancelLocked'>

/** Calls that settle a future, or try to, in order. */
export const attempts = (events: readonly HistoryEvent[], on = 'd'): readonly HistoryEvent[] =>
  events.filter(
    ({ type, op, detail }) =>
      type === 'call' && detail?.on === on && (op === 'resolve' || op === 'reject' || op === 'cancel'),
  )

/** @param before only events before this position count */
export function standing(
  events: readonly HistoryEvent[],
  declared: Declared,
  before = Number.POSITIVE_INFINITY,
  on = 'd',
): Standing {
  const [first, ...later] = attempts(events, on).filter(({ seq }) => seq < before)
  if (!first) return PENDING
  if (first.op === 'cancel') return cancelled(first, later, declared)
  if (first.op === 'reject') return muting(decided('rejected', first), later, declared)
  const ref = declared.adopts ? first.detail?.ref : undefined
  if (ref === undefined) return muting(decided('fulfilled', first), later, declared)
  const inner = ref === 'other' ? standing(events, declared, before, 'other') : flight(events, ref, before)
  const since = inner.state === 'pending' ? before : Math.max(first.seq, inner.since)
  const cancel = later.find(({ op }) => op === 'cancel')
  const cancels = declared.cancelLocked === 'cancels'
  if (cancel && cancels && cancel.seq < since) return cancelled(cancel, later, declared)
  if (inner.state === 'pending') return { ...PENDING, lockedIn: true, by: first, since: first.seq }
  const settled: Standing = { ...inner, lockedIn: false, by: first, since, unsure: false }
  const late = later.find(({ op, seq }) => op === 'cancel' && seq > since)
  const matters = cancels || declared.cancelAfterSettle === 'mutes'
  const unsure =
    late !== undefined && matters && !events.some((event) => tells(event) && event.seq < late.seq)
  return { ...muting(settled, later, declared), unsure }
}

/** Whether an event shows that the subject has settled: a subscriber runs. */
const tells = ({ type }: HistoryEvent): boolean => type === 'handler'

const decided = (state: Standing['state'], by: HistoryEvent): Standing => ({
  state,
  ...(by.value ? { outcome: by.value.id } : {}),
  lockedIn: false,
  by,
  since: by.seq,
  unsure: false,
})

/** Whether a second cancel mutes the first one is nobody's declaration. */
const cancelled = (by: HistoryEvent, later: readonly HistoryEvent[], declared: Declared): Standing => ({
  ...decided('cancelled', by),
  unsure:
    declared.cancelAfterSettle === 'mutes' && later.some(({ op, seq }) => op === 'cancel' && seq > by.seq),
})

function muting(settled: Standing, later: readonly HistoryEvent[], declared: Declared): Standing {
  if (declared.cancelAfterSettle === 'ignored') return settled
  const muted = later.find(({ op, seq }) => op === 'cancel' && seq > settled.since)
  return muted ? { ...settled, muted } : settled
}

/** How one of the kit's own thenables stands. */
function flight(events: readonly HistoryEvent[], name: unknown, before: number): Standing {
  const end = events.find(({ type, actor, seq }) => type === 'settle' && actor === name && seq < before)
  return end ? decided(end.outcome === 'fulfilled' ? 'fulfilled' : 'rejected', end) : PENDING
}

/** Whether every subscriber must have been told by the end. */
export function owes({ events, context: { policy } }: World<FuturePolicy>): boolean {
  const { state, muted, unsure } = standing(events, policy)
  if (state === 'pending' || muted || unsure) return false
  return state !== 'cancelled' || policy.cancelled === 'reject'
}
