import { isThenable, type Step, type World } from '../../src/core/index.js'
import { Bench, type On, type Realised } from './bench.js'
import type { Deferred, ThenableAdapter, ThenablePolicy } from './contract.js'
import { Expectations } from './model.js'
import { type HandlerSlot, LISTENS, type Operation, type Program, type Resolution } from './scenario.js'
import { harmless } from './temper.js'

/** When a subscriber comes that comes long after everything, in ms. */
const LONG_AFTER_MS = 100_000

type Settling = Exclude<Operation, { readonly op: 'then' }>

/** Plays a program on a subject. */
export function play(world: World<ThenablePolicy>, adapter: ThenableAdapter, program: Program): void {
  const bench = new Bench(world, adapter)
  const turns = setUp(bench, program)
  const settled = new Set<On>()
  const steps = turns.flatMap((turn, turnIndex) =>
    turn.map((operation, index) => {
      const when = { sameTurn: index > 0, inject: index === 0 && turnIndex > 0 ? program.inject : 0 }
      if (operation.op === 'then')
        return thenStep(bench, operation.onFulfilled, operation.onRejected, { inside: false, when })
      const late = settled.has(operation.on)
      settled.add(operation.on)
      return settleStep(bench, operation, late, when)
    }),
  )
  const last = () => ({ ...thenStep(bench, LISTENS, LISTENS, ON_ITS_OWN), dueMs: LONG_AFTER_MS })
  world.client('A', program.longAfter ? [...steps, last()] : steps)
}

type When = Required<Pick<Step, 'sameTurn' | 'inject'>>

/** When a client subscribes; `inside` is from inside a handler. */
interface Subscription {
  readonly inside: boolean
  readonly when: When
}

const ON_ITS_OWN: Subscription = { inside: false, when: { sameTurn: false, inject: 0 } }

/** Makes the promises; what is left of the program is to be played on them. */
function setUp(bench: Bench, { turns, shortcut }: Program): Program['turns'] {
  const { world, adapter } = bench
  const all = turns.flat()
  const needsOther = all.some((operation) => mentionsOther(operation))
  const [first] = all
  const short = shortcut && first && first.op !== 'then' && hasShortcut(adapter, first) ? first : undefined
  const code = short ? (needsOther ? MAKES.other : MAKES.none) : needsOther ? MAKES.both : MAKES.d
  world.record({ type: 'act', actor: 'world', op: 'create', code })
  if (needsOther) bench.deferred('other')
  if (!short) {
    bench.deferred('d')
    return turns
  }
  makeByShortcut(bench, short)
  return [turns[0]!.slice(1), ...turns.slice(1)].filter(({ length }) => length > 0)
}

const MAKES = {
  none: '{}',
  d: '{ d: adapter.deferred() }',
  other: '{ other: adapter.deferred() }',
  both: '{ d: adapter.deferred(), other: adapter.deferred() }',
}

const mentionsOther = (operation: Operation): boolean =>
  operation.op === 'then'
    ? [operation.onFulfilled, operation.onRejected].some(
        (slot) => typeof slot === 'object' && slot.with.kind === 'other',
      )
    : operation.on === 'other' || (operation.op === 'resolve' && operation.with.kind === 'other')

const hasShortcut = (adapter: ThenableAdapter, { op, on, ...rest }: Settling): boolean =>
  on === 'd' &&
  adapter[op === 'resolve' ? 'resolved' : 'rejected'] !== undefined &&
  !('with' in rest && rest.with.kind === 'itself')

/** The promise under test by `resolved` or `rejected`, which stand for the first settling. */
function makeByShortcut(bench: Bench, settling: Settling): void {
  const { world, adapter } = bench
  const { op } = settling
  const { value, code, ref, patched } = realiseSettling(bench, settling, false)
  const make = op === 'resolve' ? 'resolved' : 'rejected'
  world.call('A', {
    op,
    answers: 'value',
    value: world.note(value),
    detail: ref === undefined ? { on: 'd' } : { on: 'd', ref },
    code: inPatch(patched, `subject.d = { promise: adapter.${make}(${code}), resolve() {}, reject() {} }`),
    run: () => {
      const promise = bench.busy(() => whilePatched(patched, () => adapter[make]!(value)))
      if (isThenable(promise)) bench.has('d', { ...SEALED, promise })
    },
  })
}

const SEALED: Omit<Deferred<unknown>, 'promise'> = { resolve() {}, reject() {} }

function realiseSettling(bench: Bench, settling: Settling, late: boolean): Realised {
  const { world } = bench
  if (settling.op === 'resolve')
    return bench.realise(late ? quiet(settling.with) : settling.with, settling.on)
  const value = world.reason(settling.name)
  return { value, code: world.note(value).text }
}

/**
 * What comes too late is nobody's to handle: a subject that still looks at it may well report a rejection in it as
 * unhandled, and would be right.
 */
const quiet = (resolution: Resolution): Resolution =>
  resolution.kind === 'thenable' ? harmless(resolution) : resolution

