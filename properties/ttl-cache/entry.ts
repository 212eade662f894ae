import {
  agree,
  type History,
  type HistoryEvent,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'

/** What the laws ask of a history, one key at a time: gets, loads, clears, and the lives of what was loaded. */

export const succeeded = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** Whether a span ended before an event. */
export const over = ({ end }: Span, event: HistoryEvent): boolean => end !== undefined && end.seq < event.seq

/** The stay in the cache of what a load gave: a value, or a failure where those are kept. */
export interface Life {
  readonly load: Span
  /** When it was asked for: the earliest call that this load may serve. */
  readonly begun: HistoryEvent
  /** The first answer with it; before that nobody can know whether the subject has heard of it. */
  readonly landed: HistoryEvent | undefined
}

/** What a history says of one key. */
export class Entry {
  /** Of everything that was loaded, in the order in which it was asked for. */
  readonly lives: readonly Life[]
  readonly #asking = new Map<Span, readonly Span[]>()

  constructor(
    readonly key: string,
    readonly gets: readonly Span[],
    readonly loads: readonly Span[],
    /** Of this key and of all keys. */
    readonly clears: readonly Span[],
    readonly history: History,
  ) {
    this.lives = loads
      .filter(({ end }) => end !== undefined)
      .map((load) => ({ load, begun: this.begun(load), landed: this.#answer(load) }))
  }

  /** A load as reports name it. */
  name(load: Span): string {
    return `load #${this.history.flights('load').indexOf(load) + 1}`
  }

  /** The gets that a load may serve: open when it starts, and with no other load to wait for. */
  asking(load: Span): readonly Span[] {
    const known = this.#asking.get(load)
    if (known) return known
    const found = this.gets.filter((get) => openAt(get, load.start) && !this.#served(get, load))
    this.#asking.set(load, found)
    return found
  }

  /** Whether a get waits for another load: one that was not cut off before, and had not failed when this one starts. */
  #served({ start }: Span, load: Span): boolean {
    return this.loads.some(
      (other) =>
        other.start.seq < load.start.seq &&
        (openAt(other, start) || other.start.seq > start.seq) &&
        !this.cleared(this.begun(other), start) &&
        !(failed(other) && over(other, load.start)),
    )
  }

  /** When a load was asked for. */
  begun(load: Span): HistoryEvent {
    return this.asking(load)[0]?.start ?? load.start
  }

  #answer({ end }: Span): HistoryEvent | undefined {
    const told = this.gets.filter((get) => openAt(get, end!) && agree(get.end, end))
    return told.map((get) => get.end!).toSorted((a, b) => a.seq - b.seq)[0]
  }

  /** The first load that only this get can have asked for first. */
  own(get: Span): Span | undefined {
    return this.loads.find((load) => this.asking(load)[0] === get)
  }

  /** Whether everything that was asked for before an event was answered in an earlier step. */
  atRest(event: HistoryEvent): boolean {
    const told = ({ start, end }: Span) =>
      start.seq >= event.seq || (end !== undefined && end.step < event.step)
    return (
      this.gets.every(told) && this.loads.every((load) => load.start.seq >= event.seq || over(load, event))
    )
  }

  /** Whether the subject must have heard, in an earlier step, how a load went. */
  heard(load: Span, event: HistoryEvent): boolean {
    const life = this.lives.find((one) => one.load === load)
    if (!life) return false
    // Where nobody waited, it may hear of it in a turn of its own.
    return life.landed ? life.landed.step < event.step : load.end!.timeMs + 1 < event.timeMs
  }

  /** Whether a load was under way at some time between the call and the answer of a get. */
  joins({ start, end }: Span): boolean {
    const until = end?.seq ?? Number.POSITIVE_INFINITY
    return this.loads.some((load) => load.start.seq < until && !over(load, start))
  }

  /** Whether a clear was under way, or came, between two events. */
  cleared(from: HistoryEvent, to: HistoryEvent): boolean {
    return this.clears.some((clear) => clear.start.seq < to.seq && !over(clear, from))
  }

  /** Whether a load was cut off by a clear that was over before an event. */
  #detached(load: Span, at: HistoryEvent): boolean {
    return this.clears.some((clear) => clear.start.seq > load.start.seq && over(clear, at))
  }

  /**
   * The life that certainly goes on from the call of a get until an event: it had landed in an earlier step, and nothing
   * has come in between that may have ended it.
   */
  life(get: Span, until: HistoryEvent): Life | undefined {
    const [life] = this.lives
      .filter(({ load, landed }) => succeeded(load) && landed && landed.step < get.start.step)
      .toSorted((a, b) => b.load.end!.seq - a.load.end!.seq)
    if (!life || this.cleared(life.begun, until)) return undefined
    const alone = this.loads.every(
      (load) =>
        load === life.load ||
        load.start.seq >= until.seq ||
        over(load, life.begun) ||
        this.#detached(load, life.begun),
    )
    return alone ? life : undefined
  }
}

const known = new WeakMap<History, readonly Entry[]>()

/** The entries of a history: one for each key that was asked for. */
export function entries(h: History): readonly Entry[] {
  const found = known.get(h)
  if (found) return found
  const keys = [...new Set(h.calls('get').map(keyOf))]
  const made = keys.map(
    (key) =>
      new Entry(
        key,
        h.calls('get').filter((get) => keyOf(get) === key),
        h.flights('load').filter((load) => keyOf(load) === key),
        h.calls().filter((call) => call.op === 'clearAll' || (call.op === 'clear' && keyOf(call) === key)),
        h,
      ),
  )
  known.set(h, made)
  return made
}

const keyOf = ({ start }: Span): string => String(start.detail?.key)

/** What the subject was told when it was made. */
export const ttlMs = (h: History): number => Number(begins(h)?.detail?.ttlMs)

const begins = (h: History): HistoryEvent | undefined => h.of('act').find(({ op }) => op === 'begins')

/** By how much the system clock was set between two events. */
export const jumpsBetween = (h: History, from: HistoryEvent, to: HistoryEvent): readonly number[] =>
  h
    .of('act')
    .filter(({ op, seq }) => op === 'jump' && seq > from.seq && seq < to.seq)
    .map(({ detail }) => Number(detail?.byMs))

/** Whether a value was given that the subject documents not to keep. */
export const isUncacheable = (h: History, { end }: Span): boolean =>
  h.of('act').some(({ op, value }) => op === 'uncacheable' && same(value, end?.value))

/** Whether there is room for every key that was asked for, so that none may be dropped. */
export const fits = (h: History, capacity: number): boolean => entries(h).length <= capacity

/** Whether the time to live is one that a client can wait for. */
export const isTimed = (h: History): boolean => ttlMs(h) > 0 && !isLong(h) && Number.isFinite(ttlMs(h))

/** Whether the time to live is longer than a platform timer can wait. */
export const isLong = (h: History): boolean => ttlMs(h) >= 2 ** 31 && Number.isFinite(ttlMs(h))

/** The get that tells of a time to live which is refused, at creation or by that get: nothing is ever loaded. */
export const refusal = (h: History): Span | undefined =>
  h.flights('load').length === 0 ? h.calls('get').find(failed) : undefined
