import {
  AdapterError,
  isThenable,
  type SourceCall,
  type Step,
  type Traits,
  type World,
} from '../../src/core/index.js'
import type { ServiceAdapter, ServiceGraph, ServiceHandle, ServicePolicy } from './contract.js'
import type { GraphScenario, Move, Scenario } from './scenario.js'

const CLIENTS = ['A', 'B', 'C', 'D']
const NODES = ['a', 'b', 'c']

type ServiceWorld = World<ServicePolicy>

/** A service or a graph of them, as clients use it. */
interface Opened {
  get(move: Move): Step
  dispose(): PromiseLike<void>
  /** The end of an `await using`. */
  using?: (() => PromiseLike<void>) | undefined
  stats?(): unknown
}

/** Plays a scenario on a single service. */
export function drive(world: ServiceWorld, adapter: ServiceAdapter, scenario: Scenario): void {
  open(world, adapter, scenario, (handle) => {
    const get = { op: 'get', run: () => handle.get(), code: 'subject.get()' }
    send(world, scenario.clients, {
      get: () => get,
      dispose: () => handle.dispose(),
      using: endOf(handle),
      stats: () => handle.stats?.(),
    })
  })
}

/** Plays a scenario on several resources that need one another. */
export function driveGraph(world: ServiceWorld, adapter: ServiceAdapter, scenario: GraphScenario): void {
  openGraph(world, adapter, scenario, (graph) => {
    const nodes = scenario.needs.length
    const get = ({ node }: Move) => {
      const name = NODES[node % nodes]!
      const named = { value: world.note(name), detail: { key: name } }
      return { op: 'get', run: () => graph.get(name), code: `subject.get('${name}')`, ...named }
    }
    send(world, scenario.clients, { get, dispose: () => graph.dispose() })
  })
}

/** Not every runtime has the symbol, and not every service the method. */
function endOf(handle: ServiceHandle<unknown>): (() => PromiseLike<void>) | undefined {
  const known = Symbol.asyncDispose !== undefined && typeof handle[Symbol.asyncDispose] === 'function'
  return known ? () => handle[Symbol.asyncDispose]!() : undefined
}

function send(world: ServiceWorld, clients: Scenario['clients'], opened: Opened): void {
  for (const [index, moves] of clients.entries()) {
    const client = CLIENTS[index]!
    const steps = moves.map((move) => ({
      ...toStep(world, client, move, opened),
      inject: move.inject,
      afterAnswer: !move.hasty,
    }))
    world.client(client, steps)
  }
}

function toStep(world: ServiceWorld, client: string, move: Move, opened: Opened): Step {
  if (move.op === 'get') return opened.get(move)
  if (move.op === 'dispose') {
    const using = move.using ? opened.using : undefined
    const run = (id: number) => withReasons(world, client, id, using ? using() : opened.dispose())
    return { op: 'dispose', run, code: using ? 'subject[Symbol.asyncDispose]()' : 'subject.dispose()' }
  }
  const run = (id: number) => lookAt(world, client, id, opened.stats?.())
  return { op: 'stats', run, answers: 'value', code: 'void subject.stats()' }
}

/** A dispose whose error is taken apart, if it holds several: only the live object says so. */
function withReasons(world: ServiceWorld, client: string, id: number, disposed: unknown): unknown {
  if (!isThenable(disposed)) return disposed
  return {
    then: (onFulfilled: () => void, onRejected: (reason: unknown) => void) =>
      disposed.then(onFulfilled, (reason) => {
        takeApart(world, client, id, reason)
        onRejected(reason)
      }),
  }
}

/** Reads what an error suppressed, outermost first. */
function takeApart(world: ServiceWorld, client: string, id: number, reason: unknown): void {
  if (!isSuppressing(reason)) return
  for (const op of ['error', 'suppressed'] as const) {
    const part = reason[op]
    if (isSuppressing(part)) takeApart(world, client, id, part)
    else world.record({ type: 'read', actor: client, op, id, value: world.note(part) })
  }
}

