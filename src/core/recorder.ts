import { History, type HistoryEvent, type Outcome } from './history.js'
import type { Host } from './host.js'
import type { Context, TestedLaw } from './law.js'
import type { Part, Suite, Traits } from './protocol.js'
import type { LawVerdict, Report } from './report.js'
import { type Value, ValueTable } from './value.js'
import { isThenable } from './world/clients.js'

/** How many events a recording keeps unless told otherwise. */
const DEFAULT_LIMIT = 2_000

export interface RecordOptions {
  /**
   * How many events are kept at most. Default 2,000. What comes later is let through unrecorded: a history may lack its
   * end, as if it had been looked at early, but not its beginning.
   */
  readonly limit?: number
}

/** What one call is, as the laws of its protocol know it. */
export interface Observed {
  readonly op: string
  readonly value?: Value
  readonly detail?: HistoryEvent['detail']
}

type Task = (...args: never[]) => unknown

/** Writes down what a live subject is asked, what it asks of its sources, and what comes of both. */
export class Recorder {
  readonly events: HistoryEvent[] = []
  readonly values = new ValueTable()
  traits: Traits = {}
  /** Set when more happened than is kept. */
  full = false
  #on = true
  #ids = 0
  #step = 0
  #timeMs = 0
  #stepOpen = false
  readonly #limit: number
  readonly #host: Host
  readonly #beganMs: number
  readonly #idle: string[] = []
  #callers = 0

  constructor(host: Host, { limit = DEFAULT_LIMIT }: RecordOptions = {}) {
    this.#host = host
    this.#limit = limit
    this.#beganMs = host.realMs()
  }

  get on(): boolean {
    return this.#on
  }

  /** From here on every call goes straight to the subject. */
  stop(): void {
    this.#on = false
  }

  /** A source of the subject whose calls are recorded. */
  source<F extends Task>(
    name: string,
    task: F,
    detail?: (args: readonly unknown[]) => HistoryEvent['detail'],
  ): F {
    const recorded = (...args: never[]): unknown => {
      if (!this.#on) return task(...args)
      const id = ++this.#ids
      const facts = { n: id, give: 'promise', ...detail?.(args) }
      this.#write(
        'start',
        name,
        name,
        id,
        undefined,
        args.length > 0 ? this.values.note(args[0]) : undefined,
        facts,
      )
      return this.#watch(
        () => task(...args),
        (outcome, value) => this.#write('settle', name, name, id, outcome, this.values.note(value)),
      )
    }
    return recorded as F
  }

  /** A call of the subject: what it returns is returned, and how it ends is recorded. */
  call<T>({ op, detail, value }: Observed, run: () => T): T {
    if (!this.#on) return run()
    const id = ++this.#ids
    // Whoever calls while others wait gets a lane of their own, and leaves it to the next.
    const caller = this.#idle.pop() ?? callerName(this.#callers++)
    this.#write('call', caller, op, id, undefined, value, detail)
    return this.#watch(run, (outcome, given) => {
      this.#write('return', caller, op, id, outcome, this.values.note(given))
      this.#idle.push(caller)
    }) as T
  }

  #watch(run: () => unknown, ended: (outcome: Outcome, value: unknown) => void): unknown {
    let result: unknown
    try {
      result = run()
    } catch (error) {
      ended('threw', error)
      throw error
    }
    if (!isThenable(result)) {
      ended('returned', result)
      return result
    }
    const fulfilled = (value: unknown) => ended('fulfilled', value)
    const rejected = (reason: unknown) => ended('rejected', reason)
    if (result instanceof Promise) {
      result.then(fulfilled, rejected)
      return result
    }
    // Another thenable may begin anew for everybody who asks: only those who await it do.
    const { then } = result
    return {
      then: (onFulfilled?: (value: unknown) => unknown, onRejected?: (reason: unknown) => unknown) =>
        then.call(
          result,
          (value: unknown) => {
            fulfilled(value)
            return onFulfilled ? onFulfilled(value) : value
          },
          (reason: unknown) => {
            rejected(reason)
            if (onRejected) return onRejected(reason)
            throw reason
          },
        ),
    }
  }

  #write(
    type: HistoryEvent['type'],
    actor: string,
    op: string,
    id: number,
    outcome: Outcome | undefined,
    value: Value | undefined,
    detail?: HistoryEvent['detail'],
  ): void {
    if (this.events.length >= this.#limit) {
      this.full = true
      this.#on = false
      return
    }
    if (!this.#stepOpen) this.#openStep()
    this.events.push({
      seq: this.events.length,
      step: this.#step,
      timeMs: this.#timeMs,
      type,
      actor,
      op,
      id,
      outcome,
      value,
      detail,
      code: undefined,
    })
  }

  /** A step is what happens in one turn of the event loop, and is taken to happen at once. */
  #openStep(): void {
    this.#stepOpen = true
    this.#step++
    this.#timeMs = Math.floor(this.#host.realMs() - this.#beganMs)
    void this.#host.turn().then(() => {
      this.#stepOpen = false
    })
  }
}

