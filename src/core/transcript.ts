import type { SourcePolicy } from './generate.js'
import type { Outcome } from './history.js'
import { FALSY_NAMES, FRESH, TRUTHY_NAMES } from './value.js'
import type { SourceCall } from './world/source.js'

/**
 * A run as a report tells it, read back: what was done and in which order. Values are texts here; what the subject
 * answered is left out, since that is what a new run is to show.
 */
export interface Transcript {
  /** The law that the text names. */
  readonly law: string | undefined
  /** The replay string, where the text has one. */
  readonly replay: string | undefined
  readonly events: readonly TranscriptEvent[]
  /** Why the events are not the whole run. */
  readonly incomplete: string | undefined
}

/** One event of a transcript. */
export interface TranscriptEvent {
  readonly step: number
  readonly timeMs: number
  /** `other` stands for all that the world only observes. */
  readonly type: 'call' | 'start' | 'settle' | 'act' | 'signal' | 'timer' | 'other'
  /** Who: a client, a source, the `world`. */
  readonly actor: string
  /** The operation of a call; of an act all its words, its value among them. */
  readonly op: string
  /** Which call of the source, from 1. */
  readonly n?: number
  /** The argument of a call or of a start, and how a call of a source ended. */
  readonly value?: string
  readonly outcome?: Outcome
  /** Whether the source gave a bare thenable. */
  readonly bare?: true
  /** How many microtasks into the drain before it; 0 for after that. */
  readonly inject: number
  /** What stands behind an act, in brackets. */
  readonly facts: Readonly<Record<string, string>>
}

/** A scenario of one of the protocol's kinds, as a transcript tells it. */
export interface Retold {
  readonly kind: string
  readonly scenario: unknown
}

/** What a transcript tells that cannot be played. */
export class UnplayableError extends Error {
  override readonly name = 'UnplayableError'
}

/**
 * The calls that each client made, by the names of the clients and in their order; of those who made none, none.
 *
 * @throws UnplayableError when there is another client, or an operation that the subject does not have
 */
export function callsOf(
  { events }: Transcript,
  clients: readonly string[],
  ops: readonly string[],
): TranscriptEvent[][] {
  const calls = clients.map((): TranscriptEvent[] => [])
  for (const event of events) {
    if (event.type !== 'call') continue
    const own = calls[clients.indexOf(event.actor)]
    if (!own) throw new UnplayableError(`there is no client ${event.actor}`)
    if (!ops.includes(event.op)) throw new UnplayableError(`the subject has no ${event.op}`)
    own.push(event)
  }
  while (calls.at(-1)?.length === 0) calls.pop()
  return calls
}

/**
 * How the calls of a source went, one after the other. One that the text does not end gives what is fresh.
 *
 * @throws UnplayableError when a subject that accepts no more than this should not be handed them
 */
export function plansOf(
  { events }: Transcript,
  source: string,
  accepts: SourcePolicy,
): readonly SourceCall[] {
  const plans: SourceCall[] = []
  for (const start of events.filter(({ type, actor }) => type === 'start' && actor === source)) {
    const end = events.find(({ type, actor, n }) => type === 'settle' && actor === source && n === start.n)
    const plan = end ? planOf(start, end) : ({ give: 'promise', outcome: 'fulfil', value: FRESH } as const)
    if (!ACCEPTED[accepts].includes(plan.give))
      throw new UnplayableError(`the subject accepts no source that gives a ${plan.give}`)
    plans[start.n! - 1] = plan
  }
  const [first] = Object.values(plans)
  return Array.from(plans, (plan) => plan ?? first!)
}

const ACCEPTED: Readonly<Record<SourcePolicy, readonly SourceCall['give'][]>> = {
  any: ['promise', 'thenable', 'value', 'throw'],
  thenable: ['promise', 'thenable', 'throw'],
  promise: ['promise', 'throw'],
}

function planOf(start: TranscriptEvent, { outcome, value, timeMs }: TranscriptEvent): SourceCall {
  const fulfils = outcome === 'fulfilled' || outcome === 'returned'
  const give = outcome === 'returned' ? 'value' : outcome === 'threw' ? 'throw' : 'promise'
  const afterMs = timeMs - start.timeMs
  return {
    give: give === 'promise' && start.bare ? 'thenable' : give,
    outcome: fulfils ? 'fulfil' : 'reject',
    value: nameOf(value ?? 'undefined'),
    ...(afterMs > 0 ? { afterMs } : {}),
  }
}

/** The name of the specimen that a text shows. */
export function nameOf(text: string): string {
  if (FALSY_NAMES.includes(text) || TRUTHY_NAMES.includes(text)) return text
  if (/^(?:\d+|Error\('e\d+'\))$/.test(text)) return FRESH
  throw new UnplayableError(`${text} cannot be made again`)
}

/** Whether a transcript tells of no other sources than these, and of no other acts of the world. */
export const tellsOnly = (
  { events }: Transcript,
  sources: readonly string[],
  acts: readonly string[] = [],
): boolean =>
  events.every(({ type, actor, op }) => {
    if (type === 'start') return sources.includes(actor)
    return type !== 'act' || [MAKING, ...acts].some((act) => op === act || op.startsWith(`${act} `))
  })

/** The act by which the subject is made. */
const MAKING = 'create'

/**
 * Calls of a source that went by what the subject itself did: the world settles one at the beginning of a step, or at
 * once, and in the end all.
 */
export function ledBySubject({ events }: Transcript, source: string): readonly TranscriptEvent[] {
  const isHung = events.some(({ type, op }) => type === 'other' && op.endsWith('never gives control back'))
  return events.filter((start) => {
    if (start.type !== 'start' || start.actor !== source) return false
    const end = events.find(({ type, actor, n }) => type === 'settle' && actor === source && n === start.n)
    if (!end) return !isHung
    if (end.outcome === 'returned' || end.outcome === 'threw') return false
    return events.find(({ step }) => step === end.step) !== end
  })
}