/** By structure: not every runtime has a `SuppressedError`. */
const isSuppressing = (reason: unknown): reason is { error: unknown; suppressed: unknown } =>
  typeof reason === 'object' && reason !== null && 'error' in reason && 'suppressed' in reason

const FIGURES = ['initialized', 'initTimeMs', 'accessCount']

function lookAt(world: ServiceWorld, client: string, id: number, stats: unknown): void {
  for (const op of FIGURES) {
    const value = world.note((stats as Record<string, unknown> | undefined)?.[op])
    world.record({ type: 'read', actor: client, op, id, value })
  }
}

interface Plans {
  readonly open: readonly SourceCall[]
  readonly close: readonly SourceCall[]
}

function open<T>(
  world: ServiceWorld,
  adapter: ServiceAdapter,
  plans: Plans,
  use: (handle: ServiceHandle<unknown>) => T,
): T | PromiseLike<T> {
  const opening = world.source('open', plans.open) as () => PromiseLike<unknown>
  const detail = ([resource]: readonly unknown[]) => ({ resource: world.note(resource).id })
  const closing = world.source('close', plans.close, { detail }) as () => PromiseLike<void>
  const make = () => adapter.create(opening, closing)
  return world.open(make, 'adapter.create(open, close)', (made) => {
    demand(world, adapter, 'create', made, ['get', 'dispose'])
    return use(made)
  })
}

function openGraph<T>(
  world: ServiceWorld,
  adapter: ServiceAdapter,
  { needs, reversed, ...plans }: GraphScenario,
  use: (graph: ServiceGraph<unknown>) => T,
): T | PromiseLike<T> {
  const named = needs.map((indices, index) => ({ name: NODES[index]!, needs: indices.map((i) => NODES[i]!) }))
  const needsOf = (name: unknown) => named.find((node) => node.name === name)?.needs.join(' ') ?? ''
  const opening = world.source('open', plans.open, {
    detail: ([name]) => ({ key: String(name), needs: needsOf(name) }),
  })
  const closing = world.source('close', plans.close, {
    detail: ([name, resource]) => ({ key: String(name), resource: world.note(resource).id }),
  })
  const nodes = named.map(({ name, needs }) => ({
    name,
    needs,
    open: () => opening(name),
    close: (resource: unknown) => closing(name, resource) as PromiseLike<void>,
  }))
  const texts = named.map(
    ({ name, needs }) =>
      `{ name: '${name}', needs: [${needs.map((need) => `'${need}'`).join(', ')}],` +
      ` open: () => open('${name}'), close: (resource) => close('${name}', resource) }`,
  )
  if (reversed) for (const list of [nodes, texts]) list.reverse()
  const make = () => adapter.createGraph!(nodes)
  return world.open(make, `adapter.createGraph([${texts.join(', ')}])`, (made) => {
    demand(world, adapter, 'createGraph', made, ['get', 'dispose'])
    return use(made)
  })
}

function demand(
  world: ServiceWorld,
  adapter: ServiceAdapter,
  maker: string,
  made: unknown,
  methods: readonly string[],
): void {
  const found = made as Record<string, unknown> | null | undefined
  const missing = methods.find((method) => typeof found?.[method] !== 'function')
  if (missing === undefined) return
  throw new AdapterError(
    `\`${maker}\` of ${adapter.name} must return a handle with \`${missing}\`, not ${world.note(made).text}`,
  )
}

const plan: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }

/** Which optional members the subject has. */
export function examine(world: ServiceWorld, adapter: ServiceAdapter): Traits | PromiseLike<Traits> {
  const graph = typeof adapter.createGraph === 'function'
  return open(world, adapter, { open: [plan], close: [plan] }, (handle) => ({
    stats: typeof handle.stats === 'function',
    graph,
  }))
}
