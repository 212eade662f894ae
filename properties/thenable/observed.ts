import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Span,
} from '../../src/core/index.js'
import { Expectations, type Expected, locksIn, meets } from './model.js'

/** What a history shows of a promise, in the terms that the laws share. */

export type State = 'fulfilled' | 'rejected'

const NONE: readonly never[] = []

/** A run of a handler, with what the promise should have been at that moment. */
export interface HandlerRun {
  readonly event: HistoryEvent
  readonly state: State
  /** The call of `then` that registered it. */
  readonly call: Span
  readonly then: Expected
}

/** What all laws ask of one history, worked out once. */
export class Observed {
  readonly end: Expectations
  readonly thens: readonly Span[]
  /** What the promise under test should be, once everything is over. */
  readonly expected: Expected
  /** The settling of the promise under test that counts. */
  readonly settling: HistoryEvent | undefined
  /** Whether nothing depends on a foreign thenable or another promise; where it does, resolution has its own laws. */
  readonly plain: boolean
  /** Whether promises wait for one another in a ring. */
  readonly ring: boolean
  /** Whether one law alone is at stake: in a ring, and where a settling comes too late. */
  readonly single: boolean
  readonly runs: HandlerRun[] = []
  readonly runsOf: Readonly<Record<State, HandlerRun[]>> = { fulfilled: [], rejected: [] }
  readonly #byCall = new Map<number, HandlerRun[]>()
  readonly #derivations = new Map<number, Blame | undefined>()
  #report: { readonly wrong: Blame | undefined } | undefined
  #adoptions: readonly Adoption[] | undefined

  constructor(readonly history: History) {
    this.end = new Expectations(history.events)
    this.thens = history.calls('then')
    this.expected = this.end.of('d')
    this.settling = this.end.settling('d')
    this.plain = this.settling === undefined || !locksIn(this.settling)
    this.ring = history.calls('resolve')[0]?.start.detail?.ring === true
    this.single = this.ring || this.end.overridden !== undefined
    for (const event of history.of('handler')) {
      const call = this.thens.find(({ id }) => id === event.id)
      if (call) this.#run(event, call)
    }
  }

  runsBy(call: Span): readonly HandlerRun[] {
    return this.#byCall.get(call.id) ?? NONE
  }

  /** What is wrong with what subscribers were told of the promise under test, if anything is. */
  misreported(): Blame | undefined {
    this.#report ??= { wrong: firstBlame(this.thens, (call) => this.mistold(call)) }
    return this.#report.wrong
  }

  /** What is wrong with the promise that a call of `then` returned, if anything is. */
  misderived(call: Span): Blame | undefined {
    if (!this.#derivations.has(call.id)) this.#derivations.set(call.id, this.#derivation(call))
    return this.#derivations.get(call.id)
  }

  /** Every foreign thenable that a promise had to adopt. */
  adoptions(): readonly Adoption[] {
    this.#adoptions ??= this.#adopted()
    return this.#adoptions
  }

  #run(event: HistoryEvent, call: Span): void {
    const state = event.op === 'onFulfilled' ? 'fulfilled' : 'rejected'
    const run = { event, state, call, then: this.end.of('d', event.seq) } as const
    this.runs.push(run)
    this.runsOf[state].push(run)
    const runs = this.#byCall.get(call.id)
    if (runs) runs.push(run)
    else this.#byCall.set(call.id, [run])
  }

  /** What is wrong with what one subscriber was told. */
  mistold(call: Span): Blame | undefined {
    const { expected, settling } = this
    const runs = this.runsBy(call)
    const wrong = runs.find(({ event, state }) => !meets(expected, state, event))
    if (wrong) {
      const told = `a subscriber is told ${wrong.state} ${wrong.event.value?.text}`
      return blame(`${told}, but ${this.#describe(expected)}`, settling, wrong.event)
    }
    if (expected.state === 'pending' || expected.state === 'unspecified') return undefined
    if (!takes(call, expected.state) || runs.length > 0) return undefined
    return blame(`nothing was told, but ${this.#describe(expected)}`, settling, call.start)
  }

  #derivation(call: Span): Blame | undefined {
    const { start, end } = call
    const expected = this.end.derived(call.id)
    if (!expected || end?.outcome === 'threw' || end?.outcome === 'returned') return undefined
    const by = this.runsBy(call)[0]?.event
    if (!end) {
      if (expected.state === 'pending' || expected.state === 'unspecified') return undefined
      return blame(`the promise from \`then\` stays pending, but ${this.#describe(expected)}`, start, by)
    }
    if (meets(expected, end.outcome as State, end)) return undefined
    const is = `the promise from \`then\` is ${end.outcome} with ${end.value?.text}`
    return blame(`${is}, but ${this.#describe(expected)}`, by, end)
  }

  #describe(expected: Expected): string {
    if (expected.state === 'pending' || expected.state === 'unspecified') return `it is ${expected.state}`
    const text = this.history.events.find(({ value }) => value?.id === expected.value)?.value?.text
    const reply = this.runs.find(({ event }) => event.detail?.reply === expected.value)?.event.detail
    return `it should be ${expected.state} with ${text ?? reply?.replyText ?? 'something else'}`
  }

  #adopted(): readonly Adoption[] {
    // Asking what a promise should be finds the thenables that it had to adopt.
    for (const { event, call } of this.runs) if (event.detail?.ref !== undefined) this.end.derived(call.id)
    if (this.end.adopted.size === 0) return NONE
    const touches = this.history.of('touch')
    return [...this.end.adopted].map(([name, by]) => {
      const own = touches.filter(({ actor }) => actor === name)
      const origin = this.#root(by)
      const call = origin.type === 'handler' && this.thens.find(({ id }) => id === origin.id)
      const deeds = own.filter(({ op }) => op === 'fulfil' || op === 'reject' || op === 'throw')
      const inner = deeds[0]?.detail?.thenable
      const passedOn = inner !== undefined && touches.some(({ actor }) => actor === inner)
      return {
        name,
        by,
        reads: own.filter(({ op }) => op === 'read'),
        thens: own.filter(({ op }) => op === 'then'),
        deeds,
        wrong: passedOn ? undefined : call ? this.misderived(call) : this.misreported(),
      }
    })
  }

  /** The settling or the handler's reply that a nested thenable goes back to. */
  #root(by: HistoryEvent): HistoryEvent {
    const outer = by.type === 'touch' ? this.end.adopted.get(by.actor) : undefined
    return outer ? this.#root(outer) : by
  }
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
  /** What is wrong with the promise that adopted it, if anything is; with one inside, that one has to answer for it. */
  readonly wrong: Blame | undefined
}

let latest: Observed | undefined

/** What there is to see in a history. All laws are asked of one history before the next, so that one is kept. */
export function observe(h: History): Observed {
  if (latest?.history !== h) latest = new Observed(h)
  return latest
}

/** Whether a call of `then` has a handler for a state. */
export const takes = ({ start }: Span, state: State): boolean =>
  start.detail?.[state === 'fulfilled' ? 'onFulfilled' : 'onRejected'] === true
