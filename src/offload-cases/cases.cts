import threads = require('node:worker_threads')

/**
 * The work that the laws of `offload` have a pool do, one function a case. CommonJS, so that every worker can load it;
 * `index.ts` offers the same as an ES module.
 */

/** How a case tells the caller's thread that it has begun, and waits for leave to end: cells of memory that both share. */
interface Ticket {
  readonly cells: SharedArrayBuffer
  /** Where `cells` counts who is at work, and the most there ever were at once. */
  readonly running: number
  readonly most: number
  /** Where this one tells how far it is: 0 not begun, 1 begun, 2 ended, 3 gave up waiting. */
  readonly state: number
  /** Where it reads whether it may end: 1 where it may. */
  readonly gate: number
  /** The number of the caller's own thread: whatever runs there blocks the caller. */
  readonly home: number
  /** What the work gives. */
  readonly value: unknown
}

const BEGUN = 1
const ENDED = 2
const GAVE_UP = 3

/** How long work waits for its gate. Nobody keeps it waiting that long: it only bounds what a broken run leaves behind. */
const BOUND_MS = 20_000
const SLICE_MS = 50

/** What work gives that was to block a thread of its own and found itself in the caller's. */
const AT_HOME = 'ran in the thread of its caller'

/** Gives what it gets. */
const echo = (input: unknown): unknown => input

/** Blocks its thread, as a long computation does, until the caller's thread opens its gate. */
function spin(ticket: Ticket): unknown {
  if (ticket.home === threads.threadId) return AT_HOME
  const cells = begin(ticket)
  const untilMs = performance.now() + BOUND_MS
  while (Atomics.load(cells, ticket.gate) === 0 && performance.now() < untilMs) {
    Atomics.wait(cells, ticket.gate, 0, SLICE_MS)
  }
  const mayEnd = Atomics.load(cells, ticket.gate) === 1
  Atomics.sub(cells, ticket.running, 1)
  Atomics.store(cells, ticket.state, mayEnd ? ENDED : GAVE_UP)
  return ticket.value
}

/** Counts the work in. */
function begin(ticket: Ticket): Int32Array {
  const cells = new Int32Array(ticket.cells)
  const running = Atomics.add(cells, ticket.running, 1) + 1
  for (let most = Atomics.load(cells, ticket.most); most < running; ) {
    most = Atomics.compareExchange(cells, ticket.most, most, running)
  }
  Atomics.store(cells, ticket.state, BEGUN)
  return cells
}

/** Throws what it gets. */
function throwReason(reason: unknown): never {
  throw reason
}

/** Rejects with what it gets. */
const rejectReason = (reason: unknown): Promise<never> => Promise.reject(reason)

/** Ends its worker with the value of its ticket as the code, and nobody is told. */
function exit(ticket: Ticket): unknown {
  if (ticket.home === threads.threadId) return AT_HOME
  begin(ticket)
  process.exit(Number(ticket.value))
}

/** Work that waits for ever, and does not block its thread. */
function never(ticket: Ticket): Promise<never> {
  begin(ticket)
  return new Promise(() => {})
}

/** Gives, or throws where it gets `reason`, what cannot be sent from one thread to another. */
function unclonable(how: unknown): unknown {
  const unsendable = () => undefined
  if (how === 'reason') throw unsendable
  return unsendable
}

const cases = { echo, spin, throwReason, rejectReason, exit, never, unclonable }

/** One call of a case, as a worker gets it. */
type Call =
  | readonly [caseName: string, input?: unknown]
  | readonly [call: { readonly caseName: string; readonly input?: unknown } | readonly [string, unknown?]]

/** Runs a case by its name: `(caseName, input)`, or for workers that pass one argument `{ caseName, input }` or a pair. */
function run(...call: Call): unknown {
  const [name, input] = named(call)
  const one = Object.hasOwn(cases, name)
    ? (cases as Record<string, (input: never) => unknown>)[name]
    : undefined
  if (!one) throw new RangeError(`there is no case ${name}, only ${Object.keys(cases).join(', ')}`)
  return one(input as never)
}

function named([first, second]: Call): readonly [string, unknown?] {
  if (typeof first === 'string') return [first, second]
  if ('caseName' in first) return [first.caseName, first.input]
  return first
}

export = Object.assign(run, cases as Readonly<Record<keyof typeof cases, (input: never) => unknown>>)
