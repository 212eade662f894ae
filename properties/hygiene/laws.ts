import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { HygienePolicy } from './contract.js'

const settled = (h: History): readonly Span[] => h.flights().filter(({ end }) => end !== undefined)

/** Calls whose answer should be the outcome of a source that they name. */
const echoes = (h: History): readonly Span[] =>
  h.calls().filter(({ start }) => start.detail?.from !== undefined)

/**
 * The flights that an answer can be the outcome of, where all of them are of one kind: only then is it certain that one
 * of that kind is what was answered.
 */
function decisive(
  h: History,
  { start, end }: Span,
  matters: (flight: Span) => boolean,
): readonly Span[] | undefined {
  if (!end) return undefined
  const flights = h
    .flights(String(start.detail?.from))
    .filter((flight) => flight.start.detail?.key === start.detail?.key)
    .filter((flight) => flight.end !== undefined && flight.end.seq < end.seq)
  return flights.length > 0 && flights.every(matters) ? flights : undefined
}

const decided = (h: History, matters: (flight: Span) => boolean): boolean =>
  echoes(h).some((call) => decisive(h, call, matters))

/** Every outcome of a source reaches a client, whatever the value of it. */
const carried = (h: History, matters: (flight: Span) => boolean) =>
  firstBlame(echoes(h), (call) => {
    const flights = decisive(h, call, matters)
    if (!flights || flights.some((flight) => settledAs(flight.end) === settledAs(call.end))) return undefined
    const { end } = call
    return blame(
      `${end?.actor} was told otherwise: ${end?.outcome} ${end?.value?.text}`,
      flights[0]?.end,
      end,
    )
  })

/** Real timers are nobody's but the platform's: what is left of them is not seen. */
const inRealTime = (h: History): boolean =>
  h.of('act').some(({ op, detail }) => op === 'create' && detail?.real === true)

/** Where time is real, nobody can know whether an answer is only late. */
const patient = ({ detail }: HistoryEvent): boolean => detail?.patient === true

/** Whether a source stayed open for most of a run: it waits for the very subject, or takes longer than the run. */
const waitsForItself = (h: History, event: HistoryEvent): boolean =>
  h.flights().some((flight) => openAt(flight, event) && flight.start.step * 2 < event.step)

const falsyReason = ({ end }: Span): boolean => end?.value?.falsy === true && settledAs(end) === 'rejected'
const falsyValue = ({ end }: Span): boolean => end?.value?.falsy === true && settledAs(end) === 'fulfilled'

/** What a client's own handler threw may be reported to the host: that is a legal way to be rid of it. */
const thrownByClient = (h: History, { value }: HistoryEvent): boolean =>
  h.of('handler').some(({ detail }) => detail?.throws !== undefined && detail.throws === value?.id)

