import { AdapterError, isThenable, type Step, type World } from '../../src/core/index.js'
import type { FutureAdapter, FutureHandle, FuturePolicy } from './contract.js'
import type { Look, Move, Operation, Program } from './scenario.js'
import { type Bench, reading, subscription, toStep } from './steps.js'

/** When the client comes that looks when everything is over, in ms. */
const LONG_AFTER_MS = 100_000
const CLIENTS = ['A', 'B', 'C']

/** Plays a program on a subject. */
export function play(world: World<FuturePolicy>, adapter: FutureAdapter, program: Program): void {
  const bench = setUp(world, adapter, program)
  for (const [index, moves] of program.clients.entries()) {
    const client = CLIENTS[index]!
    world.client(
      client,
      moves.map((move) => ({ ...toStep(bench, client, move.operation), ...timing(move) })),
    )
  }
  world.client(
    'later',
    program.longAfter.map((look) => toLook(bench, look)),
  )
}

const timing = ({ when, inject }: Move): Partial<Step> => ({
  inject,
  sameTurn: when === 'same turn',
  afterAnswer: when === 'answered',
})

/** A step of the late client, who waits for each answer. */
const toLook = (bench: Bench, look: Look): Step => ({
  ...(look === 'then' || look === 'onSettled' ? subscription(bench, 'later', look) : reading(bench, look)),
  dueMs: LONG_AFTER_MS,
  afterAnswer: true,
})

function setUp(world: World<FuturePolicy>, adapter: FutureAdapter, program: Program): Bench {
  const both = program.clients.flat().some(({ operation }) => concernsOther(operation))
  const create = 'adapter.create()'
  const { d, other } = both
    ? world.create(() => pair(world, adapter), `({ d: ${create}, other: ${create} })`)
    : world.create(() => one(world, adapter), create)
  world.keep(d.promise)
  if (other !== d) {
    world.values.note(other.promise, 'other')
    world.keep(other.promise)
  }
  const code = both ? { d: 'subject.d', other: 'subject.other' } : { d: 'subject', other: 'subject' }
  return { world, d, other, code, depth: 0, inners: 0 }
}

const pair = (world: World<FuturePolicy>, adapter: FutureAdapter) => ({
  d: open(world, adapter),
  other: open(world, adapter),
})

function one(world: World<FuturePolicy>, adapter: FutureAdapter) {
  const d = open(world, adapter)
  return { d, other: d }
}

const concernsOther = (operation: Operation): boolean =>
  (operation.op === 'resolve' && (operation.on === 'other' || operation.with.kind === 'other')) ||
  (operation.op === 'reject' && operation.on === 'other')

const METHODS = ['state', 'result', 'onSettled', 'cancel'] as const

/** Makes a future and checks that it is one. */
export function open(world: World<FuturePolicy>, adapter: FutureAdapter): FutureHandle<unknown> {
  const made = adapter.create() as Partial<FutureHandle<unknown>> | null | undefined
  if (!isThenable(made?.promise) || typeof made.resolve !== 'function' || typeof made.reject !== 'function') {
    const found = world.note(made).text
    throw new AdapterError(
      `\`create\` of ${adapter.name} must return { promise, resolve, reject } with a thenable promise, not ${found}`,
    )
  }
  for (const name of METHODS) {
    const member: unknown = made[name]
    if (member !== undefined && typeof member !== 'function') {
      throw new AdapterError(`\`${name}\` of what \`create\` of ${adapter.name} returns must be a function`)
    }
  }
  return made as FutureHandle<unknown>
}

/** Which optional members the subject has. */
export function examine(world: World<FuturePolicy>, adapter: FutureAdapter): Record<string, boolean> {
  const handle = world.create(() => open(world, adapter))
  world.keep(handle.promise)
  return Object.fromEntries(METHODS.map((name) => [name, handle[name] !== undefined]))
}
