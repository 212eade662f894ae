import { type History, type HistoryEvent, openAt, type Span, same, settledAs } from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'

export const succeeded = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'
export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'

/** Whether a span ended before an event. */
export const over = ({ end }: Span, event: HistoryEvent): boolean => end !== undefined && end.seq < event.seq

/** What a client was told agrees with how a load went. */
export const tells = (load: Span, answer: HistoryEvent | undefined): boolean =>
  load.end !== undefined && settledAs(load.end) === settledAs(answer) && same(load.end.value, answer?.value)

/**
 * What a history says of one key of one cache. Its gets, loads and clears (those of all keys too), and who can rely on
 * what, and when. Everything that a subject may legally see in one way or the other is left open here: an answer of
 * `undefined` means that nobody can say, and then the laws say nothing.
 */
export class Entry {
  readonly #epochs = new Map<Span, number | undefined>()

  constructor(
    /** The loader of its cache. */
    readonly cache: string,
    readonly gets: readonly Span[],
    readonly loads: readonly Span[],
    readonly clears: readonly Span[],
    /** Clears of other keys of this cache, one by one. */
    readonly clearsElsewhere: readonly Span[],
    /** How many other keys of this cache there are. */
    readonly siblings: number,
    readonly history: History,
  ) {}

  /** A load as reports name it. */
  name(load: Span): string {
    return `${load.actor} #${this.history.flights(load.actor).indexOf(load) + 1}`
  }

  /** Whether the cache has room for all of its keys, so that none may be dropped. */
  fits(capacity: number): boolean {
    return this.siblings < capacity
  }

  /** How many clears were over before an event; undefined while one is under way, which may or may not have been done. */
  epoch(event: HistoryEvent): number | undefined {
    let count = 0
    for (const clear of this.clears) {
      if (clear.start.seq >= event.seq) continue
      if (!over(clear, event) || settledAs(clear.end) === 'rejected') return undefined
      count++
    }
    return count
  }

  /**
   * The epoch that a load belongs to. A subject may begin to load some time after it was asked to; if a clear comes in
   * between, the load begins after it and yet belongs before it.
   */
  epochOf(load: Span): number | undefined {
    if (!this.#epochs.has(load)) this.#epochs.set(load, this.#findEpoch(load))
    return this.#epochs.get(load)
  }

  #findEpoch(load: Span): number | undefined {
    const own = this.epoch(load.start)
    if (own === undefined || own === 0) return own
    const justCleared = this.clears.some(
      (clear) => clear.start.step === load.start.step && clear.start.seq < load.start.seq,
    )
    return justCleared || this.gets.some((get) => this.#mayCause(get, load, own)) ? undefined : own
  }

  /** Whether a load may have been asked for by a get of an earlier epoch. */
  #mayCause(get: Span, load: Span, own: number): boolean {
    const asked = this.epoch(get.start)
    if (get.start.seq > load.start.seq || asked === own) return false
    // One that was rejected, and by no load, had to give way to a clear: the load it asked for may begin all the same.
    const gaveWay = failed(get) && !this.loads.some((other) => tells(other, get.end))
    if (over(get, load.start) && !gaveWay) return false
    // A load of its own epoch that did not fail in the meantime is what it waits for.
    const served = this.loads.some(
      (other) =>
        asked !== undefined &&
        this.epoch(other.start) === asked &&
        this.epochOf(other) === asked &&
        (openAt(other, get.start) || other.start.seq > get.start.seq) &&
        !(failed(other) && over(other, load.start)),
    )
    return !served
  }

  /** Whether two loads certainly belong to the same epoch. */
  together(a: Span, b: Span): boolean {
    const first = this.epochOf(a)
    return first !== undefined && first === this.epochOf(b)
  }

  /** Whether a value was given that the subject documents not to keep. */
  isUncacheable({ end }: Span): boolean {
    return this.history.of('act').some(({ op, value }) => op === 'uncacheable' && same(value, end?.value))
  }

