import {
  type Blame,
  blame,
  type Context,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
  same,
  type TestedLaw,
} from '../../src/core/index.js'
import type { ThenablePolicy } from './contract.js'
import { meets } from './model.js'
import { type HandlerRun, observe, type State, takes } from './observed.js'

type ThenableLaw = TestedLaw<ThenablePolicy>

const clause = (number: string) => ({ kind: 'promises-aplus' as const, clause: number })

/** 2.1.2 and 2.1.3: what has once been told of a promise stays true. */
const neverChanges = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `Once ${state}, a promise stays so, with the same ${state === 'fulfilled' ? 'value' : 'reason'}.`,
  source: clause(number),
  hint: 'Let only the first settling through, and do not let what a handler does reach the promise it belongs to.',
  exercised: (h) => observe(h).runs.length > 1 && observe(h).runs[0]?.state === state,
  violation: (h) => {
    const [first, ...later] = observe(h).runs
    if (first?.state !== state) return undefined
    const told = first.event.value
    return firstBlame(later, (run) =>
      run.state === state && same(run.event.value, told)
        ? undefined
        : blame(
            `first ${state} with ${told?.text}, then ${run.state} with ${run.event.value?.text}`,
            first.event,
            run.event,
          ),
    )
  },
})

/** Subscribers whose handler for a state must have run by the end. */
const due = (h: History, state: State): readonly Span[] =>
  observe(h).plain && observe(h).expected.state === state
    ? observe(h).thens.filter((call) => takes(call, state))
    : []

/** 2.2.2 and 2.2.3: a handler is called. */
const isCalled = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `When a promise is ${state}, each handler for that is called.`,
  source: clause(number),
  hint: 'Serve subscribers that come early, late, and from inside handlers.',
  exercised: (h) => due(h, state).length > 0,
  violation: (h) =>
    firstBlame(due(h, state), (call) =>
      observe(h)
        .runsBy(call)
        .some((run) => run.state === state)
        ? undefined
        : blame(`the promise is ${state} and this handler was never called`, call.start),
    ),
})

const getsTheValue = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `A handler is called with the very ${state === 'fulfilled' ? 'value' : 'reason'} as its first argument.`,
  source: clause(number),
  hint: 'Pass it on untouched: symbols, bigints, NaN, -0 and falsy ones too.',
  exercised: (h) => observe(h).plain && observe(h).runsOf[state].length > 0,
  violation: (h) =>
    firstBlame(observe(h).plain ? observe(h).runsOf[state] : [], ({ event, then }) =>
      then.state !== state || meets(then, state, event)
        ? undefined
        : blame(`the handler is given ${event.value?.text}`, observe(h).settling, event),
    ),
})

const notBefore = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `A handler for ${state} is not called before the promise is ${state}, nor when it is otherwise settled.`,
  source: clause(number),
  hint: 'A promise that is locked in to another is still pending; settle it when that one settles.',
  exercised: (h) => observe(h).thens.some((call) => takes(call, state)),
  violation: (h) =>
    firstBlame(observe(h).runsOf[state], ({ event, then }) =>
      then.state === 'pending' || (observe(h).plain && then.state !== state && then.state !== 'unspecified')
        ? blame(`the promise is ${then.state}`, observe(h).settling, event)
        : undefined,
    ),
})

const atMostOnce = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `A handler for ${state} is called at most once.`,
  source: clause(number),
  hint: 'Empty the list of subscribers before calling them.',
  exercised: (h) => observe(h).runsOf[state].length > 0,
  violation: (h) =>
    firstBlame(observe(h).thens, (call) => {
      const [first, second] = observe(h)
        .runsBy(call)
        .filter((run) => run.state === state)
      return second && blame('the same handler is called again', first?.event, second.event)
    }),
})

/** A handler that may run inside `then` may run, when it is registered inside another one, before those in line. */
const inLine = ({ policy }: Context<ThenablePolicy>, { call }: HandlerRun): boolean =>
  policy.handlers === 'async' || call.start.detail?.inside !== true

/**
 * Whether two subscribers came in the same phase of a promise that is locked in: in one turn, with no settling between
 * them. The tests of Promises/A+ never mix the phases while the promise is pending, and implementations that they pass do
 * differ. A promise that is settled plainly has one phase only.
 */
