import { type Context, type History, type HistoryEvent, type Span, settledAs } from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'

/** What the laws ask of a history, in the words of locks: waits, holds, permits, and who left the queue. */

/** How late, in ms, what should happen at once may be seen: a subject may take a few turns of the event loop. */
export const SOON_MS = 20

/** A permit in somebody's hands: from when that is known until it is given back. */
export interface Hold {
  /** The call that asked for it. */
  readonly call: Span
  readonly start: HistoryEvent
  readonly end: HistoryEvent | undefined
}

export const acquires = (h: History): readonly Span[] => h.calls('acquire')
export const runs = (h: History): readonly Span[] => h.calls('run')
export const releases = (h: History): readonly Span[] => h.calls('release')

/** What a run runs: its calls, of which there should be one. */
export const workOf = (h: History, { start }: Span): readonly Span[] => h.flights(String(start.detail?.from))

/** Whether a hold ended well: it was released, or its work succeeded. */
export const succeeded = ({ end }: Hold): boolean =>
  end !== undefined && (end.type === 'call' || settledAs(end) === 'fulfilled')

/** Whether a hold was that of work which failed. */
export const failed = ({ end }: Hold): boolean => end?.type === 'settle' && settledAs(end) === 'rejected'

/** What all laws ask of a history: worked out once. */
interface Ledger {
  readonly asks: readonly Span[]
  readonly holds: readonly Hold[]
  readonly holdOf: ReadonlyMap<Span, Hold>
  readonly abortOf: ReadonlyMap<Span, HistoryEvent>
  strandings?: readonly Stranding[]
}

const ledgers = new WeakMap<History, Ledger>()

function ledger(h: History): Ledger {
  const known = ledgers.get(h)
  if (known) return known
  const acquired = acquires(h).flatMap((call): Hold[] => {
    if (!call.end || settledAs(call.end) !== 'fulfilled') return []
    const release = releases(h).find(({ start }) => start.detail?.of === call.id)
    return [{ call, start: call.end, end: release?.start }]
  })
  const worked = runs(h).flatMap((call) =>
    workOf(h, call).map(({ start, end }): Hold => ({ call, start, end })),
  )
  const all = [...acquired, ...worked].sort((a, b) => a.start.seq - b.start.seq)
  const aborts = new Map(h.of('act').map((event) => [event.op, event]))
  const abortOf = new Map<Span, HistoryEvent>()
  for (const call of acquires(h)) {
    const abort = aborts.get(`abort ${call.start.detail?.signal}`)
    if (abort) abortOf.set(call, abort)
  }
  const made: Ledger = {
    asks: [...acquires(h), ...runs(h)].sort((a, b) => a.start.seq - b.start.seq),
    holds: all,
    holdOf: new Map(all.toReversed().map((hold) => [hold.call, hold])),
    abortOf,
  }
  ledgers.set(h, made)
  return made
}

/** Everyone who asks for a permit. */
export const asks = (h: History): readonly Span[] => ledger(h).asks

/** Every permit that was had, in the order in which that became known. */
export const holds = (h: History): readonly Hold[] => ledger(h).holds

/** The hold that a call got, if it got one. */
export const holdOf = (h: History, call: Span): Hold | undefined => ledger(h).holdOf.get(call)

/** When the signal of a call aborted; before the call, perhaps. */
export const abortOf = (h: History, call: Span): HistoryEvent | undefined => ledger(h).abortOf.get(call)

/** A limit in ms, as the subject was given it; undefined where it has none. */
export const timeoutMs = (h: History): number | undefined =>
  h.of('call')[0]?.detail?.timeoutMs as number | undefined

/** How many permits the subject was made with. */
export const permits = (h: History): number => Number(h.of('call')[0]?.detail?.permits)

/** The hold that a release gives back. */
const heldBy = (h: History, { start }: Span): Hold | undefined =>
  holds(h).find(({ call }) => call.id === start.detail?.of)

/** How long a hold has lasted at an event. */
const lastedMs = ({ start }: Hold, now: HistoryEvent): number => now.timeMs - start.timeMs

/** Releases of what was given back already. */
export const repeatedReleases = (h: History): readonly Span[] =>
  releases(h).filter((release) => {
    const hold = heldBy(h, release)
    return hold !== undefined && hold.end !== release.start
  })

/** Releases of what was given back already, or of what a time-out may have taken away by then. */
export const overReleases = (h: History, { policy }: Context<LockPolicy>): readonly Span[] =>
  releases(h).filter((release) => {
    const hold = heldBy(h, release)
    if (!hold) return false
    return hold.end !== release.start || lastedMs(hold, release.start) >= limitMs(h, policy) - SOON_MS
  })

