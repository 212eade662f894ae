import type { Choices } from '../choices.js'
import type { HistoryEvent } from '../history.js'
import type { Context, Policy } from '../law.js'
import { FRESH, specimen, stackless, type Value, ValueTable } from '../value.js'
import { Action, type ActionTraits } from './action.js'
import { AdapterError, Clients, isThenable } from './clients.js'
import type { WorldClock } from './clock.js'
import type { ThreadCount } from './real-time.js'
import { makeSource, type SourceCall, type SourceOptions } from './source.js'
import type { Step } from './step.js'

/** More events than this in one run are not kept, and the run is not judged. */
const MAX_EVENTS = 20_000

type NewEvent = Omit<HistoryEvent, 'seq' | 'step' | 'timeMs'>

/** When the world does something of its own, and what it is called. */
export interface Act {
  /** Not before this time, in ms since the run began. Default now. */
  readonly dueMs?: number
  /** Run this many microtasks into the drain of the action before it, instead of after that drain. */
  readonly inject?: number
  readonly value?: Value
  /** The same as JavaScript, by the rules of `Step.code`: `controller.abort(reason)`. */
  readonly code?: string
}

/**
 * One run: it owns the order of completions, timers and calls. A protocol's `drive` sets it up by naming sources and
 * clients; the loop (`play`) then picks action after action until nothing is left to do.
 */
export class World<P = Policy> {
  readonly events: HistoryEvent[] = []
  readonly values = new ValueTable()
  readonly actions: Action[] = []
  readonly ends: (() => unknown)[] = []
  /** How long after the last thing that happened the subject may keep a timer of its own: until an entry expires, say. */
  graceMs = 0
  /** A run that takes more steps than this is a livelock. A drive that lets a crowd in may raise it. */
  maxSteps = 600
  step = 0
  /** Whose action is under way: what begins in its drain is theirs. */
  owner = 'world'
  /** How many microtasks into a drain any action may be injected, where the schedule decides; 0 where the scenario does. */
  injection = 0
  /** How many microtasks into a drain the action under way was injected; 0 when it was not. */
  injected = 0
  fatal: unknown
  /** Whether time is real: then news may come from outside, at any time. */
  real = false
  /** In a world whose time is real, what the next action waits for: that a worker has begun, say. */
  until: () => boolean = () => true
  /** In a world whose time is real, the threads of the subject so far; undefined where nobody can tell. */
  threads: () => ThreadCount | undefined = () => undefined
  /** Set once the subject was told to end its threads: those that outlive the run are then ended by the kit. */
  disposed = false
  /** Set when the run was terminated or ran out of steps: what came of it must not be judged. */
  cutShort = false
  #opening = false
  #ids = 0
  #fresh = 0
  #acts = 0
  readonly #clients = new Clients(this)
  readonly #signals: { name: string; signal: AbortSignal }[] = []
  readonly #kept = new Set<PromiseLike<unknown>>()

  constructor(
    readonly clock: WorldClock,
    readonly choices: Choices,
    readonly context: Context<P>,
    /** The number of the thread that this is, which no other thread of the process has. */
    readonly thread = 0,
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
    const last = this.events[MAX_EVENTS - 1]!
    this.events[MAX_EVENTS - 1] = { ...last, type: 'bound', actor: 'world', detail: { steps: this.step } }
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
   * call stays pending until the world chooses to settle it. The first argument is the `value` of its `start`.
   */
  source(
    name: string,
    plans: readonly SourceCall[],
    options?: SourceOptions,
  ): (...args: unknown[]) => unknown {
    return makeSource(this, name, plans, options)
  }

  /**
   * A client that takes its steps in order. Clients of one `mark` do the same, so that of several that have done nothing
   * yet it makes no difference which goes first.
   */
  client(name: string, steps: readonly Step[], mark?: string): void {
    this.#clients.add(name, steps, mark)
  }

  /** Lets the world do something of its own: abort a signal, set the wall clock, ring an event. */
  act(op: string, run: () => void, { dueMs = this.nowMs, inject, value, code }: Act = {}): void {
    const act = () => {
      this.record({ type: 'act', actor: 'world', op, value, detail: this.facts(undefined), code })
      run()
    }
    this.schedule(act, { dueMs, inject, owner: 'world', words: op, mark: `${op}/${++this.#acts}` })
  }

  /** Adds something of the world's own to what may happen next. The function that it returns takes it back. */
  enable(dueMs: number, run: () => void, inject = 0): () => void {
    return this.schedule(run, {
      dueMs,
      inject,
      owner: this.owner,
      words: 'the world',
      mark: `${++this.#acts}`,
    })
  }

  /** Adds an action to what may happen next. The function that it returns takes it back. */
  schedule(run: () => void, traits: ActionTraits): () => void {
    const action = new Action(run, traits)
    this.actions.push(action)
    return () => this.drop(action)
  }

  drop(action: Action): void {
    const index = this.actions.indexOf(action)
    if (index >= 0) this.actions.splice(index, 1)
  }

  /** A call now, in this very turn; for calls made from inside handlers. Returns its id. */
  call(actor: string, step: Step): number {
    // A run that is over its bounds must come to its end: whatever feeds it is cut off.
    if (this.cutShort) return 0
    return this.#clients.call(actor, step)
  }

  nextId(): number {
    return ++this.#ids
  }

  /** The facts of something that happens now: whether it was injected is one of them. */
  facts(detail: HistoryEvent['detail']): HistoryEvent['detail'] {
    return this.injected > 0 ? { ...detail, inject: this.injected } : detail
  }

  /**
   * Makes the subject. What a source threw passes; any other throw is the adapter's fault. `code` is the same as
   * JavaScript, by the rules of `Step.code`: `adapter.create(factory)`.
   */
  create<T>(make: () => T, code?: string): T {
    const detail = this.real ? { real: true } : undefined
    if (code) this.record({ type: 'act', actor: 'world', op: 'create', detail, code })
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

  /**
   * As `create`, for a subject that may be promised, which no thenable can be: `use` gets it as soon as it is there,
   * in this very turn where that is now. Returns what `use` returns.
   */
  open<T, R>(make: () => T | PromiseLike<T>, code: string, use: (subject: T) => R): R | PromiseLike<R> {
    const made = this.create(make, `await ${code}`)
    if (!isThenable(made)) return use(made)
    this.#opening = true
    const opened = made.then(
      (subject) => {
        this.#opening = false
        return use(subject as T)
      },
      (reason) => {
        throw new AdapterError(`\`create\` rejected with ${this.note(reason).text}`)
      },
    )
    opened.then(undefined, (error) => {
      this.fatal ??= error
    })
    return opened
  }

  /** Whether the subject is promised and not there yet. */
  get opening(): boolean {
    return this.#opening
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

  /** Runs when the run is over: shuts down what would outlive it in a world whose time is real. */
  atEnd(run: () => unknown): void {
    this.ends.push(run)
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
    return this.#clients.owedIds()
  }

  /** Whether a client still waits for an answer it is owed, or all of them for the subject. */
  waiting(): boolean {
    return this.#opening || this.#clients.waiting()
  }

  /** Whether any call, owed an answer or not, is still open. */
  get unanswered(): boolean {
    return this.#clients.unanswered
  }

  /** The plain form of a live value. */
  note(value: unknown): Value {
    return this.values.note(value)
  }
}
