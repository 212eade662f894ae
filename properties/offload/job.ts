import { isThenable, type Outcome, type World } from '../../src/core/index.js'
import { begunCode, openCode, type Ticket, ticketCode } from './board.js'
import type { OffloadPolicy } from './contract.js'
import { made } from './inputs.js'
import type { Pool } from './pools.js'
import { written } from './written.js'

/** The cases of `lawful/offload-cases`. */
export type Op = 'echo' | 'spin' | 'throwReason' | 'rejectReason' | 'exit' | 'never' | 'unclonable'

/** What one call asks for. */
export interface Order {
  readonly op: Op
  /** The name of the value; of an exit, the code. Where there is a ticket, it is made by itself. */
  readonly input?: string
  readonly signal?: boolean
}

/** A value that no thread can send to another. */
export const UNSENDABLE = '() => 1'

/** Work that tells by a ticket how far it is, and work whose outcome is known as soon as there is an answer. */
const TICKETED: ReadonlySet<Op> = new Set(['spin', 'exit', 'never'])
const PLAIN: ReadonlySet<Op> = new Set(['echo', 'throwReason', 'rejectReason'])

type Settle = ((value: unknown) => unknown) | null

/** A call, and what the kit knows of its work. */
export class Job {
  id = 0
  begun = false
  ended = false
  open = false
  /** Set once the call was aborted or its pool destroyed: what answers it need not be what its work gives. */
  disturbed = false
  /** Set once a thread was seen to end after the call was aborted, and where nobody asks whether its work ends. */
  stopped = false
  answered = false
  fulfilled = false
  /** Set where its pool had been destroyed before the call. */
  late = false
  /** Set once nobody waits for an answer any more. */
  givenUp = false
  readonly value: unknown
  readonly ticket: Ticket | undefined
  readonly abort: AbortController | undefined
  readonly #order: Order
  readonly #flight: number

  constructor(
    readonly world: World<OffloadPolicy>,
    readonly n: number,
    readonly pool: Pool,
    order: Order,
  ) {
    const { op, input = 'fresh', signal } = order
    this.#order = order
    this.#flight = world.nextId()
    this.value = op === 'exit' ? Number(input) : (made(input)?.() ?? world.value(input))
    this.ticket = TICKETED.has(op) ? pool.board.ticket(this.value) : undefined
    this.abort = signal ? world.signal(`abort${n}`) : undefined
  }

  get op(): Op {
    return this.#order.op
  }

  /** Whether it is still to be answered with what its work gives. */
  get waiting(): boolean {
    return !this.disturbed && !this.answered && !this.givenUp
  }

  /** Whether its work is under way for certain, and stays so until its gate is opened. */
  get held(): boolean {
    return this.begun && !this.open && this.waiting
  }

  /** Calls the pool. */
  call(facts: Readonly<Record<string, string | number | boolean>>): void {
    const { world, n, op, pool, ticket, value, abort } = this
    const { input = 'fresh' } = this.#order
    const argument = ticket ?? value
    const plain = this.plain ? { from: 'work' } : {}
    this.id = world.call(String.fromCharCode(64 + n), {
      op,
      run: () =>
        this.#hear(abort ? pool.handle.run(op, argument, abort.signal) : pool.handle.run(op, argument)),
      value: this.note(value),
      ...plain,
      owed: () => !this.givenUp && op !== 'never',
      detail: {
        key: n,
        pool: pool.index,
        late: this.late,
        ...facts,
        ...(input === UNSENDABLE ? { unsendable: true } : {}),
      },
      code: `${pool.code}.run('${op}', ${this.#code()}${abort ? `, abort${n}.signal` : ''})`,
    })
    this.answered ||= world.events.some(({ type, id }) => type === 'return' && id === this.id)
  }

  /** Whether the outcome of the work is known once it ran. */
  get plain(): boolean {
    return PLAIN.has(this.op) && this.#order.input !== UNSENDABLE
  }

  /** Lets the work end. */
  openGate(): void {
    const { n, pool, ticket } = this
    if (!ticket || this.open) return
    this.open = true
    const code = openCode(pool.cells, ticket)
    this.world.record({ type: 'act', actor: 'world', op: 'open', detail: { work: n }, code })
    pool.board.open(ticket)
  }

  abortWith(reason: unknown): void {
    const value = this.world.note(reason)
    const code = `abort${this.n}.abort(${value.text})`
    this.world.record({ type: 'act', actor: 'world', op: 'abort', value, detail: { work: this.n }, code })
    this.disturbed = true
    this.abort?.abort(reason)
  }

  /** Writes down what the ticket tells. */
  look(): void {
    const { ticket, pool } = this
    if (!ticket) return
    if (!this.begun && pool.board.begun(ticket)) this.#begin()
    if (!this.ended && pool.board.ended(ticket)) this.#end('fulfilled')
  }

  /** The plain form of a value, named so that clones have the same name. */
  note(value: unknown) {
    return this.world.values.note(value, typeof value === 'object' && value ? written(value) : undefined)
  }

  #code(): string {
    const { ticket, pool, value } = this
    if (ticket) return ticketCode(pool.cells, ticket, String(value))
    return this.#order.input ?? String(value)
  }

  /** Listens in on the answer: what is known of the work by then stands before it. */
  #hear(answer: unknown): unknown {
    if (!isThenable(answer)) return answer
    const hearing = (settle?: Settle) => (value: unknown) => {
      this.note(value)
      this.#tell()
      this.answered = true
      return settle?.(value)
    }
    const fulfilling = (settle?: Settle) => (value: unknown) => {
      this.fulfilled = true
      return hearing(settle)(value)
    }
    return {
      then: (fulfilled?: Settle, rejected?: Settle) => answer.then(fulfilling(fulfilled), hearing(rejected)),
    }
  }

  #tell(): void {
    if (this.answered) return
    this.look()
    if (!this.plain || this.disturbed) return
    this.#begin()
    this.#end(this.op === 'echo' ? 'fulfilled' : 'rejected')
  }

  #begin(): void {
    this.begun = true
    const { n, ticket, pool } = this
    const detail = { n, key: n, elsewhere: true }
    const code = ticket && begunCode(pool.cells, ticket)
    this.world.record({ type: 'start', actor: 'work', op: 'work', id: this.#flight, detail, code })
  }

  #end(outcome: Outcome): void {
    this.ended = true
    const detail = { elsewhere: true }
    const value = this.note(this.value)
    this.world.record({ type: 'settle', actor: 'work', op: 'work', id: this.#flight, outcome, value, detail })
  }
}
