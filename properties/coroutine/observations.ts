import { type History, type HistoryEvent, openAt, type Span, settledAs } from '../../src/core/index.js'

/** What the laws ask of a history, in the words of coroutines: awaits, what they came to, and how the body went on. */

export const runs = (h: History): readonly Span[] => h.calls('run')

/** The events of a client's body, of one kind or of all. */
export const bodyEvents = (h: History, client: string, op?: string): readonly HistoryEvent[] =>
  h.of('handler').filter((event) => event.actor === `body ${client}` && (op === undefined || event.op === op))

/** One await, or one `yield` of a body that is driven by hand. */
export interface Await {
  readonly client: string
  /** Where the body suspends. */
  readonly suspension: HistoryEvent
  /** What the awaited says, in order: the first counts. */
  readonly said: readonly HistoryEvent[]
  /** How the body goes on, every time it does. */
  readonly resumptions: readonly HistoryEvent[]
}

const isOf = (detail: HistoryEvent['detail'], client: string, at: unknown): boolean =>
  detail?.of === client && detail.at === at

const SAYS: ReadonlySet<string | undefined> = new Set(['fulfil', 'reject', 'throws'])

/** What an awaited of a body says: how its task ends, or what a thenable with manners does. */
function saidBy(h: History, client: string, at: unknown): readonly HistoryEvent[] {
  const ends = h
    .flights('task')
    .filter(({ start }) => isOf(start.detail, client, at))
    .flatMap(({ end }) => end ?? [])
  const touches = h.of('touch').filter(({ op, detail }) => SAYS.has(op) && isOf(detail, client, at))
  return ends.length > 0 ? ends : touches
}

/** Every await of every body, in order. */
export function awaited(h: History): readonly Await[] {
  // All laws ask for them, again and again.
  const known = KNOWN.get(h) ?? found(h)
  KNOWN.set(h, known)
  return known
}

const KNOWN = new WeakMap<History, readonly Await[]>()

const found = (h: History): readonly Await[] =>
  h
    .of('handler')
    .filter(({ op }) => op === 'suspension')
    .map((suspension) => {
      const client = suspension.actor.slice('body '.length)
      const at = suspension.detail?.at
      const resumptions = bodyEvents(h, client).filter(
        ({ op, detail }) => (op === 'continuation' || op === 'interruption') && detail?.at === at,
      )
      return { client, suspension, said: saidBy(h, client, at), resumptions }
    })

/** What an awaited came to: the first thing that it said. */
export const came = ({ said }: Await): 'fulfil' | 'reject' | 'throws' | undefined => {
  const [first] = said
  if (first?.type === 'settle') return settledAs(first) === 'fulfilled' ? 'fulfil' : 'reject'
  return first?.op as 'fulfil' | 'reject' | 'throws' | undefined
}

/** Whether what was awaited says more than one thing: then some hold with the first, and some with the last. */
export const contradicts = ({ said }: Await): boolean => said.length > 1

/** How the body went on because of what was awaited: not before that had said anything. */
export const goesOn = ({ said, resumptions }: Await): HistoryEvent | undefined => {
  const [first] = said
  return first && resumptions.find(({ seq }) => seq > first.seq)
}

/** The answer of the run whose body awaits. */
export const answerOf = (h: History, { client }: Await): HistoryEvent | undefined =>
  runs(h).find(({ actor }) => actor === client)?.end

/** Calls that drive the body by hand. */
export const resumes = (h: History): readonly Span[] =>
  h.calls().filter(({ op }) => op === 'send' || op === 'throw' || op === 'close')

const within = (span: Span, { seq }: HistoryEvent): boolean =>
  seq > span.start.seq && (span.end === undefined || seq < span.end.seq)

/** What the body does in a call that drives it. */
export const inCall = (h: History, call: Span): readonly HistoryEvent[] =>
  bodyEvents(h, call.actor).filter((event) => within(call, event))

/** Where a coroutine that is driven by hand stands just before an event, as what its body did so far says. */
export function standing(h: History, client: string, event: HistoryEvent): string {
  const calls = resumes(h).filter(({ actor, start }) => actor === client && start.seq < event.seq)
  if (calls.some((call) => openAt(call, event))) return 'running'
  const before = bodyEvents(h, client).filter(({ seq }) => seq < event.seq)
  // An end of the body, a close, and an error thrown into what has not begun.
  const ended =
    before.some(({ op }) => op === 'return' || op === 'error') ||
    calls.some((call) => call.op === 'close' || (call.op === 'throw' && !begunAt(h, call)))
  if (ended) return 'closed'
  return before.length > 0 ? 'suspended' : 'created'
}

const begunAt = (h: History, call: Span): boolean =>
  bodyEvents(h, call.actor).some(({ op, seq }) => op === 'beginning' && seq < call.start.seq)

/** Blocks that clean up and are open where a body is suspended, the innermost first. */
export const openBlocks = ({ detail }: HistoryEvent): readonly number[] =>
  String(detail?.open ?? '')
    .split(',')
    .filter((block) => block !== '')
    .map(Number)
    .reverse()

/** Where a body is suspended at an event: the last suspension before it. */
export const suspendedAt = (h: History, client: string, event: HistoryEvent): HistoryEvent | undefined =>
  bodyEvents(h, client, 'suspension').findLast(({ seq }) => seq < event.seq)