/** A, B, …, Z, A2, B2, …: as many callers as there ever are at once. */
const callerName = (index: number): string =>
  `${String.fromCharCode(65 + (index % 26))}${index < 26 ? '' : Math.floor(index / 26) + 1}`

/** A live subject under observation. */
export interface Recording<S> {
  /** Stands for the subject: what is asked through it is recorded. */
  readonly subject: S
  /** Ends the recording; the subject goes on, at no cost. */
  stop(): void
  /** What the laws say of what was recorded so far. */
  report(): Report
}

/** Puts a live subject under observation. `sources` are what its adapter's `create` takes. */
export function record<S>(
  host: Host,
  suite: Suite,
  sources: readonly unknown[],
  options?: RecordOptions,
): Recording<S> {
  const [part] = suite.parts
  const { protocol, adapter } = part!
  if (!protocol.observe) throw new TypeError(`${protocol.name} cannot be recorded: its subjects need a world`)
  const recorder = new Recorder(host, options)
  const subject = protocol.observe(recorder, adapter, ...(sources as readonly never[])) as S
  return { subject, stop: () => recorder.stop(), report: () => judge(host, suite, recorder) }
}

function judge(host: Host, suite: Suite, { events, traits, full }: Recorder): Report {
  const history = new History([...events])
  const [first] = suite.parts
  return {
    subject: suite.subject,
    protocol: suite.protocol,
    seed: 0,
    runtime: host.runtime,
    drain: 'hop',
    clock: 'real',
    runs: 1,
    schedules: {
      explored: 1,
      total: null,
      complete: false,
      bound: `a recorded run of ${events.length} events${full ? ', of which the rest was not kept' : ''}`,
    },
    verdicts: suite.laws
      .filter(({ part }) => part === first || Object.keys(part.protocol.kinds).length === 0)
      .map(({ id, law, part }) =>
        law.level === 'untested'
          ? { law: id, level: law.level, verdict: 'unexercised', exercised: 0, reason: law.reason }
          : verdict(id, law, history, contextOf(part, traits)),
      ),
  }
}

const contextOf = ({ protocol, policy }: Part, traits: Traits): Context => ({
  policy: { ...policy, ...protocol.observedPolicy?.(policy) },
  traits,
})

function verdict(id: string, law: TestedLaw, history: History, context: Context): LawVerdict {
  const head = { law: id, level: law.level }
  const applies = law.appliesWhen?.(context) ?? true
  if (applies !== true) return { ...head, verdict: 'not-applicable', exercised: 0, reason: applies }
  if (law.needsWorld) return { ...head, verdict: 'not-applicable', exercised: 0, reason: law.needsWorld }
  const blame = law.violation(history, context)
  if (!blame) {
    const exercised = law.exercised(history, context) ? 1 : 0
    return exercised
      ? { ...head, verdict: 'holds', exercised }
      : {
          ...head,
          verdict: 'unexercised',
          exercised,
          reason: 'nothing that was recorded is what the law is about',
        }
  }
  const { length } = history.events
  return {
    ...head,
    verdict: 'violated',
    exercised: 1,
    counterexample: {
      kind: 'recorded',
      scenario: null,
      choices: [],
      history: history.events,
      blame: blame.events.map(({ seq }) => seq),
      shrinks: 0,
      found: { afterRuns: 1, events: length, by: 'recording' },
      message: blame.because,
      replay: '',
    },
  }
}
