import type { Choices } from '../choices.js'
import type { HistoryEvent, Outcome } from '../history.js'
import type { Context, Policy } from '../law.js'
import { FRESH, specimen, type Value, ValueTable } from '../value.js'
import type { VirtualClock } from './clock.js'
import { type During, makeSource, type SourceCall } from './source.js'
import type { Step } from './step.js'

/** The adapter itself is at fault: it throws, or gives something that its contract does not allow. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError'
}

/** Something the world may do next. */
export interface Action {
  readonly dueMs: number
  readonly inject: number
  readonly run: () => void
}

/** More events than this in one run are not kept, and the run is not judged. */
const MAX_EVENTS = 50_000

type NewEvent = Omit<HistoryEvent, 'seq' | 'step' | 'timeMs'>

/**
 * One run: it owns the order of completions, timers and calls. A protocol's `drive` sets it up by naming sources and
 * clients; the loop (`play`) then picks action after action until nothing is left to do.
 */
export class World<P = Policy> {
  readonly events: HistoryEvent[] = []
  readonly values = new ValueTable()
  readonly actions: Action[] = []
  /** The last instant until which the subject may keep a timer of its own. */
  deadlineMs = 0
  /** A run that takes more steps than this is a livelock. A drive that lets a crowd in may raise it. */
  maxSteps = 600
  step = 0
  /** How many microtasks into a drain the action under way was injected; 0 when it was not. */
  injected = 0
  fatal: unknown
  /** Set when the run was terminated or ran out of steps: what came of it must not be judged. */
  cutShort = false
  #ids = 0
  #fresh = 0
  readonly #unanswered = new Map<number, (id: number) => boolean>()
  readonly #answered = new Set<number>()
  readonly #afterAnswer = new Map<number, () => void>()
  readonly #signals: { name: string; signal: AbortSignal }[] = []
  readonly #kept = new Set<PromiseLike<unknown>>()

  constructor(
    readonly clock: VirtualClock,
    readonly choices: Choices,
    readonly context: Context<P>,
  ) {}

  /** Virtual milliseconds since the run began. */
  get nowMs(): number {
    return this.clock.elapsedMs()
  }

  /** Writes an event down. */
  record(event: NewEvent): HistoryEvent {
    // Every member is named, absent ones too: events of one shape are several times faster to make and to judge.
    const full: HistoryEvent = {
      seq: this.events.length,
      step: this.step,
      timeMs: this.nowMs,
      type: event.type,
      actor: event.actor,
      op: event.op,
      id: event.id,
      outcome: event.outcome,
      value: event.value,
      detail: event.detail,
      code: event.code,
    }
    if (this.events.length < MAX_EVENTS) this.events.push(full)
    else this.#overflow()
    return full
  }