function settleStep(bench: Bench, settling: Settling, late: boolean, when: When): Step {
  const { op, on } = settling
  const { value, code, ref, patched } = realiseSettling(bench, settling, late)
  const call = `subject.${on}.${op}(${code})`
  return {
    op,
    run: () => bench.busy(() => whilePatched(patched, () => bench.deferred(on)[op](value as never))),
    answers: 'value',
    value: bench.world.note(value),
    detail: ref === undefined ? { on } : { on, ref },
    code: patched ? inPatch(patched, call) : call,
    sameTurn: when.sameTurn,
    inject: when.inject,
  }
}

function thenStep(
  bench: Bench,
  onFulfilled: HandlerSlot,
  onRejected: HandlerSlot,
  { inside, when }: Subscription,
): Step {
  const { world } = bench
  const own: Own = { id: 0, derived: undefined }
  const fulfilled = toArgument(bench, onFulfilled, 'onFulfilled', own)
  const rejected =
    onRejected === onFulfilled && fulfilled.reply
      ? toArgument(bench, onRejected, 'onRejected', own, fulfilled.reply)
      : toArgument(bench, onRejected, 'onRejected', own)
  const code = `subject.d.promise.then(${fulfilled.code}, ${rejected.code})`
  return {
    op: 'then',
    run: (id) => {
      own.id = id
      const promise = bench.deferred('d').promise as { then(...handlers: unknown[]): unknown }
      own.derived = bench.busy(() => promise.then(fulfilled.value, rejected.value))
      return own.derived
    },
    detail: { on: 'd', onFulfilled: isHandler(onFulfilled), onRejected: isHandler(onRejected), inside },
    owed: (call) => new Expectations(world.events).owes(call),
    code: mentionsItself(onFulfilled) || mentionsItself(onRejected) ? named(code) : code,
    sameTurn: when.sameTurn,
    inject: when.inject,
  }
}

const isHandler = (slot: HandlerSlot): boolean => typeof slot === 'object'

const mentionsItself = (slot: HandlerSlot): boolean => typeof slot === 'object' && slot.with.kind === 'itself'

/** A call of `then` whose handlers return the promise that it gives. */
const named = (code: string): string => `(() => { const derived = ${code}; return derived })()`

/** What a handler knows of the call that registered it. */
interface Own {
  id: number
  derived: unknown
}

/** An argument of `then`, and the reply of the handler that it is. */
interface Argument {
  readonly value: unknown
  readonly code: string
  readonly reply?: Realised
}

const NO_HANDLER: Readonly<Record<Extract<HandlerSlot, string>, Argument>> = {
  undefined: { value: undefined, code: 'undefined' },
  null: { value: null, code: 'null' },
  'not callable': { value: { not: 'callable' }, code: "{ not: 'callable' }" },
}

/** A recorded handler, or the thing that is none. */
function toArgument(bench: Bench, slot: HandlerSlot, name: string, own: Own, shared?: Realised): Argument {
  if (typeof slot === 'string') return NO_HANDLER[slot]
  const { world } = bench
  const { replies, subscribes, with: what } = slot
  const reply = shared ?? bench.realise(what.kind === 'itself' ? FRESH_VALUE : what, 'd')
  function handler(this: unknown, ...args: unknown[]): unknown {
    // A handler that runs inside `then` cannot know the promise that `then` is about to return.
    const itself = what.kind === 'itself' && own.derived !== undefined
    const { value, ref } = itself ? { value: own.derived, ref: 'itself' } : reply
    const { id, text } = world.note(value)
    const facts = {
      args: args.length,
      bare: this === undefined,
      busy: bench.depth > 0,
      replies,
      reply: id,
      replyText: text,
    }
    world.record({
      type: 'handler',
      actor: 'A',
      op: name,
      id: own.id,
      value: world.note(args[0]),
      detail: ref === undefined ? facts : { ...facts, ref },
    })
    if (subscribes) world.call('A', thenStep(bench, LISTENS, LISTENS, { ...ON_ITS_OWN, inside: true }))
    if (replies === 'throw') throw value
    return value
  }
  return {
    value: handler,
    // Whoever subscribes inside makes a call of its own, which the reproduction knows by itself.
    code: `seen('A', '${name}', () => { ${replies} ${what.kind === 'itself' ? 'derived' : reply.code} })`,
    reply,
  }
}

const FRESH_VALUE: Resolution = { kind: 'value', name: 'fresh' }

/** An expression for `undefined`, which works inside the patch that `whilePatched` makes. */
function inPatch(patched: true | undefined, code: string): string {
  const [patch, unpatch] = patched
    ? ["Number.prototype.then = (f) => f('taken from the prototype'), ", ', delete Number.prototype.then']
    : ['', '']
  return `(${patch}${code}${unpatch}, undefined)`
}

/** Runs something while numbers are thenable by their prototype, if that is asked for. */
function whilePatched<T>(patched: true | undefined, run: () => T): T {
  if (!patched) return run()
  Object.defineProperty(Number.prototype, 'then', {
    configurable: true,
    value: (onFulfilled: (value: unknown) => void) => onFulfilled('taken from the prototype'),
  })
  try {
    return run()
  } finally {
    Reflect.deleteProperty(Number.prototype, 'then')
  }
}
