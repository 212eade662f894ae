import {
  AdapterError,
  FRESH,
  isThenable,
  type Recorder,
  type SourceCall,
  type SourceOptions,
  type Step,
  type Traits,
  type World,
} from '../../src/core/index.js'
import type { MemoAdapter, MemoHandle, MemoPolicy } from './contract.js'
import { type Key, Keys } from './keys.js'

/** One client's doing: what, on which key, and how many microtasks into the drain before it. */
export interface Move {
  readonly op: 'get' | 'clear' | 'clearAll'
  readonly key: number
  readonly inject: number
}

/** A client keeps to one cache. */
export interface Client {
  readonly cache: number
  readonly moves: readonly Move[]
}

export interface Scenario {
  /** By the names of the pool; moves count round them. */
  readonly keys: readonly string[]
  /** How the loads of a cache go, one after the other; the last plan stands for all further ones. */
  readonly loads: readonly SourceCall[]
  /** Whether each key has these loads for itself. */
  readonly perKey?: boolean
  readonly clients: readonly Client[]
}

/** A loader that asks its own cache for another key. */
export interface Nested {
  readonly keys: readonly string[]
  readonly loads: readonly SourceCall[]
}

export const CLIENTS = ['A', 'B', 'C', 'D']
/** The loaders of the caches, by which the events of one are told from those of the other. */
export const LOADERS = ['load', 'otherLoad'] as const

/** What survives every kind of copying, and can be told from what it is not. */
export const COPIED: ReadonlySet<string> = new Set([
  FRESH,
  ...['undefined', 'null', '0', "''", 'false', 'true', "'text'", '{}', '[]'],
])

/** A cache in a world, with the JavaScript that it goes by. */
interface Cache {
  readonly handle: MemoHandle<unknown>
  readonly loader: string
  readonly code: string
}

type Loader = (...args: unknown[]) => unknown

/** Makes as many caches as there are loaders, the last one first: what is made last is the `subject`. */
function open(
  world: World<MemoPolicy>,
  adapter: MemoAdapter,
  loaders: readonly Loader[],
  use: (caches: readonly Cache[]) => void,
  rest: readonly Cache[] = [],
): void {
  const index = loaders.length - rest.length - 1
  const loader = LOADERS[index]!
  world.open(
    () => adapter.create(loaders[index]!),
    `adapter.create(${loader})`,
    (made) => {
      const cache = { handle: checked(world, adapter, made), loader, code: 'subject' }
      if (index === 0) return use([cache, ...rest])
      world.record({ type: 'act', actor: 'world', op: 'apart', code: 'given.second = subject' })
      open(world, adapter, loaders, use, [{ ...cache, code: 'given.second' }, ...rest])
    },
  )
}

function checked(world: World<MemoPolicy>, adapter: MemoAdapter, made: unknown): MemoHandle<unknown> {
  if (typeof (made as MemoHandle<unknown> | null | undefined)?.get === 'function') {
    return made as MemoHandle<unknown>
  }
  throw new AdapterError(
    `\`create\` of ${adapter.name} must return a handle with \`get\`, not ${world.note(made).text}`,
  )
}

/** What every scenario begins with: the keys, and what the laws must know of the subject. */
function setUp(world: World<MemoPolicy>, adapter: MemoAdapter, names: readonly string[]): Keys {
  world.graceMs = adapter.graceMs ?? 0
  for (const value of world.context.policy.uncacheable) {
    world.record({ type: 'act', actor: 'world', op: 'uncacheable', value: world.note(value) })
  }
  return new Keys(world, adapter, names)
}

const loaderOf = (
  world: World<MemoPolicy>,
  keys: Keys,
  name: string,
  plans: readonly SourceCall[],
  options: Pick<SourceOptions, 'during' | 'perKey'> = {},
): Loader => world.source(name, plans, { detail: ([key]) => ({ key: keys.label(key) }), ...options })

export function drive(world: World<MemoPolicy>, adapter: MemoAdapter, scenario: Scenario): void {
  const { keys: names, loads, perKey = false, clients } = scenario
  const keys = setUp(world, adapter, names)
  const clears = clients.some(({ moves }) => moves.some(({ op }) => op !== 'get'))
  const count = clients.some(({ cache }) => cache > 0) ? 2 : 1
  const loaders = LOADERS.slice(0, count).map((name) => loaderOf(world, keys, name, loads, { perKey }))
  open(world, adapter, loaders, (caches) => {
    for (const [index, { cache, moves }] of clients.entries()) {
      const own = caches[cache]!
      const steps = moves.map(({ op, key, inject }) => {
        const step =
          op === 'get' ? get(world, own, keys.at(key), clears) : clear(world, own, op, keys.at(key))
        return { ...step, inject }
      })
      const name = CLIENTS[index] ?? `C${index}`
      world.client(cache === 0 ? name : `${name} of ${own.loader}`, steps, JSON.stringify([cache, moves]))
    }
  })
}

