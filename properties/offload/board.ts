/** What a case of `lawful/offload-cases` gets that tells how far it is: see `Ticket` there. */
export interface Ticket {
  readonly cells: SharedArrayBuffer
  readonly running: number
  readonly most: number
  readonly state: number
  readonly gate: number
  readonly home: number
  readonly value: unknown
}

/** Cells of a board: two for all work, and two for each ticket. */
const RUNNING = 0
const MOST = 1
const FIRST = 2
const TICKETS = 16

/** States from here on say that the work has begun, and that it came to its end. */
const BEGUN = 1
const ENDED = 2

/** Memory that the threads of one pool share with the kit: work counts itself in, and waits for its gate to open. */
export class Board {
  readonly #buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (FIRST + 2 * TICKETS))
  readonly #cells = new Int32Array(this.#buffer)
  #tickets = 0

  /** @param home the number of the thread that this is, in which no work should run */
  constructor(readonly home: number) {}

  ticket(value: unknown): Ticket {
    if (this.#tickets === TICKETS) throw new RangeError(`a board has ${TICKETS} tickets`)
    const state = FIRST + 2 * this.#tickets++
    return {
      cells: this.#buffer,
      running: RUNNING,
      most: MOST,
      state,
      gate: state + 1,
      home: this.home,
      value,
    }
  }

  begun(ticket: Ticket): boolean {
    return Atomics.load(this.#cells, ticket.state) >= BEGUN
  }

  /** Whether it came to its end, for its gate was open. */
  ended(ticket: Ticket): boolean {
    return Atomics.load(this.#cells, ticket.state) === ENDED
  }

  /** Lets the work end. */
  open(ticket: Ticket): void {
    Atomics.store(this.#cells, ticket.gate, 1)
    Atomics.notify(this.#cells, ticket.gate)
  }

  /** The most work that was under way at once. Work that was stopped is not counted out. */
  get most(): number {
    return Atomics.load(this.#cells, MOST)
  }
}

/** The JavaScript that makes a board, and that uses one, for stand-alone scripts. */
export const boardCode = (name: string): string =>
  `${name} = new SharedArrayBuffer(${Int32Array.BYTES_PER_ELEMENT * (FIRST + 2 * TICKETS)})`

export const ticketCode = (name: string, { running, most, state, gate }: Ticket, value: string): string =>
  `{ cells: ${name}, running: ${running}, most: ${most}, state: ${state}, gate: ${gate}, home: 0, value: ${value} }`

export const begunCode = (name: string, { state }: Ticket): string =>
  `Atomics.load(new Int32Array(${name}), ${state}) > 0`

export const openCode = (name: string, { gate }: Ticket): string =>
  `Atomics.notify(new Int32Array(${name}), Atomics.store(new Int32Array(${name}), ${gate}, 1) * ${gate})`
