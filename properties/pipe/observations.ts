import { type History, type HistoryEvent, type Span, settledAs, type Value } from '../../src/core/index.js'

/** What the laws ask of a history, in the words of pipes: pipes, their stages, and what came before each. */

export interface Pipe {
  readonly id: number
  readonly made: Span
  /** The pipe that it goes on from. */
  readonly parent: Pipe | undefined
  /** What its own stage does, source by source: none for a pipe that only begins. */
  readonly own: readonly string[]
  /** All stages from the beginning on. */
  readonly stages: readonly string[]
}

/** Every pipe that was built, in order: a pipe is built after the one that it goes on from. */
export function pipes(h: History): readonly Pipe[] {
  // All laws ask for them, again and again.
  const known = KNOWN.get(h) ?? built(h)
  KNOWN.set(h, known)
  return known
}

const KNOWN = new WeakMap<History, readonly Pipe[]>()

function built(h: History): readonly Pipe[] {
  const found: Pipe[] = []
  for (const made of h.calls()) {
    if (made.op !== 'begin' && made.op !== 'map') continue
    const { pipe, parent: before, stages = '' } = made.start.detail ?? {}
    const parent = found.find(({ id }) => id === before)
    const own = String(stages)
      .split(' ')
      .filter((name) => name !== '')
    found.push({ id: Number(pipe), made, parent, own, stages: [...(parent?.stages ?? []), ...own] })
  }
  return found
}

export const awaits = (h: History): readonly Span[] => h.calls('await')

/** The pipe of an await. */
export const pipeOf = (all: readonly Pipe[], { start }: Span): Pipe | undefined =>
  all.find(({ id }) => id === start.detail?.pipe)

/** Pipes that somebody awaits. */
export const awaitedPipes = (h: History): readonly Pipe[] =>
  pipes(h).filter(({ id }) => awaits(h).some(({ start }) => start.detail?.pipe === id))

export const fulfilled = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** What something came to, and the event that tells it. */
export interface Given {
  readonly event: HistoryEvent
  readonly value: Value | undefined
}

const ends = (flights: readonly Span[]): readonly Given[] =>
  flights.flatMap(({ end }) => (end ? [{ event: end, value: end.value }] : []))

/** The beginning of a pipe: the plain value that it was built from, or the source that gives it. */
const root = ({ parent, ...pipe }: Pipe): Omit<Pipe, 'parent'> => (parent ? root(parent) : pipe)

/** What a pipe begins with, where that is there: at most one. `how` says whether it is a value or a failure. */
export function inputs(h: History, pipe: Pipe, how: (flight: Span) => boolean = fulfilled): readonly Given[] {
  const { made } = root(pipe)
  if (made.start.detail?.input !== undefined) return ends(h.flights('input').filter(how))
  return how === fulfilled ? [{ event: made.start, value: made.start.value }] : []
}

/** Everything that came right before a stage, of one kind. */
export function before(
  h: History,
  pipe: Pipe,
  stage: string,
  how: (flight: Span) => boolean = fulfilled,
): readonly Given[] {
  const previous = pipe.stages[pipe.stages.indexOf(stage) - 1]
  return previous === undefined ? inputs(h, pipe, how) : ends(h.flights(previous).filter(how))
}

/** Calls of stages, each with the pipe whose stage it is. */
export const stageCalls = (
  h: History,
): readonly { readonly pipe: Pipe; readonly stage: string; readonly flight: Span }[] =>
  pipes(h).flatMap((pipe) =>
    pipe.own.flatMap((stage) => h.flights(stage).map((flight) => ({ pipe, stage, flight }))),
  )

/** What a pipe may be fulfilled with. */
export const values = (h: History, pipe: Pipe): readonly Given[] => {
  const last = pipe.stages.at(-1)
  return last === undefined ? inputs(h, pipe) : ends(h.flights(last).filter(fulfilled))
}

/** What a pipe may be rejected with. */
export const reasons = (h: History, pipe: Pipe): readonly Given[] => [
  ...inputs(h, pipe, failed),
  ...pipe.stages.flatMap((stage) => ends(h.flights(stage).filter(failed))),
]

/** Whether pipes branch off from one another. */
export function branched(h: History): boolean {
  const parents = pipes(h).flatMap(({ parent }) => parent ?? [])
  return new Set(parents).size < parents.length
}

/** Pipes that run a stage: the one that adds it, and all that go on from there. */
export const runners = (all: readonly Pipe[], stage: string): readonly Pipe[] =>
  all.filter(({ stages }) => stages.includes(stage))
