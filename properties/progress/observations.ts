import { type History, type HistoryEvent, type Span, settledAs } from '../../src/core/index.js'

/** What the laws ask of a history, in the words of progress: the run, its steps, and its reports. */

export const runs = (h: History): readonly Span[] => h.calls('run')
export const flights = (h: History): readonly Span[] => h.flights('step')
export const reports = (h: History): readonly HistoryEvent[] => h.of('handler')

/** How many steps a run has. */
export const count = ({ start }: Span): number => Number(start.detail?.steps)

export const done = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** Steps that were done before an event, or at all. */
export const doneBefore = (h: History, event?: HistoryEvent): readonly Span[] =>
  flights(h).filter((flight) => done(flight) && (!event || flight.end!.seq < event.seq))

/** The first report that was answered with a throw. */
export const thrower = (h: History): HistoryEvent | undefined =>
  reports(h).find(({ detail }) => detail?.throws !== undefined)

/** What a report says; not a number where it says none. */
export const percent = ({ detail }: HistoryEvent): number => Number(detail?.percent ?? Number.NaN)

/** Runs of at least one step. */
export const working = (h: History): readonly Span[] => runs(h).filter((run) => count(run) > 0)
