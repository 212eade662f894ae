import {
  agree,
  type Context,
  type History,
  type HistoryEvent,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'

export type Ctx = Context<AwaitablePolicy>

/** The calls that await the subject, and are told how the task went. */
const AWAITS = new Set(['then', 'await', 'resolve', 'all', 'return'])

export const runs = (h: History): readonly Span[] => h.flights('task')
export const awaits = (h: History): readonly Span[] => h.calls().filter(({ op }) => AWAITS.has(op))
/** The calls that give handlers, and get a thenable for what these make of the outcome. */
export const chains = (h: History): readonly Span[] =>
  h.calls().filter(({ op }) => op === 'then' || op === 'catch' || op === 'finally')

/** What a client was told of the task: by a handler of its `then`, or by the answer of a call that passes it on. */
export interface Telling {
  readonly call: Span
  readonly event: HistoryEvent
}

export const tellings = (h: History): readonly Telling[] =>
  awaits(h)
    .flatMap((call) =>
      call.op === 'then'
        ? h.handlers(call).map((event) => ({ call, event }))
        : call.end
          ? [{ call, event: call.end }]
          : [],
    )
    .sort((a, b) => a.event.seq - b.event.seq)

/** Runs of the task that have settled before an event. */
export const settledBefore = (h: History, event: HistoryEvent): readonly Span[] =>
  runs(h).filter(({ end }) => end !== undefined && end.seq < event.seq)

/** How the task went before an event; undefined where it has not settled, or where its runs went differently. */
export function outcomeBefore(h: History, event: HistoryEvent): 'fulfilled' | 'rejected' | undefined {
  const [first, ...others] = settledBefore(h, event).map(({ end }) => settledAs(end))
  return others.every((other) => other === first) ? first : undefined
}

/** Whether an event tells what some run of the task gave before it. */
export const tellsTheTask = (h: History, event: HistoryEvent): boolean =>
  settledBefore(h, event).some(({ end }) => agree(end, event))

/** Whether what a run gave, or what a client was told, holds for all who come later. */
export function kept(h: History, event: HistoryEvent, { policy }: Ctx): boolean {
  if (settledAs(event) === 'fulfilled') return true
  const thrown = policy.syncThrow === 'throw' && runs(h).some(({ end }) => end?.outcome === 'threw')
  return policy.failure === 'cache' && !thrown
}

export const unanswered = (h: History, call: Span): HistoryEvent | undefined =>
  h.of('deadlock').find(({ id }) => id === call.id)

/** Whether an event carries what a handler threw or returned, by identity. */
export const carries = (event: HistoryEvent | undefined, id: unknown): boolean => event?.value?.id === id

/** Whether a call gave a function for an outcome. */
export const handles = ({ start }: Span, outcome: 'fulfilled' | 'rejected'): boolean =>
  start.detail?.given === 'both' || start.detail?.given === outcome

/** Whether an event is the task's own synchronous throw, coming through a call. */
export const letThrough = (h: History, event: HistoryEvent | undefined): boolean =>
  event?.outcome === 'threw' &&
  runs(h).some(({ end }) => end?.outcome === 'threw' && same(end.value, event.value))

/** The run of a handler that belongs to a call, with how what it returned went, if that was a thenable. */
export interface Handled {
  readonly call: Span
  readonly event: HistoryEvent
  readonly adopted: Span | undefined
}

/** Whether a call gave a thenable, or may still do so: what it gave instead is a matter for one law alone. */
export const chained = ({ end }: Pick<Span, 'end'>): boolean =>
  end?.outcome !== 'returned' && end?.outcome !== 'threw'

export const handled = (h: History, ops: readonly string[]): readonly Handled[] =>
  ops
    .flatMap((op) => h.calls(op))
    .filter(chained)
    .flatMap((call) =>
      h.handlers(call).map((event) => {
        const { adopts } = event.detail ?? {}
        return { call, event, adopted: typeof adopts === 'string' ? h.flights(adopts)[0] : undefined }
      }),
    )

export const shares = ({ policy }: Ctx): true | string =>
  policy.again === 'share' || `documented not to share one run (\`again: ${policy.again}\`)`
