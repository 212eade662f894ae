import type { Step, Value, World } from '../../src/core/index.js'
import type { FutureHandle, FuturePolicy } from './contract.js'
import { owes } from './model.js'
import type { Inside, Operation, Resolution } from './scenario.js'

/** The two futures that a program works on, and what the recording needs. */
export interface Bench {
  readonly world: World<FuturePolicy>
  readonly d: FutureHandle<unknown>
  readonly other: FutureHandle<unknown>
  /** How the two are called in code. */
  readonly code: Readonly<Record<'d' | 'other', string>>
  /** How many calls of the subject are under way: no callback may run meanwhile. */
  depth: number
  inners: number
}

/** What a client does, as a step. */
export function toStep(bench: Bench, actor: string, operation: Operation): Step {
  const { world } = bench
  switch (operation.op) {
    case 'resolve':
      return settling(bench, 'resolve', operation.on, realise(bench, operation.with))
    case 'reject':
      return settling(bench, 'reject', operation.on, { value: world.reason(operation.name) })
    case 'cancel':
      return operation.reason === 'none'
        ? settling(bench, 'cancel', 'd')
        : settling(bench, 'cancel', 'd', { value: world.reason(operation.reason) })
    case 'then':
    case 'onSettled':
      return subscription(bench, actor, operation.op, operation.inside)
    default:
      return reading(bench, operation.op)
  }
}

interface Realised {
  readonly value: unknown
  /** The name of the thenable, where it is one. */
  readonly ref?: string
}

function realise(bench: Bench, resolution: Resolution): Realised {
  const { world } = bench
  if (resolution.kind === 'value') return { value: world.value(resolution.name) }
  if (resolution.kind === 'other') return { value: bench.other.promise, ref: 'other' }
  const { give, outcome, name: value, afterMs } = resolution
  const ref = `inner${++bench.inners}`
  const thenable = world.source(ref, [{ give, outcome, value, afterMs }])()
  world.values.note(thenable, ref)
  return { value: thenable, ref }
}

/** A step that settles a future, or tries to. */
function settling(
  bench: Bench,
  op: 'resolve' | 'reject' | 'cancel',
  on: 'd' | 'other',
  given?: Realised,
): Step {
  const { world } = bench
  const text = given ? (given.ref?.startsWith('inner') ? `${given.ref}()` : world.note(given.value).text) : ''
  const argument = given?.ref === 'other' ? `${bench.code.other}.promise` : text
  return {
    op,
    run: () => during(bench, () => (given ? bench[on][op]?.(given.value) : bench[on].cancel?.())),
    answers: 'value',
    ...(given ? { value: world.note(given.value) } : {}),
    detail: { on, ...(given?.ref ? { ref: given.ref } : {}) },
    code: `${bench.code[on]}.${op}(${argument})`,
  }
}

export const reading = ({ d, code }: Bench, op: 'state' | 'result'): Step => ({
  op,
  run: () => d[op]?.(),
  answers: 'value',
  code: `${code.d}.${op}()`,
})

/** Runs a call of the subject; a callback that runs meanwhile is told so. */
function during<T>(bench: Bench, run: () => T): T {
  bench.depth++
  try {
    return run()
  } finally {
    bench.depth--
  }
}

/** A step that subscribes, by `then` or for a callback; `inside` is what happens in each run of the subscriber. */
export function subscription(
  bench: Bench,
  actor: string,
  op: 'then' | 'onSettled',
  inside: readonly Inside[] = [],
): Step {
  const { world, d, code } = bench
  const seen = (name: string) => `seen('${actor}', '${name}')`
  if (op === 'then') {
    const run = () => {
      const told = (name: string, id = lastCall(world)) => {
        return (value: unknown) => observe(bench, { actor, id, op: name, value: world.note(value) }, inside)
      }
      return during(bench, () => d.promise.then(told('onFulfilled'), told('onRejected')))
    }
    const handlers = `${seen('onFulfilled')}, ${seen('onRejected')}`
    return { op, run, owed: () => owes(world), code: `${code.d}.promise.then(${handlers})` }
  }
  const run = () => {
    const id = lastCall(world)
    const called = signal()
    const callback = () => {
      try {
        observe(bench, { actor, id, op: 'callback' }, inside)
      } finally {
        called.set()
      }
    }
    during(bench, () => d.onSettled?.(callback))
    return called
  }
  const told = `seen('${actor}', 'callback', () => answer())`
  return { op, run, owed: () => owes(world), code: `{ then: (answer) => { ${code.d}.onSettled(${told}) } }` }
}

/** A subscriber runs: records it and does what happens inside. */
function observe(
  bench: Bench,
  event: { readonly actor: string; readonly id: number; readonly op: string; readonly value?: Value },
  inside: readonly Inside[],
): void {
  const { world, depth } = bench
  const thrown = inside.includes('throw') ? { reason: world.reason('fresh') } : undefined
  const throws = thrown ? { throws: world.note(thrown.reason).id } : {}
  world.record({ type: 'handler', ...event, detail: { busy: depth > 0, ...throws } })
  for (const deed of inside) {
    if (deed !== 'throw') world.call(event.actor, insideStep(bench, event.actor, deed))
  }
  if (thrown) throw thrown.reason
}

function insideStep(bench: Bench, actor: string, deed: Exclude<Inside, 'throw'>): Step {
  const step = () => {
    switch (deed) {
      case 'resolve':
        return settling(bench, deed, 'd', { value: bench.world.value('fresh') })
      case 'reject':
        return settling(bench, deed, 'd', { value: bench.world.reason('fresh') })
      case 'cancel':
        return settling(bench, deed, 'd')
      case 'then':
      case 'onSettled':
        return subscription(bench, actor, deed)
      default:
        return reading(bench, deed)
    }
  }
  const made = step()
  return { ...made, detail: { ...made.detail, inside: true } }
}

const lastCall = (world: World<FuturePolicy>): number => world.events.at(-1)?.id ?? 0

/** A thenable that fulfils, in the very turn, when it is set. */
function signal() {
  let isSet = false
  let waiting = (): void => {}
  return {
    set() {
      if (isSet) return
      isSet = true
      waiting()
    },
    then(fulfil: (value: undefined) => void) {
      if (isSet) fulfil(undefined)
      else waiting = () => fulfil(undefined)
    },
  }
}
