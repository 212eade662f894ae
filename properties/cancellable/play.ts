import { FRESH, History, type SourceCall, type Step, type Traits, type World } from '../../src/core/index.js'
import type { CancellableAdapter, CancellablePolicy } from './contract.js'

/** One client: when it asks, under which signal, and how its task goes. */
export interface ClientPlan {
  /** When it asks, in ms. */
  readonly atMs: number
  /** How many microtasks into the drain before it. */
  readonly inject: number
  /** Which of the signals it is given; in a shared flight it may have none. */
  readonly signal: number | undefined
  readonly task: SourceCall
  /** Whether it looks at its answer again when all is over. */
  readonly looks: boolean
}

/** When a signal aborts, in ms, and with what: `default`, the name of a specimen, or `fresh`. */
export interface AbortPlan {
  readonly atMs: number
  readonly inject: number
  readonly reason: string
}

export interface Scenario {
  readonly clients: readonly ClientPlan[]
  /** How the signals abort; one that has no plan never does. */
  readonly aborts: readonly (AbortPlan | null)[]
}

/** One flight for many: the tasks are those of its flights, one after the other. */
export interface SharedScenario {
  readonly clients: readonly Omit<ClientPlan, 'task'>[]
  readonly tasks: readonly SourceCall[]
  readonly aborts: readonly (AbortPlan | null)[]
}

const CLIENTS = ['A', 'B', 'C', 'D']
const SIGNALS = ['s1', 's2', 's3']
/** When clients look again, in ms: long after all that may happen. */
const LOOK_MS = 1000

interface Signal {
  readonly name: string
  readonly controller: AbortController
  /** Whether it ever aborts: what comes of the task then need not be the answer. */
  readonly aborts: boolean
}

const makeSignals = (world: World<CancellablePolicy>, aborts: readonly (AbortPlan | null)[]): Signal[] =>
  aborts.map((plan, index) => {
    const name = SIGNALS[index]!
    return { name, controller: world.signal(name), aborts: plan !== null }
  })

/** The flights of a task, with what they would come to if nobody aborted. */
function makeTask(world: World<CancellablePolicy>, name: string, plans: readonly SourceCall[]) {
  let calls = 0
  const detail = (args: readonly unknown[]) => {
    const { outcome } = plans[Math.min(calls++, plans.length - 1)]!
    return { planned: outcome, signal: args.some((arg) => arg instanceof AbortSignal) }
  }
  return world.source(name, plans, { detail }) as (signal?: AbortSignal) => PromiseLike<unknown>
}

function scheduleAborts(
  world: World<CancellablePolicy>,
  signals: readonly Signal[],
  aborts: readonly (AbortPlan | null)[],
): void {
  for (const [index, plan] of aborts.entries()) {
    if (!plan) continue
    const { name, controller } = signals[index]!
    const { atMs: dueMs, inject, reason: wanted } = plan
    const reason = wanted === 'default' ? AbortSignal.abort().reason : world.reason(wanted)
    const value = world.note(reason)
    const code = `${name}.abort(${wanted === 'default' ? '' : value.text})`
    world.act(`abort ${name}`, () => controller.abort(reason), { dueMs, inject, value, code })
  }
}

/** Asks, and perhaps looks again at what was given. */
function addClient(
  world: World<CancellablePolicy>,
  client: string,
  { atMs, inject, looks }: Omit<ClientPlan, 'task'>,
  ask: Step,
): void {
  let given: unknown
  const run = (id: number) => {
    given = ask.run(id)
    return given
  }
  const look: Step = {
    op: 'look',
    run: () => given,
    dueMs: LOOK_MS,
    afterAnswer: true,
    owed: false,
    code: `given.${client}`,
  }
  const first: Step = { ...ask, run, dueMs: atMs, inject }
  world.client(client, looks ? [first, look] : [first])
}

/** Each client has a task of its own. */
export function drive(
  world: World<CancellablePolicy>,
  adapter: CancellableAdapter,
  { clients, aborts }: Scenario,
): void {
  const signals = makeSignals(world, aborts)
  for (const [index, plan] of clients.entries()) {
    const client = CLIENTS[index]!
    const name = `task${client}`
    const task = makeTask(world, name, [plan.task])
    const signal = signals[plan.signal ?? 0]!
    addClient(world, client, plan, {
      op: 'run',
      run: () => adapter.create(task, signal.controller.signal),
      detail: { task: name, signal: signal.name },
      code: `adapter.create((...args) => ${name}(...args), ${signal.name}.signal)`,
      ...(signal.aborts ? {} : { from: name }),
    })
  }
  scheduleAborts(world, signals, aborts)
}

/** All clients wait for one flight. */
export function driveShared(
  world: World<CancellablePolicy>,
  adapter: CancellableAdapter,
  { clients, tasks, aborts }: SharedScenario,
): void {
  const signals = makeSignals(world, aborts)
  const task = makeTask(world, 'task', tasks)
  const join = world.create(() => adapter.createShared!(task), 'adapter.createShared(task)')
  for (const [index, plan] of clients.entries()) {
    const signal = plan.signal === undefined ? undefined : signals[plan.signal]
    addClient(world, CLIENTS[index]!, plan, {
      op: 'join',
      run: () => (signal ? join(signal.controller.signal) : join()),
      detail: { task: 'task', ...(signal ? { signal: signal.name } : {}) },
      code: `subject(${signal ? `${signal.name}.signal` : ''})`,
      ...(signal?.aborts ? {} : { from: 'task' }),
    })
  }
  scheduleAborts(world, signals, aborts)
}

/** Whether there are shared flights, and whether each `then` runs the task again. */
export function examine(world: World<CancellablePolicy>, adapter: CancellableAdapter): PromiseLike<Traits> {
  const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }
  const task = makeTask(world, 'task', [fulfils])
  const { signal } = new AbortController()
  const plan = { atMs: 0, inject: 0, signal: 0, looks: true }
  addClient(world, 'A', plan, { op: 'run', run: () => adapter.create(task, signal) })
  const reruns = () => new History(world.events).flights('task').length > 1
  const shared = typeof adapter.createShared === 'function'
  // Asked when the run is over.
  return { then: (tell) => Promise.resolve(tell?.({ shared, reruns: reruns() }) as never) }
}
