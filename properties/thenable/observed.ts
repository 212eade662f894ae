import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Span,
} from '../../src/core/index.js'
import { Expectations, type Expected, meets } from './model.js'

/** What a history shows of a promise, in the terms that the laws share. */

export type State = 'fulfilled' | 'rejected'

const SLOT = { fulfilled: 'onFulfilled', rejected: 'onRejected' } as const

export const thens = (h: History): readonly Span[] => h.calls('then')

/** Runs of handlers for one state, over all subscribers. */
export const runs = (h: History, state: State): readonly HistoryEvent[] =>
  h.of('handler').filter(({ op }) => op === SLOT[state])

export const runsOf = (h: History, call: Span, state: State): readonly HistoryEvent[] =>
  h.handlers(call).filter(({ op }) => op === SLOT[state])

export const takes = (call: Span, state: State): boolean => call.start.detail?.[SLOT[state]] === true

const memo = new WeakMap<History, Expectations>()

/** What should be, once everything is over. Laws share it, since most of them ask. */
export function endState(h: History): Expectations {
  const known = memo.get(h)
  if (known) return known
  const made = new Expectations(h.events)
  made.of('d')
  for (const { id } of thens(h)) made.derived(id)
  memo.set(h, made)
  return made
}

/** Subscribers whose handler for a state must have run by the end. */
export const dueHandlers = (h: History, state: State): readonly Span[] =>
  endState(h).of('d').state === state ? thens(h).filter((call) => takes(call, state)) : []

/** What is wrong with what subscribers were told of the promise under test, if anything is. */
export function misreported(h: History): Blame | undefined {
  const expected = endState(h).of('d')
  return firstBlame(thens(h), (call) => {
    const wrong = h
      .handlers(call)
      .find((run) => !meets(expected, run.op === 'onFulfilled' ? 'fulfilled' : 'rejected', run))
    if (wrong) return blame(`${told(wrong)}, but ${describe(h, expected)}`, endState(h).settling('d'), wrong)
    const silent =
      (expected.state === 'fulfilled' || expected.state === 'rejected') &&
      takes(call, expected.state) &&
      h.handlers(call).length === 0
    return (
      silent && blame(`nothing was told, but ${describe(h, expected)}`, endState(h).settling('d'), call.start)
    )
  })
}

/** What is wrong with the promise that a call of `then` returned, if anything is. */
export function misderived(h: History, call: Span): Blame | undefined {
  const expected = endState(h).derived(call.id)
  if (!expected || call.end?.outcome === 'threw' || call.end?.outcome === 'returned') return undefined
  const by = h.handlers(call)[0]
  if (!call.end) {
    if (expected.state === 'pending' || expected.state === 'unspecified') return undefined
    return blame(`the promise from \`then\` stays pending, but ${describe(h, expected)}`, call.start, by)
  }
  if (meets(expected, call.end.outcome as State, call.end)) return undefined
  return blame(
    `the promise from \`then\` is ${call.end.outcome} with ${call.end.value?.text}, but ${describe(h, expected)}`,
    by,
    call.end,
  )
}

const told = (run: HistoryEvent): string =>
  `a subscriber is told ${run.op === 'onFulfilled' ? 'fulfilled' : 'rejected'} ${run.value?.text}`

function describe(h: History, expected: Expected): string {
  if (expected.state === 'pending' || expected.state === 'unspecified') return `it is ${expected.state}`
  const text = h.events.find(({ value }) => value?.id === expected.value)?.value?.text
  const reply = h.of('handler').find(({ detail }) => detail?.reply === expected.value)?.detail?.replyText
  return `it should be ${expected.state} with ${text ?? reply ?? 'something else'}`
}

/** A foreign thenable that a promise had to adopt, with what was seen of it. */
export interface Adoption {
  readonly name: string
  /** What handed it over: a settling, a handler's reply, or another thenable. */
  readonly by: HistoryEvent
  readonly reads: readonly HistoryEvent[]
  readonly thens: readonly HistoryEvent[]
  /** What it did with its callbacks, in order; a throw is the last. */
  readonly deeds: readonly HistoryEvent[]
  /** What is wrong with the promise that adopted it, if anything is. */
  readonly wrong: Blame | undefined
}

/** Every foreign thenable that a promise had to adopt. */
export function adoptions(h: History): readonly Adoption[] {
  const touches = h.of('touch')
  return [...endState(h).adopted].map(([name, by]) => {
    const own = touches.filter(({ actor }) => actor === name)
    const origin = root(h, by)
    const call = origin.type === 'handler' ? thens(h).find(({ id }) => id === origin.id) : undefined
    return {
      name,
      by,
      reads: own.filter(({ op }) => op === 'read'),
      thens: own.filter(({ op }) => op === 'then'),
      deeds: own.filter(({ op }) => op !== 'read' && op !== 'then'),
      wrong: call ? misderived(h, call) : misreported(h),
    }
  })
}

/** The settling or the handler's reply that a nested thenable goes back to. */
function root(h: History, by: HistoryEvent): HistoryEvent {
  if (by.type !== 'touch') return by
  const outer = endState(h).adopted.get(by.actor)
  return outer ? root(h, outer) : by
}
