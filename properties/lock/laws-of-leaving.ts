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
  acquires,
  asks,
  departure,
  departuresAfter,
  departuresBefore,
  holdOf,
  holds,
  isFull,
  leftWithout,
  permits,
  SOON_MS,
  type Stranding,
  strandings,
  timeoutMs,
} from './observations.js'

const byAbort = (traits: Context['traits'], { signal }: LockPolicy): true | string =>
  traits.acquire && signal === 'supported'
    ? true
    : 'the subject takes no signal (`signal: unsupported`, or no `acquire`)'

const byTime = (wanted: LockPolicy['timeout'], { timeout }: LockPolicy): true | string =>
  timeout === wanted || `documented otherwise (\`timeout: ${timeout}\`)`

/** Leaving the queue, and losing a permit, before one's turn is over. */
export const lawsOfLeaving: Laws<LockPolicy> = {
  'an-aborted-waiter-is-rejected': {
    level: 'required',
    statement: 'A waiter whose signal aborts is rejected at once, and does not get a permit after that.',
    source: { kind: 'kit', why: 'docs/lock.md#an-aborted-waiter-is-rejected' },
    hint: 'Listen for `abort` while waiting, take the waiter out of the queue and reject it.',
    appliesWhen: ({ traits, policy }) => byAbort(traits, policy),
    exercised: (h, context) => acquires(h).some((call) => abortedInQueue(h, context, call)),
    violation: (h, context) =>
      firstBlame(acquires(h), (call) => {
        const abort = abortedInQueue(h, context, call)
        if (!abort || rejectedSoon(h, call, abort.timeMs)) return undefined
        return blame(`${call.actor} should have been rejected`, abort, call.end ?? h.events.at(-1))
      }),
  },
  'an-aborted-signal-does-not-wait': {
    level: 'required',
    statement:
      'Who comes with a signal that has aborted, and finds no permit free, is rejected instead of waiting.',
    source: { kind: 'kit', why: 'docs/lock.md#an-aborted-signal-does-not-wait' },
    hint: 'Ask for `signal.aborted` first: no `abort` event comes any more.',
    appliesWhen: ({ traits, policy }) => byAbort(traits, policy),
    exercised: (h, context) =>
      acquires(h).some((call) => abortedBefore(h, call) && isFull(h, context, call.start)),
    violation: (h, context) =>
      firstBlame(acquires(h), (call) => {
        if (!abortedBefore(h, call) || !isFull(h, context, call.start)) return undefined
        return rejectedSoon(h, call, call.start.timeMs)
          ? undefined
          : blame(`${call.actor} waits with a signal that has aborted`, call.start, call.end)
      }),
  },
  'an-aborted-waiter-leaves-the-queue': {
    level: 'required',
    statement: 'A waiter that was aborted does not take a permit that comes free later.',
    source: { kind: 'kit', why: 'docs/lock.md#an-aborted-waiter-leaves-the-queue' },
    hint: 'Rejecting the promise is not enough: take its entry out of the queue as well.',
    appliesWhen: ({ traits, policy }) => byAbort(traits, policy),
    exercised: (h) =>
      holds(h).some(({ end }) =>
        acquires(h).some((call) => {
          const left = abortOf(h, call) && departure(h, call)
          return end !== undefined && left !== undefined && left.seq < end.seq
        }),
      ),
    violation: (h) => strandedBy(h, departuresBefore, (call) => abortOf(h, call) !== undefined),
  },
  'a-timed-out-waiter-is-rejected': {
    level: 'required',
    statement: 'A waiter whose time is up is rejected: not earlier, and not much later.',
    source: { kind: 'kit', why: 'docs/lock.md#a-timed-out-waiter-is-rejected' },
    hint: 'Start the timer when the waiter joins the queue, and clear it when it is served.',
    appliesWhen: ({ policy }) => byTime('rejects-waiter', policy),
    exercised: (h) => asks(h).some((call) => waitedOut(h, call)),
    violation: (h) =>
      firstBlame(asks(h), (call) => {
        const limitMs = timeoutMs(h)
        if (limitMs === undefined || abortOf(h, call)) return undefined
        const early = leftWithout(h, call) && call.end!.timeMs - call.start.timeMs < limitMs - 1
        if (early) return blame(`${call.actor} had ${limitMs} ms`, call.start, call.end)
        const over = earliest(holdOf(h, call)?.start, call.end) ?? h.events.at(-1)!
        return over.timeMs - call.start.timeMs > limitMs + SOON_MS
          ? blame(`the ${limitMs} ms of ${call.actor} are over`, call.start, over)
          : undefined
      }),
  },
  'a-timed-out-waiter-leaves-the-queue': {
    level: 'required',
    statement: 'A waiter whose time was up does not take a permit that comes free later.',
    source: { kind: 'kit', why: 'docs/lock.md#a-timed-out-waiter-leaves-the-queue' },
    hint: 'Rejecting the promise is not enough: take its entry out of the queue as well.',
    appliesWhen: ({ policy }) => byTime('rejects-waiter', policy),
    exercised: (h) =>
      holds(h).some(({ end }) =>
        asks(h).some((call) => end && waitedOut(h, call) && call.end!.seq < end.seq),
      ),
    violation: (h) => strandedBy(h, departuresBefore, (call) => waitedOut(h, call)),
  },
  'no-wake-up-is-lost': {
    level: 'required',
    statement: 'A permit that was on its way to a waiter who leaves at that moment goes to the next one.',
    source: { kind: 'kit', why: 'docs/lock.md#no-wake-up-is-lost' },
    hint: 'A waiter that was woken and leaves all the same has to give its permit back, or pass it on.',
    appliesWhen: ({ traits, policy }) => policy.timeout === 'rejects-waiter' || byAbort(traits, policy),
    exercised: (h) =>
      holds(h).some(({ end }) =>
        asks(h).some((call) => {
          const left = end && call.start.seq < end.seq ? (abortOf(h, call) ?? departure(h, call)) : undefined
          return left !== undefined && left.seq > end!.seq && left.timeMs - end!.timeMs <= 1
        }),
      ),
    violation: (h) => strandedBy(h, departuresAfter, () => true),
  },
  'a-holder-that-takes-too-long-is-relieved': {
    level: 'required',
    statement: 'A permit that was held for longer than is allowed goes to whoever waits for it.',
    source: { kind: 'kit', why: 'docs/lock.md#a-holder-that-takes-too-long-is-relieved' },
    hint: 'The subject declares `timeout: releases-holder`: start a timer with the hold and release when it fires.',
    appliesWhen: ({ policy }) => byTime('releases-holder', policy),
    exercised: (h) =>
      holds(h).some(({ start, end }) => {
        const limitMs = timeoutMs(h) ?? Infinity
        const lastMs = (end ?? h.events.at(-1)!).timeMs - start.timeMs
        return lastMs > limitMs + SOON_MS && asks(h).some((call) => waits(h, call, start.timeMs + limitMs))
      }),
    violation: (h) => firstBlame(asks(h), (call) => unrelieved(h, call)),
  },
}

