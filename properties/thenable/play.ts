import { AdapterError, isThenable, type Step, type World } from '../../src/core/index.js'
import type { Deferred, ThenableAdapter, ThenablePolicy } from './contract.js'
import { Expectations } from './model.js'
import type { Handler, HandlerSlot, Operation, Program, Resolution } from './scenario.js'
import { harmless, makeThenable, type Stage } from './temper.js'

/** When a subscriber comes that comes long after everything, in ms. */
const LONG_AFTER_MS = 100_000

type ThenableWorld = World<ThenablePolicy>

/** The two promises a program works on, and what the recording needs. */
interface Bench extends Stage {
  readonly world: ThenableWorld
  deferred(on: 'd' | 'other'): Deferred<unknown>
  /** Promises that an operation has settled or locked in already, in the order of the program. */
  readonly settled: Set<string>
  depth: number
}

/** Plays a program on a subject. */
export function play(world: ThenableWorld, adapter: ThenableAdapter, program: Program): void {
  const bench = setUp(world, adapter, program)
  const steps = program.turns.flatMap((turn, turnIndex) =>
    turn.map(
      (operation, index): Step => ({
        ...toStep(bench, operation),
        sameTurn: index > 0,
        inject: index === 0 && turnIndex > 0 ? program.inject : 0,
      }),
    ),
  )
  world.client('A', steps)
  if (!program.longAfter) return
  const last: Operation = { op: 'then', onFulfilled: PASS, onRejected: PASS }
  world.client('B', [{ ...toStep(bench, last), dueMs: LONG_AFTER_MS }])
}

const PASS: Handler = { replies: 'return', with: { kind: 'value', name: 'fresh' }, subscribes: false }

function setUp(world: ThenableWorld, adapter: ThenableAdapter, program: Program): Bench {
  const made = new Map<string, Deferred<unknown>>()
  let thenables = 0
  const bench: Bench = {
    world,
    depth: 0,
    settled: new Set(),
    nextName: () => `T${++thenables}`,
    busy(run) {
      bench.depth++
      try {
        return run()
      } finally {
        bench.depth--
      }
    },
    deferred(on) {
      const known = made.get(on)
      if (known) return known
      const deferred = open(world, adapter)
      made.set(on, deferred)
      world.values.note(deferred.promise, on)
      world.keep(deferred.promise)
      return deferred
    },
  }
  const shortcut = program.shortcut && makeByShortcut(bench, adapter, program)
  if (shortcut) made.set('d', shortcut)
  else bench.deferred('d')
  return bench
}

/** The promise under test by `resolved` or `rejected`; the program's own first settling then comes second. */
function makeByShortcut(
  bench: Bench,
  adapter: ThenableAdapter,
  program: Program,
): Deferred<unknown> | undefined {
  const first = program.turns[0]?.[0]
  const { world } = bench
  const nothing = { resolve() {}, reject() {} }
  if (first?.op === 'resolve' && first.on === 'd' && first.with.kind !== 'itself' && adapter.resolved) {
    const { value, ref } = realise(bench, first.with, 'd')
    const promise = bench.busy(() => adapter.resolved!(value))
    world.record({
      type: 'call',
      actor: 'A',
      op: 'resolve',
      id: world.nextId(),
      value: world.note(value),
      detail: { on: 'd', ...refOf(ref) },
    })
    return keep(world, { promise, ...nothing })
  }
  if (first?.op === 'reject' && first.on === 'd' && adapter.rejected) {
    const reason = world.reason(first.name)
    const promise = adapter.rejected(reason)
    world.record({
      type: 'call',
      actor: 'A',
      op: 'reject',
      id: world.nextId(),
      value: world.note(reason),
      detail: { on: 'd' },
    })
    return keep(world, { promise, ...nothing })
  }
  return undefined
}

function keep(world: ThenableWorld, deferred: Deferred<unknown>): Deferred<unknown> {
  world.values.note(deferred.promise, 'd')
  world.keep(deferred.promise)
  return deferred
}

/** Makes a deferred and checks that it is one. */
export function open(world: ThenableWorld, adapter: ThenableAdapter): Deferred<unknown> {
  const deferred = world.create(() => adapter.deferred()) as Partial<Deferred<unknown>> | undefined
  if (!isThenable(deferred?.promise)) {
    throw new AdapterError(
      `\`deferred()\` of ${adapter.name} must return { promise, resolve, reject } with a thenable promise`,
    )
  }
  if (typeof deferred.resolve !== 'function' || typeof deferred.reject !== 'function') {
    throw new AdapterError(
      `\`deferred()\` of ${adapter.name} must return functions \`resolve\` and \`reject\``,
    )
  }
  return deferred as Deferred<unknown>
}

