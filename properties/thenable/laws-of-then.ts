import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  same,
  type TestedLaw,
} from '../../src/core/index.js'
import type { ThenablePolicy } from './contract.js'
import { Expectations, meets } from './model.js'
import { dueHandlers, endState, misderived, runs, runsOf, type State, takes, thens } from './observed.js'

type ThenableLaw = TestedLaw<ThenablePolicy>

const clause = (number: string) => ({ kind: 'promises-aplus' as const, clause: number })

/** 2.1.2 and 2.1.3: what has once been told of a promise stays true. */
const neverChanges = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `Once ${state}, a promise stays so, with the same ${state === 'fulfilled' ? 'value' : 'reason'}.`,
  source: clause(number),
  hint: 'Let only the first settling through, and do not let what a handler does reach the promise it belongs to.',
  exercised: (h) => h.of('handler').length > 1 && outcomeOf(h.of('handler')[0]) === state,
  violation: (h) => {
    const [first, ...later] = h.of('handler')
    if (!first || outcomeOf(first) !== state) return undefined
    return firstBlame(later, (run) =>
      run.op === first.op && same(run.value, first.value)
        ? undefined
        : blame(
            `first ${state} with ${first.value?.text}, then ${outcomeOf(run)} with ${run.value?.text}`,
            first,
            run,
          ),
    )
  },
})

const outcomeOf = (run: HistoryEvent | undefined): State =>
  run?.op === 'onFulfilled' ? 'fulfilled' : 'rejected'

/** 2.2.2 and 2.2.3: a handler is called. */
const isCalled = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `When a promise is ${state}, each handler for that is called.`,
  source: clause(number),
  hint: 'Serve subscribers that come early, late, and from inside handlers.',
  exercised: (h) => dueHandlers(h, state).length > 0,
  violation: (h) =>
    firstBlame(dueHandlers(h, state), (call) =>
      runsOf(h, call, state).length > 0
        ? undefined
        : blame(`the promise is ${state} and this handler was never called`, call.start),
    ),
})

const getsTheValue = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `A handler is called with the very ${state === 'fulfilled' ? 'value' : 'reason'} as its first argument.`,
  source: clause(number),
  hint: 'Pass it on untouched: symbols, bigints, NaN, -0 and falsy ones too.',
  exercised: (h) => runs(h, state).length > 0,
  violation: (h) =>
    firstBlame(runs(h, state), (run) => {
      const expected = new Expectations(h.events, run.seq).of('d')
      if (expected.state !== state || meets(expected, state, run)) return undefined
      return blame(`the handler is given ${run.value?.text}`, endState(h).settling('d'), run)
    }),
})

const notBefore = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `A handler for ${state} is not called before the promise is ${state}, nor when it is otherwise settled.`,
  source: clause(number),
  hint: 'A promise that is locked in to another is still pending; settle it when that one settles.',
  exercised: (h) => runs(h, state).length > 0 || thens(h).some((call) => takes(call, state)),
  violation: (h) =>
    firstBlame(runs(h, state), (run) => {
      const now = new Expectations(h.events, run.seq).of('d').state
      return now === state || now === 'unspecified'
        ? undefined
        : blame(`the promise is ${now}`, endState(h).settling('d'), run)
    }),
})

const atMostOnce = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `A handler for ${state} is called at most once.`,
  source: clause(number),
  hint: 'Empty the list of subscribers before calling them.',
  exercised: (h) => runs(h, state).length > 0,
  violation: (h) =>
    firstBlame(thens(h), (call) => {
      const [first, second] = runsOf(h, call, state)
      return second && blame('the same handler is called again', first, second)
    }),
})

/**
 * Subscribers that came before the promise was settled or locked in, and those that came after. The tests of
 * Promises/A+ never mix the two while the promise is still pending, and implementations that they pass do differ.
 */
const phase = (h: History, run: HistoryEvent): boolean => {
  const settling = endState(h).settling('d')
  const call = thens(h).find(({ id }) => id === run.id)
  return settling !== undefined && call !== undefined && call.start.seq > settling.seq
}

