import { type Adapter, History, type HistoryEvent, type Outcome, type Protocol } from '../src/core/index.js'
import type { AnyProtocol } from '../src/core/protocol.js'
import { anyProtocol } from '../src/core/protocol.js'
import { ValueTable } from '../src/core/value.js'

/**
 * Histories written by hand, to test a law without a world.
 *
 *     const h = history(
 *       [call('A', 'await', { detail: { from: 'factory' } }), start('factory')],
 *       [call('B')],
 *       [settle('factory', 'fulfilled', 1), answer('A', 'fulfilled', 1), answer('B', 'fulfilled', 1)],
 *     )
 *     expect(verdict(lazy, 'single-flight', h)).toBe('holds')
 *
 * Each array is one step of the world, counted from 1. Values are live ones, kept by `Object.is` as in a real run: write
 * the same object twice to say that it is the same. Ids pair themselves: `answer('A', …)` ends the last call of A and
 * `settle('factory', …)` the last call of that source; `'A#1'` or `'factory#2'` names an earlier one by its number.
 */
export function history(...steps: readonly (readonly Item[])[]): History {
  const writer = new Writer()
  for (const [index, items] of steps.entries()) for (const item of items) item(writer, index + 1)
  return new History(writer.events)
}

/** One line of a history. */
export type Item = (writer: Writer, step: number) => void

/** What an event may say beyond its actor and operation. A `value` that is `undefined` counts when the key is there. */
export interface More {
  readonly value?: unknown
  readonly detail?: Readonly<Record<string, string | number | boolean | null | ValueId>>
  readonly outcome?: Outcome
}

/** In a `detail`: the number of a value, as laws compare it with `event.value.id`. */
export interface ValueId {
  readonly idOf: unknown
}
export const idOf = (value: unknown): ValueId => ({ idOf: value })

/** A client calls an operation. */
export const call =
  (client: string, op = 'await', more: More = {}): Item =>
  (writer, step) =>
    writer.write(step, { type: 'call', actor: client, op, id: writer.open(client, op) }, more)

/** A call ends: its client is answered. Written twice, the client is answered twice. */
export const answer =
  (client: string, outcome: Outcome, value?: unknown): Item =>
  (writer, step) =>
    writer.write(step, { type: 'return', ...writer.opened(client) }, { outcome, value })

/** The subject calls a source. */
export const start =
  (source: string, more: More = {}): Item =>
  (writer, step) =>
    writer.write(step, { type: 'start', actor: source, op: source, id: writer.open(source, source) }, more)

/** A call of a source ends. */
export const settle =
  (source: string, outcome: Outcome, value?: unknown): Item =>
  (writer, step) =>
    writer.write(step, { type: 'settle', ...writer.opened(source) }, { outcome, value })

/** A callback that belongs to a call of a client runs: `handler('A', 'onFulfilled', { value: 1 })`. */
export const handler =
  (client: string, op: string, more: More = {}): Item =>
  (writer, step) =>
    writer.write(step, { type: 'handler', ...writer.opened(client), op }, more)

/** A call of a client that waits when nothing can move any more. */
export const deadlock =
  (client: string): Item =>
  (writer, step) =>
    writer.write(step, { type: 'deadlock', ...writer.opened(client) }, {})

/** Any other event: `event('read', 'A', 'state', { value: 'pending' })`, `event('timer-left', 'clock')`. */
export const event =
  (type: HistoryEvent['type'], actor: string, op?: string, more: More = {}): Item =>
  (writer, step) =>
    writer.write(step, { type, actor, ...(op === undefined ? {} : { op }) }, more)

/** From here on it is this late, in virtual ms since the run began. */
export const at =
  (ms: number): Item =>
  (writer) => {
    writer.timeMs = ms
  }

/** What a check would say of this one history. */
export function verdict<A extends Adapter, P>(
  protocol: Protocol<A, P>,
  claim: string,
  h: History,
  { policy = {}, traits = {} }: { policy?: Partial<P>; traits?: Readonly<Record<string, boolean>> } = {},
): 'not-applicable' | 'unexercised' | 'holds' | 'violated' {
  const { laws, policies }: AnyProtocol = anyProtocol(protocol)
  const law = laws[claim]
  if (!law || law.level === 'untested') throw new RangeError(`${protocol.name} has no law ${claim} to test`)
  const defaults = Object.entries(policies).map(([key, spec]) => [key, spec.default])
  const context = { policy: { ...Object.fromEntries(defaults), ...policy }, traits }
  if ((law.appliesWhen?.(context) ?? true) !== true) return 'not-applicable'
  if (law.violation(h, context)) return 'violated'
  return law.exercised(h, context) ? 'holds' : 'unexercised'
}

type Named = Pick<HistoryEvent, 'actor' | 'id' | 'op'>

/** Numbers events, pairs ids and keeps values. */
export class Writer {
  readonly events: HistoryEvent[] = []
  timeMs = 0
  readonly #values = new ValueTable()
  readonly #opened = new Map<string, Named[]>()
  #ids = 0

  write(step: number, head: Omit<HistoryEvent, 'seq' | 'step' | 'timeMs'>, more: More): void {
    const { outcome, detail } = more
    this.events.push({
      seq: this.events.length,
      step,
      timeMs: this.timeMs,
      ...head,
      ...(outcome ? { outcome } : {}),
      ...('value' in more ? { value: this.#values.note(more.value) } : {}),
      ...(detail ? { detail: this.#plain(detail) } : {}),
    })
  }

  open(actor: string, op: string): number {
    const id = ++this.#ids
    this.#opened.set(actor, [...(this.#opened.get(actor) ?? []), { actor, op, id }])
    return id
  }

  opened(name: string): Named {
    const [actor = '', number] = name.split('#')
    const all = this.#opened.get(actor) ?? []
    const one = number === undefined ? all.at(-1) : all[Number(number) - 1]
    if (!one) throw new RangeError(`nothing named ${name} has begun`)
    return one
  }

  #plain(detail: NonNullable<More['detail']>): NonNullable<HistoryEvent['detail']> {
    const plain = Object.entries(detail).map(([key, fact]) => [
      key,
      typeof fact === 'object' && fact !== null ? this.#values.note(fact.idOf).id : fact,
    ])
    return Object.fromEntries(plain)
  }
}
