import {
  AdapterError,
  type World as AnyWorld,
  isThenable,
  type SourceCall,
  type Step,
} from '../../src/core/index.js'
import type { AwaitableAdapter, AwaitablePolicy } from './contract.js'

export type World = AnyWorld<AwaitablePolicy>
export type Subject = PromiseLike<unknown>

/** The ways to await something, each of which calls its `then` once. */
export type Via = 'then' | 'await' | 'resolve' | 'all' | 'return'

/** Which handlers a client gives, and what they do. */
export interface Handlers {
  readonly given: 'both' | 'fulfilled' | 'rejected' | 'neither'
  /** What stands in place of a handler that is not given: a specimen's name. */
  readonly blank: string
  /** How a handler goes; absent, it passes on what it is told. */
  readonly gives?: SourceCall
}

export const passing: Handlers = { given: 'both', blank: 'undefined' }

/**
 * Makes the subject of a run. Where the task's synchronous throw comes out of `create` there is none: that throw is
 * then the answer of client A.
 */
export function create(world: World, adapter: AwaitableAdapter, task: () => unknown): Subject | undefined {
  let made: unknown
  try {
    made = world.create(() => adapter.create(task), 'adapter.create(task)')
  } catch (error) {
    if (error instanceof AdapterError) throw error
    const run = () => {
      throw error
    }
    world.call('A', { op: 'create', run, from: 'task' })
    return undefined
  }
  if (isThenable(made)) return made
  throw new AdapterError(`\`create\` of ${adapter.name} must return a thenable, not ${world.note(made).text}`)
}

const WAYS: Readonly<
  Record<Exclude<Via, 'then'>, { readonly run: (subject: Subject) => unknown; readonly code: string }>
> = {
  await: { run: async (subject) => await subject, code: '(async () => await subject)()' },
  resolve: { run: (subject) => Promise.resolve(subject), code: 'Promise.resolve(subject)' },
  all: {
    run: (subject) => Promise.all([subject]).then(([value]) => value),
    code: 'Promise.all([subject]).then(([value]) => value)',
  },
  return: { run: async (subject) => subject, code: '(async () => subject)()' },
}

/** A step that awaits the subject in one of the ways, and passes its outcome on. */
export function awaits(world: World, client: string, subject: Subject, via: Via, inside?: () => void): Step {
  if (via === 'then') return subscribe(world, client, subject, passing, inside)
  const { run, code } = WAYS[via]
  return { op: via, run: () => run(subject), from: 'task', code }
}

type Told = 'fulfilled' | 'rejected'
const NAMES = { fulfilled: 'onFulfilled', rejected: 'onRejected' } as const

/**
 * A step that calls `then`. `inside` runs in its handler, for those who subscribe there. (A module that exports a `then`
 * would be a thenable to whoever imports it, hence the name.)
 */
export function subscribe(
  world: World,
  client: string,
  subject: Subject,
  handlers: Handlers,
  inside: () => void = () => {},
): Step {
  const { given, blank, gives } = handlers
  const response = respond(world, client, gives)
  const run = (id: number) => {
    let returned = false
    const handler = (outcome: Told) => (told: unknown) => {
      const { facts, go } = response(outcome, told)
      world.record({
        type: 'handler',
        actor: client,
        op: NAMES[outcome],
        id,
        outcome,
        value: world.note(told),
        detail: returned ? facts : { ...facts, duringThen: true },
      })
      inside()
      return go()
    }
    const handed = (outcome: Told) =>
      given === 'both' || given === outcome ? handler(outcome) : (world.value(blank) as undefined)
    try {
      return subject.then(handed('fulfilled'), handed('rejected'))
    } finally {
      returned = true
    }
  }
  const code = (outcome: Told) =>
    given === 'both' || given === outcome
      ? `seen('${client}', '${NAMES[outcome]}', ${response(outcome).code})`
      : blank
  return {
    op: 'then',
    run,
    detail: { given },
    code: `subject.then(${code('fulfilled')}, ${code('rejected')})`,
    ...(gives ? {} : { from: 'task' }),
  }
}

/** A step that calls `catch` or `finally`. */
export function member(
  world: World,
  client: string,
  subject: Subject,
  op: 'catch' | 'finally',
  { given, blank, gives }: Handlers,
): Step {
  const callable = given !== 'neither'
  const name = op === 'catch' ? 'onRejected' : 'onFinally'
  const response = respond(world, client, gives)
  const run = (id: number) => {
    const callback = (...args: readonly unknown[]) => {
      const { facts, go } = response('fulfilled', args[0])
      // An argument that is `undefined` cannot be told from none by most callbacks.
      const told = op === 'catch' || args[0] !== undefined ? { value: world.note(args[0]) } : {}
      const outcome = op === 'catch' ? { outcome: 'rejected' as const } : {}
      world.record({ type: 'handler', actor: client, op: name, id, ...outcome, ...told, detail: facts })
      return go()
    }
    const target = subject as Subject & Record<typeof op, (callback: unknown) => unknown>
    return target[op](callable ? callback : world.value(blank))
  }
  const code = callable ? `seen('${client}', '${name}', ${response('fulfilled').code})` : blank
  const handles = op === 'catch' ? 'rejected' : 'both'
  return {
    op,
    run,
    detail: { given: callable ? handles : 'neither' },
    code: `subject.${op}(${code})`,
  }
}

/** What a handler does: as facts for the laws, as code, and the doing itself. */
interface Response {
  readonly facts: Readonly<Record<string, string | number>>
  readonly code: string
  readonly go: () => unknown
}

/** How a client's handlers respond. A value of their own is made once, so that the code of the call can say it. */
function respond(
  world: World,
  client: string,
  gives: SourceCall | undefined,
): (outcome: Told, told?: unknown) => Response {
  if (!gives) {
    return (outcome, told) =>
      outcome === 'fulfilled'
        ? { ...returning(world, told), code: '(value) => value' }
        : { ...throwing(world, told), code: '(reason) => { throw reason }' }
  }
  if (gives.give === 'throw') {
    const response = throwing(world, world.reason(gives.value))
    return () => response
  }
  if (gives.give === 'value') {
    const response = returning(world, world.value(gives.value))
    return () => response
  }
  const name = `handler${client}`
  const go = world.source(name, [gives])
  return () => ({ facts: { adopts: name }, code: `() => ${name}()`, go })
}

function returning(world: World, value: unknown): Response {
  const { id, text } = world.note(value)
  return { facts: { returns: id, text }, code: `() => (${text})`, go: () => value }
}

function throwing(world: World, reason: unknown): Response {
  const { id, text } = world.note(reason)
  const go = () => {
    throw reason
  }
  return { facts: { throws: id, text }, code: `() => { throw ${text} }`, go }
}