function toStep(bench: Bench, operation: Operation): Step {
  const { world } = bench
  if (operation.op === 'then') return thenStep(bench, operation.onFulfilled, operation.onRejected)
  const { op, on } = operation
  if (op === 'reject') {
    bench.settled.add(on)
    const reason = world.reason(operation.name)
    return {
      op,
      run: () => bench.busy(() => bench.deferred(on).reject(reason)),
      answers: 'value',
      value: world.note(reason),
      detail: { on },
      code: `${on}.reject(${world.note(reason).text})`,
    }
  }
  const { value, ref, patch } = realise(
    bench,
    bench.settled.has(on) ? quiet(operation.with) : operation.with,
    on,
  )
  bench.settled.add(on)
  return {
    op,
    run: () => bench.busy(() => (patch ?? unpatched)(() => bench.deferred(on).resolve(value))),
    answers: 'value',
    value: world.note(value),
    detail: { on, ...refOf(ref) },
    code: `${on}.resolve(${world.note(value).text})`,
  }
}

function thenStep(bench: Bench, onFulfilled: HandlerSlot, onRejected: HandlerSlot): Step {
  const { world } = bench
  const arity = { onFulfilled: callable(onFulfilled), onRejected: callable(onRejected) }
  let id = 0
  let derived: unknown
  return {
    op: 'then',
    run: () => {
      id = lastCallId(world)
      const subject = bench.deferred('d').promise as { then(...handlers: unknown[]): unknown }
      const handlers = [
        toFunction(bench, onFulfilled, 'onFulfilled', () => ({ id, derived })),
        toFunction(bench, onRejected, 'onRejected', () => ({ id, derived })),
      ]
      derived = bench.busy(() => subject.then(...handlers))
      return derived
    },
    detail: { on: 'd', ...arity },
    owed: (call) => new Expectations(world.events).owes(call),
    code: 'd.then(…)',
  }
}

/**
 * What comes too late is nobody's to handle: a subject that still looks at it may well report a rejection in it as
 * unhandled, and would be right.
 */
const quiet = (resolution: Resolution): Resolution =>
  resolution.kind === 'thenable' ? harmless(resolution) : resolution

const callable = (slot: HandlerSlot): boolean => typeof slot === 'object'

const lastCallId = (world: ThenableWorld): number =>
  world.events.findLast(({ type }) => type === 'call')?.id ?? 0

/** The argument for `then`: a recorded handler, or the thing that is none. */
function toFunction(
  bench: Bench,
  slot: HandlerSlot,
  name: string,
  own: () => { readonly id: number; readonly derived: unknown },
): unknown {
  if (slot === 'undefined') return undefined
  if (slot === 'null') return null
  if (slot === 'not callable') return { not: 'callable' }
  const { world } = bench
  return function handler(this: unknown, ...args: unknown[]): unknown {
    const { id, derived } = own()
    const { value, ref } =
      // A handler that runs inside `then` cannot know the promise that `then` is about to return.
      slot.with.kind === 'itself' && derived !== undefined
        ? { value: derived, ref: 'itself' }
        : realise(bench, slot.with, 'd')
    world.record({
      type: 'handler',
      actor: 'A',
      op: name,
      id,
      value: world.note(args[0]),
      detail: {
        args: args.length,
        bare: this === undefined,
        busy: bench.depth > 0,
        replies: slot.replies,
        reply: world.note(value).id,
        replyText: world.note(value).text,
        ...refOf(ref),
      },
    })
    if (slot.subscribes) world.call('A', thenStep(bench, PASS, PASS))
    if (slot.replies === 'throw') throw value
    return value
  }
}

interface Realised {
  readonly value: unknown
  /** The name of the thenable or promise, where it is one. */
  readonly ref?: string
  /** How to run the resolving, where something must be prepared for it and undone after. */
  readonly patch?: (run: () => void) => void
}

function realise(bench: Bench, resolution: Resolution, on: 'd' | 'other'): Realised {
  const { world } = bench
  switch (resolution.kind) {
    case 'value':
      return { value: world.value(resolution.name) }
    case 'thenable': {
      const { name, thenable } = makeThenable(bench, resolution)
      return { value: thenable, ref: name }
    }
    case 'other':
      // A promise cannot wait for itself by way of the other one: that would be a cycle, which is tried apart.
      return on === 'other'
        ? { value: world.value('fresh') }
        : { value: bench.deferred('other').promise, ref: 'other' }
    case 'itself':
      return { value: bench.deferred(on).promise, ref: 'itself' }
    case 'patched primitive':
      return { value: world.value('fresh'), patch: withPatchedNumber }
  }
}

const refOf = (ref: string | undefined) => (ref === undefined ? {} : { ref })

const unpatched = (run: () => void): void => run()

/** Numbers are thenable while this runs, by their prototype: a promise must not look there. */
function withPatchedNumber(run: () => void): void {
  Object.defineProperty(Number.prototype, 'then', {
    configurable: true,
    value: (onFulfilled: (value: unknown) => void) => onFulfilled('taken from the prototype'),
  })
  try {
    run()
  } finally {
    Reflect.deleteProperty(Number.prototype, 'then')
  }
}