/** When the signal of a waiter aborted while it waited and no permit was free; undefined if that never was so. */
function abortedInQueue(h: History, context: Context<LockPolicy>, call: Span): HistoryEvent | undefined {
  const abort = abortOf(h, call)
  if (!abort || abort.seq < call.start.seq) return undefined
  return departure(h, call) === abort && isFull(h, context, abort) && !(call.end && call.end.seq < abort.seq)
    ? abort
    : undefined
}

const earliest = (a: HistoryEvent | undefined, b: HistoryEvent | undefined): HistoryEvent | undefined =>
  a && b ? (a.seq < b.seq ? a : b) : (a ?? b)

const abortedBefore = (h: History, call: Span): boolean =>
  (abortOf(h, call)?.seq ?? Infinity) < call.start.seq

const rejectedSoon = (h: History, call: Span, fromMs: number): boolean =>
  leftWithout(h, call) && call.end!.timeMs - fromMs <= SOON_MS

/** Whether a waiter was rejected when its time was up. */
function waitedOut(h: History, call: Span): boolean {
  const limitMs = timeoutMs(h) ?? Infinity
  return leftWithout(h, call) && !abortOf(h, call) && call.end!.timeMs - call.start.timeMs >= limitMs - 1
}

/** Blames a wait that goes on after the time of a holder was up. */
function unrelieved(h: History, call: Span) {
  const over = earliest(holdOf(h, call)?.start, call.end) ?? h.events.at(-1)!
  const limitMs = timeoutMs(h) ?? Infinity
  for (let seq = call.start.seq + 1; seq <= over.seq; seq++) {
    const now = h.events[seq]!
    const had = holds(h).filter(({ start }) => start.seq < now.seq)
    const given = had.flatMap(({ end }) => (end && end.seq < now.seq ? [end.timeMs] : []))
    const untilMs = had
      .filter(({ end }) => !end || end.seq >= now.seq)
      .map(({ start }) => start.timeMs + limitMs)
      .sort((a, b) => a - b)
    // So many must have been relieved before one permit is free.
    const freeMs = Math.max(untilMs[untilMs.length - permits(h)] ?? Infinity, ...given)
    if (now.timeMs - Math.max(freeMs, call.start.timeMs) > SOON_MS)
      return blame(`${call.actor} waits on after ${freeMs} ms`, call.start, now)
  }
  return undefined
}

/** Whether a call that came before a time was not served before it. */
const waits = (h: History, call: Span, ms: number): boolean =>
  call.start.timeMs < ms && (holdOf(h, call)?.start ?? call.end ?? h.events.at(-1)!).timeMs >= ms

/** Blames a wait for ever on those who left the queue. */
const strandedBy = (
  h: History,
  who: (h: History, stranding: Stranding) => readonly Span[],
  matters: (call: Span) => boolean,
) =>
  firstBlame(strandings(h), (stranding) => {
    const gone = who(h, stranding).find(matters)
    const { call, last, event } = stranding
    return (
      gone &&
      blame(`${call.actor} waits on: the permit went to ${gone.actor}`, departure(h, gone), last.end, event)
    )
  })
