import type { CoroutinePolicy } from '../../properties/coroutine/contract.js'
import { coroutine } from '../../properties/coroutine/protocol.js'
import {
  answer,
  call,
  event,
  history,
  type Item,
  idOf,
  type More,
  settle,
  start,
  verdict,
} from '../history-builder.js'

/** The words in which the histories of coroutines are written: client A has a body driven, or drives it by hand. */

const body = (op: string, more: More = {}) => event('handler', 'body A', op, more)

export const run = call('A', 'run')
/** A run that awaits ten thousand times. */
export const longRun = call('A', 'run', { value: 10_000, detail: { awaits: 10_000 } })
export const beginning = body('beginning')
export const returns = (value: unknown) => body('return', { value, outcome: 'returned' })
export const throws = (error: unknown) => body('error', { value: error, outcome: 'threw' })
export const gets = (value: unknown) => answer('A', 'fulfilled', value)
export const hears = (reason: unknown) => answer('A', 'rejected', reason)

/** The body suspends for the n-th time, inside these blocks, the outermost first. */
export const suspends = (at: number, open = '', what = 'hand') =>
  body('suspension', { detail: { at, what, open } })
/** The body awaits a task, and after that its outcome comes. */
export const awaits = (at: number, open = ''): readonly Item[] => [
  start('task', { detail: { of: 'A', at } }),
  suspends(at, open, 'task'),
]
export const gives = (value: unknown, which = 'task') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown, which = 'task') => settle(which, 'rejected', reason)
/** The body awaits a thenable that says these things by itself. */
export const awaitsWild = (
  at: number,
  ...says: readonly (readonly [op: string, value: unknown])[]
): readonly Item[] => [suspends(at, '', 'thenable'), ...says.map((said) => saying(at, ...said))]
export const saying = (at: number, op: string, value: unknown) =>
  event('touch', 'thenable', op, { value, detail: { of: 'A', at } })
/** The body awaits a value that cannot be awaited. */
export const awaitsValue = (at: number, value: unknown) =>
  body('suspension', { detail: { at, what: 'value', open: '', awaits: idOf(value) } })

export const goesOn = (at: number, value: unknown) =>
  body('continuation', { value, outcome: 'fulfilled', detail: { at } })
export const isThrown = (at: number, error: unknown) =>
  body('interruption', {
    value: error,
    outcome: 'rejected',
    detail: { at, typeError: error instanceof TypeError },
  })
export const cleansUp = (block: number) => body('finally', { detail: { block } })
export const says = (op: string, more: More = {}) => body(op, more)

/** A call that drives the body by hand, with what the body does in it. */
export const drive = (
  op: 'send' | 'throw' | 'close',
  more: More,
  ...items: readonly Item[]
): readonly Item[] => [call('A', op, more), ...items]
export const done = (value?: unknown) => answer('A', 'returned', value)
export const threw = (error: unknown) => answer('A', 'threw', error)
/** The first turn, up to a suspension inside these blocks. */
export const begun = (open = ''): readonly Item[] => drive('send', {}, beginning, suspends(1, open), done())
/** The state, as a client reads it. */
export const reads = (state: string): readonly Item[] => [call('A', 'state'), answer('A', 'returned', state)]

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps, for a subject that can be driven by hand. */
export const judge = (claim: string, steps: Steps, policy: Partial<CoroutinePolicy> = {}) =>
  verdict(coroutine, claim, history(...steps), { policy, traits: { manual: true } })

/** The same for a subject that cannot. */
export const judgeDriven = (claim: string, steps: Steps) => verdict(coroutine, claim, history(...steps))