/** How long anybody may hold a permit. */
const limitMs = (h: History, policy: LockPolicy): number =>
  policy.timeout === 'releases-holder' ? (timeoutMs(h) ?? Infinity) : Infinity

/** Who holds a permit right after an event, of those who have not held theirs for longer than this. */
const holdersAt = (h: History, now: HistoryEvent, limit: number): readonly Hold[] =>
  holds(h).filter(
    (hold) =>
      hold.start.seq <= now.seq &&
      (hold.end === undefined || hold.end.seq > now.seq) &&
      lastedMs(hold, now) < limit,
  )

/** How many permits there are, where each of these over-releases that came before has added one if that is documented. */
const permitsAt = (h: History, { policy }: Context<LockPolicy>, added: readonly Span[], now: HistoryEvent) =>
  permits(h) + (policy.overRelease === 'grows' ? added.filter(({ start }) => start.seq < now.seq).length : 0)

/** By how many the holders certainly outnumber the permits right after an event; below zero some may be free. */
export const surplus = (h: History, context: Context<LockPolicy>, now: HistoryEvent): number =>
  holdersAt(h, now, limitMs(h, context.policy) - SOON_MS).length -
  permitsAt(h, context, overReleases(h, context), now)

/** Whether certainly no permit is free right after an event. */
export const isFull = (h: History, context: Context<LockPolicy>, now: HistoryEvent): boolean =>
  surplus(h, context, now) >= 0

/** Whether certainly a permit is free right after an event. */
export const isFree = (h: History, context: Context<LockPolicy>, now: HistoryEvent): boolean =>
  holdersAt(h, now, limitMs(h, context.policy)).length < permitsAt(h, context, repeatedReleases(h), now)

/** Whether a waiter was rejected without ever having had a permit. */
export const leftWithout = (h: History, call: Span): boolean =>
  settledAs(call.end) === 'rejected' && !holdOf(h, call)

/** When a waiter left the queue, or should have: its signal aborted, or it was told that its time is up. */
export function departure(h: History, call: Span): HistoryEvent | undefined {
  const abort = abortOf(h, call)
  const hold = holdOf(h, call)
  if (abort && !(hold && hold.start.seq < abort.seq)) return abort.seq < call.start.seq ? call.start : abort
  return leftWithout(h, call) ? call.end : undefined
}

/** Those who wait at an event: they have called and are neither served nor gone. */
export const waitingAt = (h: History, now: HistoryEvent): readonly Span[] =>
  asks(h).filter((call) => {
    const over = holdOf(h, call)?.start ?? departure(h, call)
    return call.start.seq < now.seq && (over === undefined || over.seq > now.seq)
  })

/** A waiter who is never served although nobody holds anything any more, and the hold that ended last before that. */
export interface Stranding {
  readonly call: Span
  /** Where that shows: nothing can move any more, or the waiter's own time is up. */
  readonly event: HistoryEvent
  readonly last: Hold
}

/** Everyone who is never served although every permit was given back. */
export function strandings(h: History): readonly Stranding[] {
  const all = ledger(h)
  all.strandings ??= asks(h).flatMap((call) => {
    const event = leftWithout(h, call) ? call.end : h.of('deadlock').find(({ id }) => id === call.id)
    if (!event || holdOf(h, call) || abortOf(h, call)) return []
    const had = holds(h).filter(({ start }) => start.seq < event.seq)
    if (had.length === 0 || had.some(({ end }) => !end || end.seq > event.seq)) return []
    const last = had.reduce((a, b) => (a.end!.seq > b.end!.seq ? a : b))
    const sinceMs = Math.max(last.end!.timeMs, call.start.timeMs)
    return event.type === 'deadlock' || event.timeMs - sinceMs > SOON_MS ? [{ call, event, last }] : []
  })
  return all.strandings
}

/** Those who left the queue after having called, and before or after the last hold of a stranding ended. */
export const departuresBefore = (h: History, { last, call }: Stranding): readonly Span[] =>
  departed(h, call).filter((other) => departure(h, other)!.seq < last.end!.seq)

export const departuresAfter = (h: History, { last, call, event }: Stranding): readonly Span[] =>
  departed(h, call).filter((other) => {
    const left = departure(h, other)!
    return other.start.seq < last.end!.seq && left.seq > last.end!.seq && left.seq < event.seq
  })

const departed = (h: History, except: Span): readonly Span[] =>
  asks(h).filter((call) => call !== except && departure(h, call) !== undefined)
