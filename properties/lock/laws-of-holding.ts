import {
  blame,
  type Context,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
} from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'
import {
  abortOf,
  asks,
  departure,
  departuresAfter,
  departuresBefore,
  type Hold,
  holdOf,
  holds,
  isFree,
  isFull,
  leftWithout,
  overReleases,
  SOON_MS,
  strandings,
  succeeded,
  surplus,
  timeoutMs,
  waitingAt,
} from './observations.js'

/** Who has a permit and who gets the next one. */
export const lawsOfHolding: Laws<LockPolicy> = {
  'never-more-holders-than-permits': {
    level: 'required',
    statement: 'There are never more holders than permits.',
    source: { kind: 'kit', why: 'docs/lock.md#never-more-holders-than-permits' },
    hint: 'Take the permit in the very turn in which it is seen to be free, with no `await` in between.',
    exercised: (h, context) => asks(h).some(({ start }) => isFull(h, context, start)),
    violation: (h, context) =>
      firstBlame(holds(h), (hold) => {
        // With a release too many the fault lies there, and that has a law of its own.
        const apart = context.policy.overRelease === 'grows' ? [] : overReleases(h, context)
        if (apart.some(({ start }) => start.seq < hold.start.seq)) return undefined
        return surplus(h, context, hold.start) > 0
          ? blame(`${hold.call.actor} has a permit and none was free`, hold.start)
          : undefined
      }),
  },
  'serves-in-order': {
    level: 'required',
    statement: 'Nobody overtakes: of those who wait, the one who asked first gets the next permit.',
    source: { kind: 'kit', why: 'docs/lock.md#serves-in-order' },
    hint: 'Hand the permit to the first waiter; do not free it first and let whoever comes take it.',
    appliesWhen: ({ policy }) => policy.order === 'fifo' || 'any order is documented (`order: any`)',
    exercised: (h) => holds(h).some(({ start }) => waitingAt(h, start).length > 0),
    violation: (h, context) =>
      firstBlame(holds(h), (hold) => {
        const earlier = waitingAt(h, hold.start).find((call) => isPassedBy(h, context, call, hold))
        return earlier && blame(`${earlier.actor} asked before ${hold.call.actor}`, earlier.start, hold.start)
      }),
  },
  'a-release-wakes-a-waiter': {
    level: 'required',
    statement: 'A permit that is given back goes to somebody who waits for one.',
    source: { kind: 'kit', why: 'docs/lock.md#a-release-wakes-a-waiter' },
    hint: 'Look into the queue on every release, and wake one waiter for each permit that came back.',
    exercised: (h) => holds(h).some((hold) => succeeded(hold) && waitingAt(h, hold.end!).length > 0),
    violation: (h) =>
      firstBlame(strandings(h), (stranding) => {
        const { call, last, event } = stranding
        // Where somebody left the queue, or the work failed, other laws say what was forgotten.
        const left = departuresBefore(h, stranding).length + departuresAfter(h, stranding).length
        return left === 0 && succeeded(last) && last.end!.seq > call.start.seq
          ? blame(`${call.actor} waits on, and nobody holds a permit`, last.end, event)
          : undefined
      }),
  },
  'everyone-is-served': {
    level: 'required',
    statement: 'When all have given their permits back, everyone who asked has had one.',
    source: { kind: 'kit', why: 'docs/lock.md#everyone-is-served' },
    hint: 'Keep every waiter in a queue; a single slot for "the" waiter loses the one before.',
    exercised: (h, context) =>
      asks(h).some(({ start }) => isFull(h, context, start) && waitingAt(h, start).length > 0),
    violation: (h) =>
      firstBlame(strandings(h), ({ call, last, event }) =>
        blame(`${call.actor} is never served`, call.start, last.end, event),
      ),
  },
  'a-free-permit-is-not-withheld': {
    level: 'recommended',
    statement: 'Nobody waits while a permit is free.',
    source: { kind: 'kit', why: 'docs/lock.md#a-free-permit-is-not-withheld' },
    hint: 'Count the permits: with two of them the second client need not wait for the first.',
    appliesWhen: ({ policy }) =>
      policy.timeout !== 'releases-holder' || 'permits come back by themselves (`timeout: releases-holder`)',
    exercised: (h, context) =>
      asks(h).some(({ start, end }) => isFree(h, context, start) && outlasts(h, start, end)),
    violation: (h, context) => firstBlame(asks(h), (call) => withheld(h, context, call)),
  },
}

/** Whether a call that came earlier should have had the permit that a hold got. */
function isPassedBy(
  h: History,
  context: Context<LockPolicy>,
  call: Span,
  { call: other, start }: Hold,
): boolean {
  if (call === other || call.start.seq > other.start.seq) return false
  // What one way of asking goes through before it stands in the queue may be longer than for another.
  if (call.op !== other.op && call.start.step === other.start.step) return false
  const limitMs = context.policy.timeout === 'rejects-waiter' ? (timeoutMs(h) ?? Infinity) : Infinity
  if (start.timeMs - call.start.timeMs >= limitMs - SOON_MS) return false
  // Another permit may be on its way to the earlier one, unless this was the last.
  return isFull(h, context, start)
}

/** Whether time passes between a call and its answer, or would have if it had been made to wait. */
const outlasts = (h: History, start: HistoryEvent, end: HistoryEvent | undefined): boolean =>
  (end ?? h.events.at(-1)!).seq > start.seq && h.events.at(-1)!.timeMs - start.timeMs > SOON_MS

/** Blames a wait that goes on while a permit is free. */
export function withheld(h: History, context: Context<LockPolicy>, call: Span) {
  if (abortOf(h, call) && !holdOf(h, call)) return undefined
  const over = holdOf(h, call)?.start ?? departure(h, call) ?? h.events.at(-1)!
  if (over.timeMs - call.start.timeMs <= SOON_MS) return undefined
  let since: HistoryEvent | undefined
  for (let seq = call.start.seq; seq <= over.seq; seq++) {
    const now = h.events[seq]!
    if (since && now.timeMs - since.timeMs > SOON_MS) {
      const given = leftWithout(h, call) || !holdOf(h, call) ? 'waits on' : 'is served only now'
      return blame(`${call.actor} ${given}, and a permit was free`, call.start, since, now)
    }
    if (!isFree(h, context, now)) since = undefined
    else since ??= now
  }
  return undefined
}