  /** A subject that floods the world with calls would fill the memory long before its time is up. */
  #overflow(): void {
    if (this.cutShort) return
    this.cutShort = true
    this.events[MAX_EVENTS - 1] = {
      ...this.events[MAX_EVENTS - 1]!,
      type: 'bound',
      actor: 'world',
      detail: { steps: this.step },
    }
  }

  /** The live value of a specimen's name; a `fresh` one is a number that no one else in this run has. */
  value(name: string): unknown {
    return name === FRESH ? ++this.#fresh : specimen(name)
  }

  /** As `value`, but a fresh one is an `Error`. */
  reason(name: string): unknown {
    if (name !== FRESH) return specimen(name)
    const error = stackless(`e${++this.#fresh}`)
    this.values.note(error, `Error('${error.message}')`)
    return error
  }

  /**
   * A task for the subject to call. Its n-th call goes as the n-th plan says, and as the last one beyond those; a
   * call stays pending until the world chooses to settle it. `during` runs inside each call.
   */
  source(name: string, plans: readonly SourceCall[], during?: During): (...args: unknown[]) => unknown {
    return makeSource(this, name, plans, during)
  }

  /** A client that takes its steps in order. */
  client(name: string, steps: readonly Step[]): void {
    this.#enqueue(name, steps, 0)
  }

  /** Lets the world do something of its own at a time: abort a signal, set the wall clock. */
  act(op: string, dueMs: number, run: () => void, code?: string): void {
    this.enable(dueMs, () => {
      this.record({ type: 'act', actor: 'world', op, ...(code ? { code } : {}) })
      run()
    })
  }

  /** Adds an action to what may happen next. */
  enable(dueMs: number, run: () => void, inject = 0): void {
    this.actions.push({ dueMs, inject, run })
  }

  /** A call now, in this very turn; for calls made from inside handlers. Returns its id. */
  call(actor: string, step: Step): number {
    const id = this.nextId()
    const { op, value, code } = step
    this.record({ type: 'call', actor, op, id, value, detail: this.#detail(step), code })
    const { owed = true } = step
    if (owed !== false) this.#unanswered.set(id, owed === true ? () => true : owed)
    this.#perform(actor, step, id)
    return id
  }

  nextId(): number {
    return ++this.#ids
  }

  #detail({ from, detail }: Step): HistoryEvent['detail'] {
    if (from === undefined && this.injected === 0) return detail
    return {
      ...detail,
      ...(from === undefined ? {} : { from }),
      ...(this.injected > 0 ? { inject: this.injected } : {}),
    }
  }

  /**
   * Makes the subject. What a source threw passes; any other throw is the adapter's fault. `code` is the same as
   * JavaScript, by the rules of `Step.code`: `adapter.create(factory)`.
   */
  create<T>(make: () => T, code?: string): T {
    if (code) this.record({ type: 'act', actor: 'world', op: 'create', code })
    try {
      return make()
    } catch (error) {
      const thrown = this.events.some(
        (event) =>
          event.type === 'settle' &&
          event.outcome === 'threw' &&
          Object.is(this.values.live(event.value!), error),
      )
      if (thrown) throw error
      throw new AdapterError(`\`create\` threw ${this.values.note(error).text}`)
    }
  }

  /** An abort signal for the subject, whose listeners are counted at the end. */
  signal(name: string): AbortController {
    const controller = new AbortController()
    this.record({ type: 'signal', actor: name })
    this.#signals.push({ name, signal: controller.signal })
    return controller
  }

  get signals(): readonly { readonly name: string; readonly signal: AbortSignal }[] {
    return this.#signals
  }

  /** Keeps a promise that no client may ever look at: it is handled when the run closes. */
  keep(promise: PromiseLike<unknown>): void {
    this.#kept.add(promise)
  }

  /** Whether it is up to the clients to handle a promise: the subject cannot be blamed for one that is not. */
  keeps(promise: unknown): boolean {
    return this.#kept.has(promise as PromiseLike<unknown>)
  }

  handleKept(): void {
    for (const promise of this.#kept) {
      // A subject's `then` may throw; that is for its clients to find.
      try {
        promise.then(
          () => {},
          () => {},
        )
      } catch {}
    }
  }

  /** Calls that are owed an answer and have none. */
  owedIds(): readonly number[] {
    if (this.#unanswered.size === 0) return []
    return [...this.#unanswered].filter(([id, owed]) => owed(id)).map(([id]) => id)
  }

  /** Whether a client still waits for an answer it is owed. */
  waiting(): boolean {
    for (const [id, owed] of this.#unanswered) if (owed(id)) return true
    return false
  }

  /** Whether any call, owed an answer or not, is still open. */
  get unanswered(): boolean {
    return this.#unanswered.size > 0
  }

  #enqueue(client: string, steps: readonly Step[], index: number): void {
    const step = steps[index]
    if (!step) return
    const run = () => {
      let at = index
      let last = 0
      do last = this.call(client, steps[at++]!)
      while (steps[at]?.sameTurn)
      const next = () => this.#enqueue(client, steps, at)
      if (steps[at]?.afterAnswer && !this.#answered.has(last)) this.#afterAnswer.set(last, next)
      else next()
    }
    this.enable(step.dueMs ?? this.nowMs, run, step.inject)
  }

  #perform(actor: string, step: Step, id: number): void {
    const answer = (outcome: Outcome, value: unknown) => this.#answer(actor, step.op, id, outcome, value)
    let result: unknown
    try {
      result = step.run(id)
    } catch (error) {
      if (error instanceof AdapterError) throw error
      answer('threw', error)
      return
    }
    if (step.answers === 'value' || !isThenable(result)) {
      answer('returned', result)
      return
    }
    try {
      result.then(
        (value) => answer('fulfilled', value),
        (reason) => answer('rejected', reason),
      )
    } catch (error) {
      answer('threw', error)
    }
  }

  #answer(actor: string, op: string, id: number, outcome: Outcome, value: unknown): void {
    this.#unanswered.delete(id)
    this.#answered.add(id)
    this.record({ type: 'return', actor, op, id, outcome, value: this.note(value) })
    const next = this.#afterAnswer.get(id)
    this.#afterAnswer.delete(id)
    next?.()
  }

  /** The plain form of a live value. */
  note(value: unknown): Value {
    return this.values.note(value)
  }
}

/** Whether a value has a callable `then`, asked once and carefully. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof (value as { then?: unknown }).then === 'function'
}

/** An error whose stack nobody will read: thousands are made in a check. */
function stackless(message: string): Error {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const error = new Error(message)
  Error.stackTraceLimit = stackTraceLimit
  return error
}
