import { isThenable, type SourceCall, type Step, type World } from '../../src/core/index.js'
import type { RetryAdapter, RetryOptions, RetryPolicy } from './contract.js'

/** Numbers of attempts, by the JavaScript that writes them: `NaN` would not survive in a report. */
export type Asked = '0' | '-1' | 'NaN' | '1' | '2' | '3' | '4'

/** When the signal aborts: before the run, or some time after the start of an attempt, counted from 1. */
export interface Abort {
  readonly attempt: number
  readonly afterMs: number
  readonly inject: number
  /** The name of the reason; `undefined` leaves it to the platform. */
  readonly reason: string
}

/** What becomes of `shouldRetry`, asked after that attempt, counted from 1. */
export interface Predicate {
  readonly attempt: number
  readonly answer: 'no' | 'throws'
}

export interface Scenario {
  readonly asked: Asked
  readonly baseMs: number
  readonly factor: number
  /** The longest wait, as a multiple of `baseMs`. */
  readonly cap: number
  /** How the first attempts go; `success` stands for all further ones. */
  readonly failures: readonly SourceCall[]
  readonly success: SourceCall
  readonly predicate?: Predicate | undefined
  readonly abort?: Abort | undefined
  readonly timeoutMs?: number
  /** Whether the result is awaited once more, meanwhile or when the run has settled. */
  readonly again?: 'meanwhile' | 'later' | undefined
  /** How the attempts of a second run beside it go. */
  readonly beside?: readonly SourceCall[]
  /** Whether time goes on after the end, so that what has been forgotten shows itself. */
  readonly looksLater: boolean
}

/** When everything that a scenario may bring about is long over. */
const LATER_MS = 2000

/** How many waits of the schedule a call says. */
const WAITS = 8

/** Who runs, and the attempts that it makes. */
interface Runner {
  readonly client: string
  readonly source: string
}

export function drive(world: World<RetryPolicy>, adapter: RetryAdapter, scenario: Scenario): void {
  const { failures, success, beside, looksLater } = scenario
  begin(world, adapter, scenario, { client: 'A', source: 'attempt' }, [...failures, success])
  if (beside) begin(world, adapter, scenario, { client: 'B', source: 'attemptB' }, [...beside, success])
  if (looksLater) world.act('look later', () => {}, { dueMs: LATER_MS, code: 'void 0' })
}

/** Lets a client run the attempts. */
function begin(
  world: World<RetryPolicy>,
  adapter: RetryAdapter,
  scenario: Scenario,
  runner: Runner,
  plans: readonly SourceCall[],
): void {
  const { client, source } = runner
  const { abort, predicate, again, timeoutMs } = scenario
  const controller = abort && world.signal('stop')
  const aborts = abort && controller && (() => abortsAt(world, controller, abort))
  if (abort?.attempt === 0) aborts?.()
  const task = world.source(source, plans)
  let made = 0
  const attempt = () => {
    made++
    try {
      return task()
    } finally {
      if (made === abort?.attempt) aborts?.()
    }
  }
  const options: RetryOptions = {
    ...numbers(scenario),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(controller ? { signal: controller.signal } : {}),
    ...(predicate ? { shouldRetry: asks(world, runner, predicate) } : {}),
  }
  // Where something else than the attempts may decide, an answer need not be the outcome of one.
  const from = abort || timeoutMs !== undefined ? {} : { from: source }
  const facts = { ...from, detail: detail(adapter, scenario, source, options) }
  let given: PromiseLike<unknown>
  const seen = (id: number) =>
    world.context.policy.error === 'wrapped' ? looking(world, client, id, given) : given
  const run: Step = {
    op: 'run',
    run(id) {
      given = adapter.run(attempt, options)
      return seen(id)
    },
    code: `adapter.run(() => ${source}(), ${optionsCode(scenario, runner)})`,
    ...facts,
  }
  const more: Step = {
    op: 'await',
    run: seen,
    afterAnswer: again === 'later',
    code: `given.${client}`,
    ...facts,
  }
  const before = abort?.attempt === 0 ? { dueMs: 1 } : {}
  world.client(client, again ? [{ ...run, ...before }, more] : [{ ...run, ...before }])
}

const numbers = ({ asked, baseMs, factor, cap }: Scenario) => ({
  attempts: Number(asked),
  baseMs,
  factor,
  maxMs: baseMs * cap,
})

