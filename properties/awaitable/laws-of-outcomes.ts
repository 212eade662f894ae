import {
  agree,
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  settledAs,
} from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import {
  awaits,
  type Ctx,
  kept,
  letThrough,
  outcomeBefore,
  runs,
  settledBefore,
  shares,
  type Telling,
  tellings,
  tellsTheTask,
  unanswered,
} from './observations.js'

/** Which of the two laws on outcomes an event falls under: how the task went decides, else what was told. */
const falls = (h: History, event: HistoryEvent) => outcomeBefore(h, event) ?? settledAs(event)

/** Everyone is told what the task gave; `as` says for which of the two ways it can go. */
const told = (h: History, as: 'fulfilled' | 'rejected'): Blame | undefined =>
  firstBlame(tellings(h), ({ event }) => {
    if (falls(h, event) !== as || tellsTheTask(h, event)) return undefined
    const run = settledBefore(h, event).at(-1)?.end
    const gave = run ? `the task ${settledAs(run)} with ${run.value?.text}` : 'the task has not settled'
    return blame(`${gave}, ${event.actor} is ${settledAs(event)} with ${event.value?.text}`, run, event)
  })

const exercises = (h: History, as: 'fulfilled' | 'rejected'): boolean =>
  tellings(h).some(({ event }) => falls(h, event) === as)

/** What somebody had been told, and what holds for all, before a client came. */
const knownTo = (h: History, { start }: Telling['call'], context: Ctx): HistoryEvent | undefined =>
  tellings(h).find(({ event }) => event.seq < start.seq && kept(h, event, context))?.event

/**
 * Pairs of neighbours in order of registration that came by the same way: both before the outcome, or both after. Who
 * comes while a timer fires is left out: a timer made there lands later than one made after it in virtual time.
 */
function neighbours(h: History): readonly (readonly [Telling, Telling])[] {
  const settled = runs(h)[0]?.end?.seq ?? Number.POSITIVE_INFINITY
  const known = tellings(h)[0]?.event.seq ?? Number.POSITIVE_INFINITY
  const inTimer = ({ step }: HistoryEvent) => h.of('timer').some((timer) => timer.step === step)
  const then = tellings(h)
    .filter(({ call }) => call.op === 'then' && !inTimer(call.start))
    .sort((a, b) => a.call.start.seq - b.call.start.seq)
  return [
    then.filter(({ call }) => call.start.seq < settled),
    then.filter(({ call }) => call.start.seq > known),
  ].flatMap((phase) => phase.slice(1).map((later, index) => [phase[index]!, later] as const))
}