/** The first load asks for the second key, and goes as that goes. */
export function driveNested(
  world: World<MemoPolicy>,
  adapter: MemoAdapter,
  { keys: names, loads }: Nested,
): void {
  const keys = setUp(world, adapter, names)
  const [outer, inner = outer!] = keys.all
  let ask = (): PromiseLike<unknown> | undefined => undefined
  const during = (n: number) => (n === 1 && outer !== inner ? ask() : undefined)
  const loader = loaderOf(world, keys, LOADERS[0], loads, { during })
  open(world, adapter, [loader], ([cache]) => {
    ask = () => {
      let answer: unknown
      const step = get(world, cache!, inner, false)
      const run = (id: number) => {
        answer = step.run(id)
        return answer
      }
      world.call(CLIENTS[1]!, { ...step, run })
      return isThenable(answer) ? answer : undefined
    }
    const step = get(world, cache!, outer!, false)
    world.client(CLIENTS[0]!, [{ ...step, detail: { ...step.detail, nested: outer !== inner } }])
  })
}

function get(world: World<MemoPolicy>, { handle, loader, code }: Cache, key: Key, clears: boolean): Step {
  const { failure, clearInFlight, values } = world.context.policy
  // Where an answer may rightly be none of a load's, it is not said where it should come from.
  const apart = failure === 'swallow' || (clears && clearInFlight === 'reject')
  const run = () => handle.get(key.live)
  return {
    op: 'get',
    run: values === 'clone' ? () => judgedByStructure(world, run()) : run,
    afterAnswer: true,
    value: world.note(key.live),
    detail: { cache: loader, key: key.label },
    code: `${code}.get(${key.code})`,
    ...(apart ? {} : { from: loader }),
  }
}

function clear(
  world: World<MemoPolicy>,
  { handle, loader, code }: Cache,
  op: 'clear' | 'clearAll',
  key: Key,
): Step {
  if (op === 'clearAll') {
    return { op, run: () => handle.clearAll?.(), detail: { cache: loader }, code: `${code}.clearAll()` }
  }
  return {
    op,
    run: () => handle.clear?.(key.live),
    value: world.note(key.live),
    detail: { cache: loader, key: key.label },
    code: `${code}.clear(${key.code})`,
  }
}

/** A copy is as good as what it is a copy of: it is written down as that. */
function judgedByStructure(world: World<MemoPolicy>, made: unknown): unknown {
  if (!isThenable(made)) return made
  const original = (value: unknown) => {
    if (Array.isArray(value) && value.length === 0) return world.value('[]')
    const plain = typeof value === 'object' && value !== null && !(value instanceof Error)
    return plain && !Array.isArray(value) && Object.keys(value).length === 0 ? world.value('{}') : value
  }
  return {
    then: (fulfil: (value: unknown) => unknown, reject: (reason: unknown) => unknown) =>
      made.then((value) => fulfil(original(value)), reject),
  }
}

/** Which optional members the subject has. */
export function examine(world: World<MemoPolicy>, adapter: MemoAdapter): Traits | PromiseLike<Traits> {
  const loader = world.source(LOADERS[0], [{ give: 'promise', outcome: 'fulfil', value: 'fresh' }])
  return world.open(
    () => adapter.create(loader),
    'adapter.create(load)',
    (made) => {
      const handle = checked(world, adapter, made)
      return { clear: typeof handle.clear === 'function', clearAll: typeof handle.clearAll === 'function' }
    },
  )
}

/** A live cache whose calls are recorded. Its keys are taken for the same where `Map` does. */
export function observe(
  recorder: Recorder,
  adapter: MemoAdapter,
  load: (key: unknown) => PromiseLike<unknown>,
): MemoHandle<unknown> {
  const made = adapter.create(
    recorder.source(LOADERS[0], load, ([key]) => ({ key: recorder.values.note(key).id })),
  )
  if (isThenable(made))
    throw new TypeError('a cache that is promised cannot be recorded: await it in `create`')
  const { clear, clearAll } = made
  recorder.traits = { clear: clear !== undefined, clearAll: clearAll !== undefined }
  const about = (op: 'get' | 'clear', key: unknown) => {
    const value = recorder.values.note(key)
    const detail = { cache: LOADERS[0], key: value.id }
    return { op, value, detail: op === 'get' ? { ...detail, from: LOADERS[0] } : detail }
  }
  return {
    get: (key) => (recorder.on ? recorder.call(about('get', key), () => made.get(key)) : made.get(key)),
    ...(clear ? { clear: (key) => recorder.call(about('clear', key), () => clear.call(made, key)) } : {}),
    ...(clearAll
      ? {
          clearAll: () =>
            recorder.call({ op: 'clearAll', detail: { cache: LOADERS[0] } }, () => clearAll.call(made)),
        }
      : {}),
  }
}