const samePhase = (h: History, a: HandlerRun, b: HandlerRun): boolean => {
  if (observe(h).plain) return true
  const [from, to] = [a.call.start, b.call.start].sort((x, y) => x.seq - y.seq) as [
    HistoryEvent,
    HistoryEvent,
  ]
  return from.step === to.step && !h.events.slice(from.seq, to.seq).some(({ op = '' }) => PHASES.includes(op))
}

const PHASES = ['resolve', 'reject', 'fulfil', 'throw']

/** A handler that runs before one that was registered earlier, and that one. */
const overtaking = (
  h: History,
  state: State,
  context: Context<ThenablePolicy>,
  concerns: (run: HandlerRun, overtaken: HandlerRun) => boolean,
): Blame | undefined => {
  const runs = observe(h).runsOf[state].filter((run) => inLine(context, run))
  return firstBlame(runs, (run, index) => {
    const overtaken = runs
      .slice(index + 1)
      .find((other) => other.call.id < run.call.id && concerns(run, other))
    return (
      overtaken && blame('this handler was registered later and runs earlier', run.event, overtaken.event)
    )
  })
}

const inOrder = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `Handlers for ${state} run in the order of the calls to \`then\`.`,
  source: clause(number),
  hint: 'One queue, first in first out; a subscriber that comes late goes to its end.',
  exercised: (h) => observe(h).runsOf[state].length > 1,
  violation: (h, context) => overtaking(h, state, context, (a, b) => samePhase(h, a, b)),
})

/** Runs of subscribers from different phases. */
const mixed = (h: History, state: State): boolean => {
  const [first, ...others] = observe(h).runsOf[state]
  return first !== undefined && others.some((run) => !samePhase(h, first, run))
}

/** 2.2.7.x: what the promise from `then` becomes. */
function derives(
  number: string,
  statement: string,
  hint: string,
  concerns: (run: HandlerRun | undefined, state: State) => boolean,
): ThenableLaw {
  const calls = (h: History) => {
    const { expected, thens } = observe(h)
    const { state } = expected
    if (state === 'pending' || state === 'unspecified' || !observe(h).plain) return []
    return thens.filter((call) => {
      const run = observe(h)
        .runsBy(call)
        .find((each) => each.state === state)
      return concerns(run, state) && (run !== undefined || !takes(call, state))
    })
  }
  return {
    level: 'required',
    statement,
    source: clause(number),
    hint,
    exercised: (h) => calls(h).length > 0,
    violation: (h) => firstBlame(calls(h), (call) => observe(h).misderived(call)),
  }
}

/** A reply that is a thenable or a promise is a matter for the laws of resolution. */
const replies = (how: 'return' | 'throw') => (run: HandlerRun | undefined) =>
  run?.event.detail?.replies === how && (how === 'throw' || run.event.detail.ref === undefined)

const passes = (state: State) => (run: HandlerRun | undefined, now: State) => !run && now === state

