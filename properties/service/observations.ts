import {
  type Context,
  type History,
  type HistoryEvent,
  openAt,
  type Span,
  same,
  settledAs,
  type Value,
} from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'

/** What the laws ask of a history, in the words of services: openings, closings, and who uses what meanwhile. */

export type ServiceContext = Context<ServicePolicy>

/** Laws about several resources apply where there can be several. */
export const graphOnly = ({ traits }: ServiceContext): true | string =>
  traits.graph || 'the adapter has no `createGraph`'

export const gets = (h: History): readonly Span[] => h.calls('get')
export const disposes = (h: History): readonly Span[] => h.calls('dispose')
export const openings = (h: History): readonly Span[] => h.flights('open')
export const closings = (h: History): readonly Span[] => h.flights('close')

export const succeeded = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

export const opened = (h: History): readonly Span[] => openings(h).filter(succeeded)
export const failedClosings = (h: History): readonly Span[] => closings(h).filter(failed)

/** What an event came before, or after. */
export const before = (a: HistoryEvent | undefined, b: HistoryEvent | undefined): boolean =>
  a !== undefined && b !== undefined && a.seq < b.seq

/** Which node of a graph a span is about; undefined for a single service. */
const key = ({ start }: Span): unknown => start.detail?.key

export const sameNode = (a: Span, b: Span): boolean => key(a) === key(b)

/** Whether two openings gave the same resource: falsy ones may well look alike. */
export const alike = (a: Span, b: Span): boolean => sameNode(a, b) && same(a.end?.value, b.end?.value)

/** Whether a closing was handed what an opening gave. */
export const isOf = (closing: Span, opening: Span): boolean =>
  sameNode(closing, opening) && closing.start.detail?.resource === opening.end?.value?.id

/** A resource from its opening to its closing. */
export interface Life {
  readonly opening: Span
  readonly closing: Span | undefined
}

const known = new WeakMap<History, readonly Life[]>()

/** Resources that can be told from all others, from their opening on. Every law asks for them. */
export function lives(h: History): readonly Life[] {
  const found = known.get(h) ?? findLives(h)
  known.set(h, found)
  return found
}

function findLives(h: History): readonly Life[] {
  const all = opened(h)
  return all
    .filter((opening) => !all.some((other) => other !== opening && alike(other, opening)))
    .map((opening) => ({ opening, closing: closings(h).find((closing) => isOf(closing, opening)) }))
}

/** Whether a get was given the resource of a life. */
export const givenTo = ({ opening }: Life, get: Span): boolean =>
  settledAs(get.end) === 'fulfilled' && sameNode(get, opening) && same(get.end?.value, opening.end?.value)

/** Whether a call had no answer yet at an event. */
export const waits = (call: Span, event: HistoryEvent): boolean => openAt(call, event)

/** A dispose of somebody who had called a get, and how many are left after it if failed gets count as users too. */
interface Paired {
  readonly dispose: Span
  readonly left: number
}

/** Where users are counted: the disposes that count. One that comes when nobody is there is ignored. */
export function paired(h: History): readonly Paired[] {
  const found: Paired[] = []
  let users = 0
  for (const call of h.calls()) {
    if (call.op === 'get') users++
    if (call.op === 'dispose' && users > 0) found.push({ dispose: call, left: --users })
  }
  return found
}

/** Disposes that surely close what is open: each of them, or where users are counted those that leave nobody. */
export const closers = (h: History, { policy }: ServiceContext): readonly Span[] =>
  policy.dispose === 'at-once'
    ? disposes(h)
    : paired(h).flatMap(({ dispose, left }) => (left === 0 ? [dispose] : []))

/**
 * Disposes after which nothing that was opened before may be left open. A get that comes after the last user has gone
 * may still revive the resource.
 */
export const finalClosers = (h: History, context: ServiceContext): readonly Span[] =>
  context.policy.dispose === 'at-once'
    ? disposes(h)
    : closers(h, context).filter(({ start }) => !gets(h).some((get) => get.start.seq > start.seq))

/** Who asked for an opening: the first of those who wait when it begins. It may begin some time after it was asked for. */
export const askedFor = (h: History, { start }: Span): Span | undefined =>
  gets(h).find((get) => waits(get, start))

/** The dispose that a closing is the work of; undefined where that is unclear. */
export function closerOf(h: History, context: ServiceContext, life: Life): Span | undefined {
  const { opening, closing } = life
  const asked = askedFor(h, opening) ?? opening
  const later = closers(h, context).filter(({ start }) => before(asked.start, start))
  // One that came before the opening began may have been meant for it, or not.
  if (later[0] && before(later[0].start, opening.start)) return undefined
  if (context.policy.dispose === 'at-once') return later[0]
  if (!closing) return undefined
  const [closer, ...others] = later.filter(({ start }) => before(start, closing.start))
  const unclear = gets(h).some(
    (get) =>
      (failed(get) && before(get.end, closing.start)) ||
      (before(closer?.start, get.start) && before(get.start, closing.start)),
  )
  return others.length > 0 || unclear ? undefined : closer
}

/** What a dispose was rejected with: the reason, or the several that one error holds, the outermost first. */
export function told(h: History, dispose: Span): readonly Value[] {
  if (settledAs(dispose.end) !== 'rejected') return []
  const parts = h
    .of('read')
    .filter(({ id, op }) => id === dispose.id && (op === 'error' || op === 'suppressed'))
    .flatMap(({ value }) => value ?? [])
  return parts.length > 0 ? parts : [dispose.end!.value!]
}

/** Whether somebody was told of the failure of a closing, alone or among others. */
export const isTold = (h: History, { end }: Span): boolean =>
  disposes(h).some((dispose) => told(h, dispose).some((value) => same(value, end?.value)))

/** Whether every dispose has its answer: without that, nobody can say that something was not told. */
export const allAnswered = (calls: readonly Span[]): boolean => calls.every(({ end }) => end !== undefined)

/** A failed opening with this very reason, before an event. */
export const failedOpening = (h: History, event: HistoryEvent | undefined): Span | undefined =>
  openings(h).find(
    (opening) => failed(opening) && before(opening.end, event) && same(opening.end?.value, event?.value),
  )