export const lawsOfOutcomes: Laws<AwaitablePolicy> = {
  'fulfils-with-the-very-value': {
    level: 'required',
    statement: 'Where the task fulfils, everyone is fulfilled with its very value, and nobody before.',
    source: { kind: 'promises-aplus', clause: '2.2.2.1' },
    hint: 'Pass the value on as it is: no copy, no default, no truth test, and not before it is there.',
    exercised: (h) => exercises(h, 'fulfilled'),
    violation: (h) => told(h, 'fulfilled'),
  },
  'rejects-with-the-very-reason': {
    level: 'required',
    statement: 'Where the task rejects, everyone is rejected with its very reason, and nobody before.',
    source: { kind: 'promises-aplus', clause: '2.2.3.1' },
    hint: 'Do not wrap the reason, do not turn it into an Error, and do not lose it on the way.',
    exercised: (h) => exercises(h, 'rejected'),
    violation: (h) => told(h, 'rejected'),
  },
  'one-handler-once': {
    level: 'required',
    statement: 'Of the two handlers given to `then`, one runs, and it runs once.',
    source: { kind: 'promises-aplus', clause: '2.2.2.3, 2.2.3.3' },
    hint: 'Take a subscriber off the list before calling it, and call one of its handlers, not each that fits.',
    exercised: (h) => h.of('handler').length > 0,
    violation: (h) =>
      firstBlame(h.calls(), (call) => {
        const [first, second] = h.handlers(call)
        return second && blame(`${call.actor} is told a second time`, first, second)
      }),
  },
  'handlers-run-after-then-has-returned': {
    level: 'required',
    statement: 'A handler does not run inside the call of `then` that registers it.',
    source: { kind: 'promises-aplus', clause: '2.2.4' },
    hint: 'Queue a microtask for the handler, also when the outcome is there already.',
    appliesWhen: ({ policy }) =>
      policy.handlers === 'async' || 'handlers are documented to run inside `then` (`handlers: sync`)',
    exercised: (h) => h.of('handler').some(({ op }) => op !== 'onFinally'),
    violation: (h) =>
      firstBlame(h.of('handler'), (event) =>
        event.detail?.duringThen === true
          ? blame(
              `${event.actor}'s handler runs before \`then\` has returned`,
              h.calls().find(({ id }) => id === event.id)?.start,
              event,
            )
          : undefined,
      ),
  },
  'handlers-in-registration-order': {
    level: 'required',
    statement: 'Handlers run in the order of the calls of `then` that registered them.',
    source: { kind: 'promises-aplus', clause: '2.2.6' },
    hint: 'Keep subscribers in a queue: push at one end, shift from the other.',
    appliesWhen: shares,
    exercised: (h) => runs(h).length === 1 && neighbours(h).length > 0,
    violation: (h) =>
      runs(h).length === 1
        ? firstBlame(neighbours(h), ([earlier, later]) =>
            later.event.seq < earlier.event.seq
              ? blame(
                  `${earlier.event.actor} registered first and is told after ${later.event.actor}`,
                  later.event,
                  earlier.event,
                )
              : undefined,
          )
        : undefined,
  },
  'late-subscribers-get-the-same-outcome': {
    level: 'required',
    statement: 'Who subscribes after the outcome is known, however long after, is told the same.',
    source: { kind: 'promises-aplus', clause: '2.1.2, 2.1.3' },
    hint: 'Keep the outcome after the waiters have been served, and look at it in `then`.',
    appliesWhen: shares,
    exercised: (h, context) => awaits(h).some((call) => knownTo(h, call, context) !== undefined),
    violation: (h, context) =>
      firstBlame(awaits(h), (call) => {
        const known = knownTo(h, call, context)
        if (!known) return undefined
        const other = tellings(h).find((telling) => telling.call === call && !agree(telling.event, known))
        if (other) {
          const { actor, value } = other.event
          return blame(
            `${known.actor} got ${known.value?.text}, ${actor} later ${value?.text}`,
            known,
            other.event,
          )
        }
        const silence = unanswered(h, call)
        return silence && blame(`${call.actor} comes late and is never told`, known, call.start, silence)
      }),
  },
  'all-ways-of-awaiting-agree': {
    level: 'required',
    statement:
      '`x.then`, `await x`, `Promise.resolve(x)`, `Promise.all([x])` and returning x from an async function give the same.',
    source: { kind: 'ecma-262', clause: '27.2.4.7.1 PromiseResolve, 27.2.2.2 NewPromiseResolveThenableJob' },
    hint: 'Behave by `then` alone: `await` reads a native promise directly, and never sees a `then` patched onto it.',
    appliesWhen: shares,
    exercised: (h) => runs(h).length === 1 && new Set(tellings(h).map(({ call }) => call.op)).size > 1,
    violation: (h) => {
      const [first, ...others] = runs(h).length === 1 ? tellings(h) : []
      return firstBlame(others, ({ call, event }) => {
        if (call.op === first!.call.op || agree(event, first!.event) || letThrough(h, event)) return undefined
        const said = (telling: Telling) =>
          `${telling.call.op} is ${settledAs(telling.event)} with ${telling.event.value?.text}`
        return blame(`${said(first!)}, ${said({ call, event })}`, first!.event, event)
      })
    },
  },
}
