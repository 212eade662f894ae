import { type History, type HistoryEvent, type Span, same, type Value } from '../../src/core/index.js'

/** What the laws ask of a history, in the words of worker pools: calls, the work they are for, and what became of both. */

const fact = ({ start }: Span, name: string) => start.detail?.[name]

export const works = (h: History): readonly Span[] => h.flights('work')
export const workOf = (h: History, call: Span): Span | undefined =>
  works(h).find((work) => fact(work, 'key') === fact(call, 'key'))

export const poolOf = (call: Span) => fact(call, 'pool')
/** Calls of work, on all pools. */
export const runs = (h: History): readonly Span[] => h.calls().filter(({ op }) => op !== 'destroy')
export const destroys = (h: History): readonly Span[] => h.calls('destroy')
export const echoes = (h: History): readonly Span[] =>
  h.calls('echo').filter((call) => fact(call, 'unsendable') !== true)
/** Calls whose work fails with a reason that can be sent. */
export const failures = (h: History): readonly Span[] => [
  ...h.calls('throwReason'),
  ...h.calls('rejectReason'),
]
/** Calls whose value cannot be sent, one way or the other. */
export const unclonable = (h: History): readonly Span[] => [
  ...h.calls('unclonable'),
  ...h.calls('echo').filter((call) => fact(call, 'unsendable') === true),
]
export const isLate = (call: Span): boolean => fact(call, 'late') === true

/** Where a call was waited for until nothing could be expected any more. */
export const givenUp = (h: History, { id }: Span): HistoryEvent | undefined =>
  h.of('deadlock').find((event) => event.id === id)

export const acts = (h: History, op: 'open' | 'abort'): readonly HistoryEvent[] =>
  h.of('act').filter((event) => event.op === op)
export const abortOf = (h: History, call: Span): HistoryEvent | undefined =>
  acts(h, 'abort').find(({ detail }) => detail?.work === fact(call, 'key'))

/** The first destroy of a call's pool that came after the call, while it was waited for. */
export const destroyedInFlight = (h: History, call: Span): Span | undefined => {
  const over = givenUp(h, call) ?? call.end
  return destroys(h)
    .filter((destroy) => poolOf(destroy) === poolOf(call))
    .find(({ start }) => start.seq > call.start.seq && (over === undefined || over.seq > start.seq))
}

/** Whether nobody meddled with a call: what answers it is what its work gives. */
export const isUndisturbed = (h: History, call: Span): boolean =>
  !isLate(call) && abortOf(h, call) === undefined && destroyedInFlight(h, call) === undefined

/** Whether a run has one pool: what several do to one another is a law of its own. */
export const isAlone = (h: History): boolean => new Set(h.calls().map(poolOf)).size < 2

/** What befell other calls before a call was answered: a worker that exits, an abort, a value that cannot be sent. */
export function troubles(h: History, call: Span): readonly HistoryEvent[] {
  const before = ({ seq }: HistoryEvent) => seq < (call.end?.seq ?? Number.POSITIVE_INFINITY)
  const others = [...h.calls('exit'), ...unclonable(h)].filter((other) => other !== call)
  return [...others.map(({ start }) => start), ...acts(h, 'abort')].filter(before)
}

/** Whether a worker exited while a call was in flight: it may have been that call's own worker. */
export const isHitByAnExit = (h: History, call: Span): boolean =>
  h.calls('exit').some(({ start, end }) => {
    const over = end?.seq ?? Number.POSITIVE_INFINITY
    return over > call.start.seq && start.seq < (call.end?.seq ?? Number.POSITIVE_INFINITY)
  })

/** Whether two values are the same, or clones of one another. */
export const alike = (a: Value | undefined, b: Value | undefined): boolean =>
  same(a, b) || a?.text === b?.text

/** Figures that the world read. */
export const figures = (h: History, op: string): readonly HistoryEvent[] =>
  h.of('read').filter((event) => event.op === op)
export const figure = ({ value }: HistoryEvent): number => Number(value?.text)