  /** Whether a load brought something that is kept. */
  keeps(load: Span): boolean {
    return succeeded(load) && !this.isUncacheable(load)
  }

  /** Whether those who ask at an event get what a load brings: it is under way, or was kept. */
  #supplies(load: Span, event: HistoryEvent): boolean {
    return load.start.seq < event.seq && (openAt(load, event) || (this.keeps(load) && over(load, event)))
  }

  /** A load that may supply those who ask at an event, as far as anybody can say. */
  supplied(event: HistoryEvent): Span | undefined {
    const asked = this.epoch(event)
    return this.loads.find((load) => {
      const own = this.epochOf(load)
      const known = own !== undefined && asked !== undefined
      return this.#supplies(load, event) && (!known || own === asked)
    })
  }

  /** The load that certainly supplies those who ask when another one starts. */
  held(again: Span): Span | undefined {
    return this.loads.find((load) => this.#supplies(load, again.start) && this.together(load, again))
  }

  /** Whether a load starts between two events. */
  startsBetween(from: HistoryEvent, to: HistoryEvent): boolean {
    return this.loads.some(({ start }) => start.seq > from.seq && start.seq < to.seq)
  }

  /** Whether a clear begins between two events. */
  cleared(from: HistoryEvent, to: HistoryEvent): boolean {
    return this.clears.some(({ start }) => start.seq > from.seq && start.seq < to.seq)
  }

  /** A clear of another key between two events. */
  clearElsewhere(from: HistoryEvent, to: HistoryEvent): Span | undefined {
    return this.clearsElsewhere.find(({ start }) => start.seq > from.seq && start.seq < to.seq)
  }

  /** Whether a get was rejected after a clear that came while it waited, where that is documented. */
  rejectedByClear(get: Span, policy: MemoPolicy): boolean {
    const waited = this.clears.some(({ start }) => openAt(get, start))
    return policy.clearInFlight === 'reject' && failed(get) && waited
  }

  /** The clear that came while a get waited for a load, which was still under way when the clear was over. */
  interruption(get: Span): Span | undefined {
    const asked = this.epoch(get.start)
    return this.clears.find(
      (clear) =>
        clear.end !== undefined &&
        openAt(get, clear.start) &&
        this.epoch(clear.start) === asked &&
        this.loads.some(
          (load) => openAt(load, clear.start) && openAt(load, clear.end!) && this.epochOf(load) === asked,
        ),
    )
  }

  /** The load that was the last to end before an event. */
  lastBefore(event: HistoryEvent): Span | undefined {
    const ended = this.loads.filter((load) => over(load, event))
    return ended.toSorted((a, b) => a.end!.seq - b.end!.seq).at(-1)
  }

  /** Whether a load of this key, of whatever epoch, brought what a get was told. */
  brought({ end }: Span): boolean {
    return end !== undefined && this.loads.some((load) => over(load, end) && tells(load, end))
  }

  /** A load of another key, or of another cache, that a get was answered with where none of its own would do. */
  strayed(get: Span): Span | undefined {
    const { end } = get
    if (!end) return undefined
    const gave = (load: Span) => over(load, end) && tells(load, end)
    if (this.brought(get)) return undefined
    // What came of its own failure, or of a clear, may look like anything.
    if (!failed(get) && this.failuresBefore(end).length > 0) return undefined
    if (failed(get) && this.cleared(get.start, end)) return undefined
    const others = this.history.flights().filter(gave)
    return others.find(({ actor }) => actor === this.cache) ?? others[0]
  }

  /** The loads that were under way at a clear which was over before an event: they must not matter any more. */
  outdatedAt(event: HistoryEvent): readonly Span[] {
    return this.loads.filter((load) =>
      this.clears.some(
        (clear) => over(clear, event) && settledAs(clear.end) !== 'rejected' && openAt(load, clear.start),
      ),
    )
  }

  /**
   * A load that was cleared, and failed while another one held, before a further one began. One that failed in the very
   * step in which the other began may be tidied away after that.
   */
  oldFailure(held: Span, again: Span): Span | undefined {
    return this.outdatedAt(again.start).find(
      (old) => failed(old) && old !== held && old.end!.step >= held.start.step && over(old, again.start),
    )
  }

  failuresBefore(event: HistoryEvent): readonly Span[] {
    return this.loads.filter((load) => failed(load) && over(load, event))
  }

  /**
   * Whether some client has been told how a load went, in a step before this event: from then on nobody can say that it
   * was not known yet. Subjects may take their time to tell. Two loads that went alike cannot be told apart.
   */
  #known(load: Span, event: HistoryEvent): boolean {
    return (
      !this.loads.some((other) => other !== load && over(other, event) && tells(other, load.end)) &&
      this.gets.some(({ end }) => end && end.seq > load.end!.seq && end.step < event.step && tells(load, end))
    )
  }

  /** Failures that no client knows of: a caller may still join one of them. */
  unknownFailures(event: HistoryEvent): readonly Span[] {
    return this.failuresBefore(event).filter((load) => !this.#known(load, event))
  }

  /** The last failure before an event, if every failure so far is known. */
  knownFailure(event: HistoryEvent): Span | undefined {
    return this.unknownFailures(event).length > 0 ? undefined : this.failuresBefore(event).at(-1)
  }

  /** A known failure that is the last thing that happened: nothing else can serve those who come now. */
  plainFailure(event: HistoryEvent): Span | undefined {
    const failure = this.knownFailure(event)
    const underWay = this.loads.some((load) => openAt(load, event))
    return failure === this.lastBefore(event) && !underWay && !this.supplied(event) ? failure : undefined
  }

  /** The last load before an event that brought an uncacheable value, if every such load is known to be over. */
  knownUncacheable(event: HistoryEvent): Span | undefined {
    const given = this.loads.filter(
      (load) => succeeded(load) && this.isUncacheable(load) && over(load, event),
    )
    return given.every((load) => this.#known(load, event)) ? given.at(-1) : undefined
  }

  /** The load whose failure a get must hear of: the first to end after it, where no other could have served it. */
  joinedFailure(get: Span): Span | undefined {
    const later = this.loads.filter(({ end }) => end !== undefined && end.seq > get.start.seq)
    const [first] = later.toSorted((a, b) => a.end!.seq - b.end!.seq)
    if (!first || !failed(first)) return undefined
    const asked = this.epoch(get.start)
    if (asked === undefined || this.epochOf(first) !== asked || this.epoch(first.end!) !== asked)
      return undefined
    // A subject may take its time to look at its cache. After a further clear, or where the load was another's who had
    // asked as well, it finds nothing to join, and loads.
    const further = (load: Span) => load.start.seq > first.end!.seq && tells(load, get.end)
    const another = (other: Span) => other !== get && tells(first, other.end)
    const anothers =
      get.start.seq < first.start.seq &&
      this.gets.some((other) => openAt(other, first.start) && another(other))
    const cleared = get.end && this.epoch(get.end) !== asked
    if ((cleared || anothers) && this.loads.some(further)) return undefined
    const beside = (load: Span) => load.start.seq < first.end!.seq && !over(load, first.start)
    const mine = (load: Span) => (this.epochOf(load) ?? asked) === asked
    const served = this.loads.some((load) => succeeded(load) && over(load, get.start))
    return served || this.loads.some((load) => load !== first && beside(load) && mine(load))
      ? undefined
      : first
  }

  /** The last load that failed before a get, where nothing was under way when the get came. */
  failedBefore({ start }: Span): Span | undefined {
    return this.loads.some((load) => openAt(load, start)) ? undefined : this.failuresBefore(start).at(-1)
  }
}
