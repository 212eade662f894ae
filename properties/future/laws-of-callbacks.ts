import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
} from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'
import { callbackRuns, type FutureContext, needs, standingAt, tellings } from './observed.js'

const kit = (claim: string) => ({ kind: 'kit' as const, why: `docs/future.md#${claim}` })

const registrations = (h: History): readonly Span[] => h.calls('onSettled')

/** Whether a callback was registered when there was an outcome already. */
const late = (h: History, context: FutureContext, { start }: Span): boolean =>
  standingAt(h, context, start).state !== 'pending'

/** The first run of each callback. */
const firstRuns = (h: History): readonly HistoryEvent[] =>
  callbackRuns(h).filter((run, index, all) => all.findIndex(({ id }) => id === run.id) === index)

/**
 * Runs of callbacks that were registered before there was an outcome, or after one was known. Between the two a subject
 * may take a callback for either.
 */
const inTurn = (h: History, context: FutureContext, when: 'early' | 'late'): readonly HistoryEvent[] =>
  firstRuns(h).filter((run) => {
    const call = registrations(h).find(({ id }) => id === run.id)
    if (!call) return false
    const [told] = h.of('handler')
    return when === 'early' ? !late(h, context, call) : told !== undefined && told.seq < call.start.seq
  })

/** A run that comes before one whose callback was registered earlier. */
const overtaking = (runs: readonly HistoryEvent[], others = runs): Blame | undefined =>
  firstBlame(runs, (run) => {
    const overtaken = others.find(({ seq, id }) => seq > run.seq && (id ?? 0) < (run.id ?? 0))
    return overtaken && blame('this callback was registered later and runs earlier', run, overtaken)
  })

/** Callbacks that wait for ever. */
const silent = (h: History): readonly Span[] =>
  registrations(h).filter((call) => h.of('deadlock').some(({ id }) => id === call.id))

const throwing = (h: History) => h.of('handler').filter(({ detail }) => detail?.throws !== undefined)

const neverCalled = (h: History, calls: readonly Span[]): Blame | undefined =>
  throwing(h).length > 0
    ? undefined
    : firstBlame(calls, ({ start }) => blame(`this callback of ${start.actor} is never called`, start))

export const lawsOfCallbacks: Laws<FuturePolicy> = {
  'every-callback-is-called': {
    level: 'required',
    statement: 'Once there is an outcome, every callback registered before is called.',
    source: kit('every-callback-is-called'),
    hint: 'Call them on every way out: fulfilled, rejected, cancelled, and after a thenable.',
    appliesWhen: needs('onSettled'),
    exercised: (h, context) =>
      callbackRuns(h).length > 0 && registrations(h).some((call) => !late(h, context, call)),
    violation: (h, context) =>
      neverCalled(
        h,
        silent(h).filter((call) => !late(h, context, call)),
      ),
  },
  'late-callbacks-are-called': {
    level: 'required',
    statement: 'A callback that is registered when there is an outcome already is called too.',
    source: kit('late-callbacks-are-called'),
    hint: 'If it is settled, schedule the callback; do not push it on a list that nobody will read again.',
    appliesWhen: needs('onSettled'),
    exercised: (h, context) => registrations(h).some((call) => late(h, context, call)),
    violation: (h, context) =>
      neverCalled(
        h,
        silent(h).filter((call) => late(h, context, call)),
      ),
  },
  'callbacks-wait-for-the-outcome': {
    level: 'required',
    statement: 'No callback runs before there is an outcome.',
    source: kit('callbacks-wait-for-the-outcome'),
    hint: 'Locked in is not settled: call back when the thenable has settled, not when it was handed over.',
    appliesWhen: needs('onSettled'),
    exercised: (h) => registrations(h).length > 0,
    violation: (h, context) =>
      firstBlame(callbackRuns(h), (run) => {
        const { state, by } = standingAt(h, context, run)
        return state === 'pending' && blame(`${run.actor}'s callback runs while it is pending`, by, run)
      }),
  },
  'callbacks-run-in-order': {
    level: 'required',
    statement:
      'Callbacks run in the order of registration: those that wait for the outcome, and those that find it known.',
    source: kit('callbacks-run-in-order'),
    hint: 'A queue, first in first out: neither `pop` nor `unshift`.',
    appliesWhen: needs('onSettled'),
    exercised: (h, context) => inTurn(h, context, 'early').length + inTurn(h, context, 'late').length > 1,
    violation: (h, context) =>
      overtaking(inTurn(h, context, 'early')) ?? overtaking(inTurn(h, context, 'late')),
  },
  'late-callbacks-do-not-overtake': {
    level: 'recommended',
    statement: 'A callback that finds the outcome settled does not run before one that waited for it.',
    source: kit('late-callbacks-do-not-overtake'),
    hint: 'Serve late callbacks by the same queue as early ones.',
    appliesWhen: needs('onSettled'),
    exercised: (h, context) =>
      inTurn(h, context, 'early').length > 0 && firstRuns(h).length > inTurn(h, context, 'early').length,
    violation: (h, context) => {
      const early = inTurn(h, context, 'early')
      return overtaking(
        firstRuns(h).filter((run) => !early.includes(run)),
        early,
      )
    },
  },
  'callbacks-run-once': {
    level: 'required',
    statement: 'No callback runs twice.',
    source: kit('callbacks-run-once'),
    hint: 'Empty the list before calling what was on it.',
    appliesWhen: needs('onSettled'),
    exercised: (h) => callbackRuns(h).length > 0,
    violation: (h) =>
      firstBlame(registrations(h), (call) => {
        const [first, again] = h.handlers(call)
        return again && blame(`${call.actor}'s callback runs again`, first, again)
      }),
  },
  'callbacks-run-asynchronously': {
    level: 'required',
    statement: 'No callback runs inside the call that registers it, or inside one that settles the future.',
    source: kit('callbacks-run-asynchronously'),
    hint: 'Schedule with `queueMicrotask`, also when it is settled already.',
    appliesWhen: needs('onSettled'),
    exercised: (h) => callbackRuns(h).length > 0,
    violation: (h) =>
      firstBlame(callbackRuns(h), (run) => {
        const caller = h.events.findLast(({ seq, type }) => seq < run.seq && type === 'call')
        return run.detail?.busy === true && blame(`it runs inside \`${caller?.op}\``, caller, run)
      }),
  },
  'an-error-in-a-callback-reaches-no-other': {
    level: 'required',
    statement: 'What a callback throws is swallowed or reported to the host: nobody else feels it.',
    source: kit('an-error-in-a-callback-reaches-no-other'),
    hint: 'One job for each callback, or a `try` around each: a plain loop stops at the first error.',
    appliesWhen: needs('onSettled'),
    exercised: (h) => callbackRuns(h).length > 1 && throwing(h).some(({ op }) => op === 'callback'),
    violation: (h) =>
      firstBlame(throwing(h), (run) => {
        const felt = feels(h, Number(run.detail?.throws), run.id)
        if (felt) return blame(`${felt.actor} is handed the error of another's callback`, run, felt)
        const lost = run.op === 'callback' && h.of('deadlock').find(({ id }) => id !== run.id)
        return lost && blame(`after the error in this callback ${lost.actor} is never told`, run, lost)
      }),
  },
}

/** Somebody other than the thrower who is given what it threw: a caller, or a subscriber. */
const feels = (h: History, thrown: number, thrower: number | undefined) =>
  h
    .of('return')
    .find(({ id, outcome, value }) => id !== thrower && outcome === 'threw' && value?.id === thrown) ??
  tellings(h).find(({ value }) => value?.id === thrown)