/** What the laws have to know of a call. */
function detail(adapter: RetryAdapter, scenario: Scenario, source: string, options: RetryOptions) {
  const { asked, baseMs, predicate, abort, timeoutMs } = scenario
  const waits = Array.from({ length: WAITS }, (_, index) => adapter.schedule?.(index + 1, options))
  const bounds = waits.map((wait) => (typeof wait === 'number' ? `${wait}..${wait}` : wait?.join('..')))
  return {
    source,
    attempts: asked,
    baseMs,
    ...(adapter.schedule ? { schedule: bounds.join(' ') } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(abort ? { signal: true } : {}),
    ...(predicate?.answer === 'no' ? { refused: predicate.attempt } : {}),
    ...(predicate?.answer === 'throws' ? { throwing: true } : {}),
  }
}

function optionsCode(scenario: Scenario, { client, source }: Runner): string {
  const { abort, predicate, timeoutMs } = scenario
  const { baseMs, factor, maxMs } = numbers(scenario)
  const parts = [`attempts: ${scenario.asked}, baseMs: ${baseMs}, factor: ${factor}, maxMs: ${maxMs}`]
  if (timeoutMs !== undefined) parts.push(`timeoutMs: ${timeoutMs}`)
  if (abort) parts.push('signal: stop.signal')
  if (predicate) {
    const hasFailed = `kit.seen.some((words) => /^${source} #${predicate.attempt} (rejects|throws)/.test(words))`
    const answer =
      predicate.answer === 'no'
        ? `!${hasFailed}`
        : `{ if (${hasFailed}) throw new Error('asked'); return true }`
    parts.push(`shouldRetry: seen('${client}', 'shouldRetry', () => ${answer})`)
  }
  return `{ ${parts.join(', ')} }`
}

function abortsAt(world: World<RetryPolicy>, controller: AbortController, abort: Abort): void {
  const given = abort.reason !== 'undefined'
  const reason = given
    ? world.reason(abort.reason)
    : new DOMException('This operation was aborted', 'AbortError')
  const value = world.note(reason)
  world.act('abort', () => controller.abort(reason), {
    dueMs: world.nowMs + abort.afterMs,
    inject: abort.inject,
    value,
    code: `stop.abort(${given ? value.text : ''})`,
  })
}

/** A predicate that allows further attempts until one has failed for which it does not. */
function asks(world: World<RetryPolicy>, { client, source }: Runner, { attempt, answer }: Predicate) {
  const hasFailed = () =>
    world.events.filter(({ type, actor }) => type === 'settle' && actor === source).length >= attempt
  return (reason: unknown): boolean => {
    const throws = answer === 'throws' && hasFailed()
    const error = throws ? new Error('asked') : undefined
    world.record({
      type: 'handler',
      actor: client,
      op: 'shouldRetry',
      outcome: throws ? 'threw' : 'returned',
      value: world.note(reason),
      detail: error && { throws: world.note(error).id },
    })
    if (error) throw error
    return !hasFailed()
  }
}

/** The result of a run, subscribed to once, with a look at what the error that it rejects with carries. */
function looking(world: World<RetryPolicy>, actor: string, id: number, given: PromiseLike<unknown>): unknown {
  if (!isThenable(given)) return given
  const look = (error: unknown) => {
    for (const { type, outcome, value } of [...world.events]) {
      if (type !== 'settle' || !value || (outcome !== 'rejected' && outcome !== 'threw')) continue
      if (carries(error, world.values.live(value), 3))
        world.record({ type: 'read', actor, op: 'carries', id, value })
    }
  }
  return {
    then(onFulfilled: (value: unknown) => unknown, onRejected: (reason: unknown) => unknown) {
      given.then(onFulfilled, (error) => {
        look(error)
        return onRejected(error)
      })
    },
  }
}

/** Whether an object has a value among its properties, or among those of what they hold. */
function carries(holder: unknown, value: unknown, depth: number): boolean {
  if (typeof holder !== 'object' || holder === null || depth === 0) return false
  return Object.values(Object.getOwnPropertyDescriptors(holder)).some(
    (property) =>
      'value' in property && (Object.is(property.value, value) || carries(property.value, value, depth - 1)),
  )
}