export const laws: Laws<HygienePolicy> = {
  'no-timer-left': {
    level: 'required',
    statement: 'When everything has settled, no timer is left that would keep the process alive.',
    source: { kind: 'kit', why: 'docs/hygiene.md#no-timer-left' },
    hint: 'Clear the timer on every way out, also when the work wins the race, fails or is aborted.',
    needsWorld: "timers that are left over are seen only where the clock is the kit's",
    exercised: (h) =>
      !inRealTime(h) && (settled(h).length > 0 || h.calls().some(({ end }) => end !== undefined)),
    violation: (h) =>
      firstBlame(h.of('timer-left'), (left) =>
        blame(`a timer is left, due at ${left.detail?.dueMs} ms`, left),
      ),
  },
  'no-abort-listener-left': {
    level: 'required',
    statement: 'When everything has settled, no `abort` listener is left on a signal that was handed in.',
    source: { kind: 'kit', why: 'docs/hygiene.md#no-abort-listener-left' },
    hint: 'Remove the listener when the work settles; `{ once: true }` only helps when the signal does abort.',
    needsWorld: 'listeners are counted only on signals of the kit',
    exercised: (h) => h.of('signal').length > 0,
    violation: (h) =>
      firstBlame(h.of('listener-left'), (left) =>
        blame(`${left.detail?.count} listeners are left on ${left.actor}`, left),
      ),
  },
  'no-unhandled-rejection': {
    level: 'required',
    statement: 'No rejection goes unhandled when every promise that a client received was handled.',
    source: { kind: 'ecma-262', clause: '27.2.1.9 HostPromiseRejectionTracker' },
    hint: 'A promise derived inside (by `then` or `finally`) needs a handler of its own, even if it is thrown away.',
    needsWorld: 'who watches a promise handles it',
    exercised: (h) =>
      h.flights().some(({ end }) => settledAs(end) === 'rejected') || h.of('unhandled-rejection').length > 0,
    violation: (h) =>
      firstBlame(h.of('unhandled-rejection'), (event) =>
        thrownByClient(h, event)
          ? undefined
          : blame(`the host reports ${event.value?.text} as unhandled`, event),
      ),
  },
  'no-global-changed': {
    level: 'required',
    statement: 'Using the subject changes no global and no prototype that all programs share.',
    source: { kind: 'kit', why: 'docs/hygiene.md#no-global-changed' },
    hint: 'Keep state in a module or an instance; do not patch built-ins.',
    needsWorld: 'globals are watched only in a world',
    exercised: (h) => h.calls().length > 0,
    violation: (h) =>
      firstBlame(h.of('global-changed'), (event) => blame(`${event.detail?.name} was changed`, event)),
  },
  'no-host-error': {
    level: 'required',
    statement: 'The subject throws no error of its own at the host.',
    source: { kind: 'kit', why: 'docs/hygiene.md#no-host-error' },
    hint: 'An error thrown in a timer or a microtask reaches no caller: reject the promise instead.',
    needsWorld: 'errors at the host are caught only in a world',
    exercised: (h) => h.calls().length > 0,
    violation: (h) =>
      firstBlame(h.of('host-error'), (event) =>
        thrownByClient(h, event) ? undefined : blame(`${event.value?.text} was thrown at the host`, event),
      ),
  },
  'every-client-answered': {
    level: 'required',
    statement: 'Every client gets an answer once everything it depends on has settled.',
    source: { kind: 'kit', why: 'docs/hygiene.md#every-client-answered' },
    hint: 'Some path forgets its waiters: look for an early return, or for a waiter that joins while state is cleared.',
    needsWorld: 'in a live program an answer may still come',
    exercised: (h) => h.calls().length > 0 && !h.of('deadlock').some(patient),
    violation: (h) =>
      firstBlame(h.of('deadlock'), (event) => {
        if (patient(event)) return undefined
        const call = h.calls().find(({ id }) => id === event.id)
        // A source that waits for the very subject has not settled, and then nobody owes an answer.
        const from = call?.start.detail?.from
        if (from !== undefined && h.flights(String(from)).some((flight) => openAt(flight, event)))
          return undefined
        return blame(`${event.actor} still waits and nothing can move any more`, call?.start, event)
      }),
  },
  'no-livelock': {
    level: 'required',
    statement:
      'The subject gives control back: it neither loops, nor floods the microtask queue, nor polls for ever.',
    source: { kind: 'kit', why: 'docs/hygiene.md#no-livelock' },
    hint: 'Something reschedules itself without ever looking whether it is done.',
    judgesCutShort: true,
    needsWorld: 'in a live program nothing is cut short',
    exercised: (h) => h.calls().length > 0,
    violation: (h) =>
      firstBlame([...h.of('hang'), ...h.of('bound')], (event) =>
        event.type === 'hang'
          ? blame('the subject never gave control back', event)
          : !waitsForItself(h, event) && blame(`still busy after ${event.detail?.steps} steps`, event),
      ),
  },
  'answers-once': {
    level: 'required',
    statement: 'A call is answered once.',
    source: { kind: 'promises-aplus', clause: '2.2.2.3, 2.2.3.3' },
    hint: 'Guard the settle function: the second of two callbacks must find the door closed.',
    exercised: (h) => h.of('return').length > 0,
    violation: (h) =>
      firstBlame(h.of('return'), (event, index) => {
        const first = h.of('return').findIndex(({ id }) => id === event.id)
        return first < index && blame(`${event.actor} is answered twice`, h.of('return')[first], event)
      }),
  },
  'answers-with-a-thenable': {
    level: 'required',
    statement: 'What should be awaited is a thenable every time, not only the first.',
    source: { kind: 'kit', why: 'docs/hygiene.md#answers-with-a-thenable' },
    hint: 'Return a promise on the fast path too: `.then` on a bare value is a TypeError.',
    exercised: (h) => echoes(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(
        echoes(h),
        ({ start, end }) =>
          end?.outcome === 'returned' &&
          blame(`${start.op} returned ${end.value?.text}, which is no thenable`, start, end),
      ),
  },
  'synchronous-throw-is-a-rejection': {
    level: 'required',
    statement: 'A source that throws synchronously makes a rejection, not a throw at the caller.',
    source: { kind: 'kit', why: 'docs/hygiene.md#synchronous-throw-is-a-rejection' },
    hint: 'Call the source inside a `try`, an async function or `Promise.try`.',
    appliesWhen: ({ policy }) =>
      policy.syncThrow === 'reject' || 'documented to let a synchronous throw through (`syncThrow: throw`)',
    exercised: (h) => h.flights().some(({ end }) => end?.outcome === 'threw'),
    violation: (h) =>
      firstBlame(h.of('return'), (event) => {
        if (event.outcome !== 'threw') return undefined
        const flight = h
          .flights()
          .find(({ end }) => end?.outcome === 'threw' && end.value?.id === event.value?.id)
        return (
          flight &&
          blame(`${event.actor} is thrown ${event.value?.text} instead of a rejection`, flight.end, event)
        )
      }),
  },
  'falsy-reason-is-a-rejection': {
    level: 'required',
    statement: 'A falsy reason rejects like any other.',
    source: { kind: 'ecma-262', clause: '27.2.1.7 RejectPromise' },
    hint: 'Ask whether it failed, never whether the reason is truthy: `if (error)` loses these.',
    exercised: (h) => decided(h, falsyReason),
    violation: (h) => carried(h, falsyReason),
  },
  'falsy-value-is-a-value': {
    level: 'required',
    statement: 'A falsy value fulfils like any other.',
    source: { kind: 'ecma-262', clause: '27.2.1.4 FulfillPromise' },
    hint: 'Ask whether there is a value, never whether the value is truthy: keep a flag or use `has`.',
    exercised: (h) => decided(h, falsyValue),
    violation: (h) => carried(h, falsyValue),
  },
}