/** A handler that runs before one that was registered earlier, and that one. */
const overtaking = (
  h: History,
  state: State,
  concerns: (run: HistoryEvent, overtaken: HistoryEvent) => boolean,
): Blame | undefined =>
  firstBlame(runs(h, state), (run, index) => {
    const overtaken = runs(h, state)
      .slice(index + 1)
      .find((other) => (other.id ?? 0) < (run.id ?? 0) && concerns(run, other))
    return overtaken && blame('this handler was registered later and runs earlier', run, overtaken)
  })

const inOrder = (state: State, number: string): ThenableLaw => ({
  level: 'required',
  statement: `Handlers for ${state} run in the order of the calls to \`then\`.`,
  source: clause(number),
  hint: 'One queue, first in first out; a subscriber that comes late goes to its end.',
  exercised: (h) => runs(h, state).length > 1,
  violation: (h) => overtaking(h, state, (run, other) => phase(h, run) === phase(h, other)),
})

/** 2.2.7.x: what the promise from `then` becomes. */
function derives(
  number: string,
  statement: string,
  hint: string,
  concerns: (h: History, run: HistoryEvent | undefined, state: State) => boolean,
): ThenableLaw {
  const calls = (h: History) => {
    const { state } = endState(h).of('d')
    if (state === 'pending' || state === 'unspecified') return []
    return thens(h).filter((call) => concerns(h, runsOf(h, call, state)[0], state))
  }
  return {
    level: 'required',
    statement,
    source: clause(number),
    hint,
    exercised: (h) => calls(h).length > 0,
    violation: (h) => firstBlame(calls(h), (call) => misderived(h, call)),
  }
}

const passes = (state: State) => (_h: History, run: HistoryEvent | undefined, now: State) =>
  !run && now === state

export const lawsOfThen: Laws<ThenablePolicy> = {
  '2.1.2-fulfilled-never-changes': neverChanges('fulfilled', '2.1.2'),
  '2.1.3-rejected-never-changes': neverChanges('rejected', '2.1.3'),
  '2.2.1-handlers-are-optional': {
    level: 'required',
    statement: '`then` takes no handler, one or two; what is not a function is ignored.',
    source: clause('2.2.1'),
    hint: 'Test each argument with `typeof … === "function"`.',
    exercised: (h) => thens(h).some((call) => !takes(call, 'fulfilled') || !takes(call, 'rejected')),
    violation: (h) =>
      firstBlame(
        thens(h),
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
    exercised: (h) => h.of('handler').length > 0,
    violation: (h) =>
      firstBlame(
        h.of('handler'),
        (run) => run.detail?.busy === true && blame('other code is still on the stack', run),
      ),
  },
  '2.2.5-handlers-are-called-as-functions': {
    level: 'required',
    statement: 'Handlers are called without a `this`.',
    source: clause('2.2.5'),
    hint: 'Call `handler(value)`, not `subscriber.handler(value)`.',
    exercised: (h) => h.of('handler').length > 0,
    violation: (h) =>
      firstBlame(
        h.of('handler'),
        (run) => run.detail?.bare === false && blame('the handler has a `this`', run),
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
    violation: (h) => overtaking(h, 'fulfilled', () => true) ?? overtaking(h, 'rejected', () => true),
  },
  '2.2.7-then-returns-a-promise': {
    level: 'required',
    statement: '`then` returns a thenable.',
    source: clause('2.2.7'),
    hint: 'Return the derived promise on every path, also where a handler is missing.',
    exercised: (h) => thens(h).length > 0,
    violation: (h) =>
      firstBlame(
        thens(h),
        ({ start, end }) =>
          end?.outcome === 'returned' && blame(`\`then\` returns ${end.value?.text}`, start, end),
      ),
  },
  '2.2.7.1-a-returned-value-resolves': derives(
    '2.2.7.1',
    'What a handler returns resolves the promise from `then`.',
    'Run the resolution procedure on it: a thenable is adopted, everything else is a value.',
    (_h, run) => run?.detail?.replies === 'return',
  ),
  '2.2.7.2-a-throw-rejects': derives(
    '2.2.7.2',
    'What a handler throws rejects the promise from `then`, as it is.',
    'Wrap each handler in a `try` of its own; do not adopt what is thrown.',
    (_h, run) => run?.detail?.replies === 'throw',
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

const mixed = (h: History, state: State): boolean =>
  new Set(runs(h, state).map((run) => phase(h, run))).size > 1