export const lawsOfThen: Laws<ThenablePolicy> = {
  '2.1.2-fulfilled-never-changes': neverChanges('fulfilled', '2.1.2'),
  '2.1.3-rejected-never-changes': neverChanges('rejected', '2.1.3'),
  '2.2.1-handlers-are-optional': {
    level: 'required',
    statement: '`then` takes no handler, one or two; what is not a function is ignored.',
    source: clause('2.2.1'),
    hint: 'Test each argument with `typeof … === "function"`.',
    exercised: (h) => observe(h).thens.some((call) => !takes(call, 'fulfilled') || !takes(call, 'rejected')),
    violation: (h) =>
      firstBlame(
        observe(h).thens,
        ({ start, end }) =>
          end?.outcome === 'threw' && blame(`\`then\` throws ${end.value?.text}`, start, end),
      ),
  },
  '2.2.2-on-fulfilled-is-called': isCalled('fulfilled', '2.2.2'),
  '2.2.2.1-on-fulfilled-gets-the-value': getsTheValue('fulfilled', '2.2.2.1'),
  '2.2.2.2-on-fulfilled-not-before': notBefore('fulfilled', '2.2.2.2'),
  '2.2.2.3-on-fulfilled-at-most-once': atMostOnce('fulfilled', '2.2.2.3'),
  '2.2.3-on-rejected-is-called': isCalled('rejected', '2.2.3'),
  '2.2.3.1-on-rejected-gets-the-reason': getsTheValue('rejected', '2.2.3.1'),
  '2.2.3.2-on-rejected-not-before': notBefore('rejected', '2.2.3.2'),
  '2.2.3.3-on-rejected-at-most-once': atMostOnce('rejected', '2.2.3.3'),
  '2.2.4-handlers-run-on-a-clean-stack': {
    level: 'required',
    statement: 'No handler runs inside `then`, `resolve`, `reject` or a callback of a thenable.',
    source: clause('2.2.4'),
    hint: 'Schedule handlers with `queueMicrotask`, also when the promise is settled already.',
    appliesWhen: ({ policy }) =>
      policy.handlers === 'async' || 'documented to call handlers synchronously (`handlers: sync`)',
    exercised: (h) => observe(h).runs.length > 0,
    violation: (h) =>
      firstBlame(
        observe(h).runs,
        ({ event }) => event.detail?.busy === true && blame('other code is still on the stack', event),
      ),
  },
  '2.2.5-handlers-are-called-as-functions': {
    level: 'required',
    statement: 'Handlers are called without a `this`.',
    source: clause('2.2.5'),
    hint: 'Call `handler(value)`, not `subscriber.handler(value)`.',
    exercised: (h) => observe(h).runs.length > 0,
    violation: (h) =>
      firstBlame(
        observe(h).runs,
        ({ event }) => event.detail?.bare === false && blame('the handler has a `this`', event),
      ),
  },
  '2.2.6.1-on-fulfilled-in-order': inOrder('fulfilled', '2.2.6.1'),
  '2.2.6.2-on-rejected-in-order': inOrder('rejected', '2.2.6.2'),
  'order-survives-being-locked-in': {
    level: 'recommended',
    statement: 'Subscribers that come while a promise is locked in run after those that came before.',
    source: { kind: 'ecma-262', clause: '27.2.5.4.1 PerformPromiseThen' },
    hint: 'Keep one list of subscribers; do not start another one on the promise that was locked in to.',
    exercised: (h) => mixed(h, 'fulfilled') || mixed(h, 'rejected'),
    violation: (h, context) => {
      const across = (a: HandlerRun, b: HandlerRun) => !samePhase(h, a, b)
      return overtaking(h, 'fulfilled', context, across) ?? overtaking(h, 'rejected', context, across)
    },
  },
  '2.2.7-then-returns-a-promise': {
    level: 'required',
    statement: '`then` returns a thenable.',
    source: clause('2.2.7'),
    hint: 'Return the derived promise on every path, also where a handler is missing.',
    exercised: (h) => observe(h).thens.length > 0,
    violation: (h) =>
      firstBlame(
        observe(h).thens,
        ({ start, end }) =>
          end?.outcome === 'returned' && blame(`\`then\` returns ${end.value?.text}`, start, end),
      ),
  },
  '2.2.7.1-a-returned-value-resolves': derives(
    '2.2.7.1',
    'What a handler returns resolves the promise from `then`.',
    'Run the resolution procedure on it: a thenable is adopted, everything else is a value.',
    replies('return'),
  ),
  '2.2.7.2-a-throw-rejects': derives(
    '2.2.7.2',
    'What a handler throws rejects the promise from `then`, as it is.',
    'Wrap each handler in a `try` of its own; do not adopt what is thrown.',
    replies('throw'),
  ),
  '2.2.7.3-a-fulfilment-passes-through': derives(
    '2.2.7.3',
    'Without a handler for it, a fulfilment passes on to the promise from `then`.',
    'Default to the identity.',
    passes('fulfilled'),
  ),
  '2.2.7.4-a-rejection-passes-through': derives(
    '2.2.7.4',
    'Without a handler for it, a rejection passes on to the promise from `then`.',
    'Default to a thrower; a missing handler handles nothing.',
    passes('rejected'),
  ),
}
