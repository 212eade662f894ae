import { type Case, concerns, type Offence, type Slot } from './case.js'
import { Fixed, type Scheduler } from './choices.js'
import { Enumeration, type Reduction, UNREDUCED } from './explore.js'
import { DrawStream } from './generate.js'
import type { Host } from './host.js'
import type { Context } from './law.js'
import { inTurn, repeated, weighted } from './mixture.js'
import type { Kind, Part, ScopeSize, Suite, Traits } from './protocol.js'
import { seedOf } from './random.js'
import type { Origin } from './replay.js'
import { scheduler } from './schedulers.js'
import { type Played, type Run, Stage } from './world/stage.js'

/** A law is exercised often enough after this many runs, or after one where each takes real time. */
const ENOUGH = 12
/** How far beyond its runs a check may go for laws that were exercised less often, as a multiple. */
const OVERTIME = 2
/** After so many runs that exceeded their bounds, which cost a hundred times as much, a kind is not played any more. */
const MOST_CUT_SHORT = 8
/** How many draws of a kind that is played apart. */
const RUNS_APART = 3
/** How many schedules of one small scenario are tried, unless all of them are asked for. */
const SCHEDULES_PER_SCOPE = 48

/** The fewest runs of a check that ends as soon as one of some laws is broken; where each takes real time, none. */
const LEAST_RUNS = 32

/** Which small scenarios to enumerate, and how far. */
export interface Scope {
  readonly size: ScopeSize
  readonly reduction: Reduction
  /** The most schedules of one scenario. */
  readonly limit: number
}

export interface SurveyOptions {
  /** Which small scenarios are enumerated. Default: those that there are, not to their ends. */
  readonly scope?: Scope
  /** Laws of which one that is broken says enough. */
  readonly until?: readonly string[]
}

const PASSING: Scope = { size: {}, reduction: UNREDUCED, limit: SCHEDULES_PER_SCOPE }

/** The first pass of a check: plays runs, and judges each by every law, with no early exit. */
export class Survey {
  readonly stage: Stage
  readonly cases: Case[] = []
  readonly slots: Slot[] = []
  runs = 0
  /** Runs that could not be judged, because they ran out of steps. */
  cutShort = 0
  /** Set when the subject never gave control back. */
  hung = false
  readonly scopes = { scenarios: 0, schedules: 0, redundant: 0, complete: true }
  #current: Pick<Offence, 'slot' | 'origin' | 'scenario' | 'by'> | undefined
  readonly #drawn = new Map<Slot, number>()
  readonly #judges = new Map<Slot, readonly Case[]>()
  /** Kinds of scenario that are given up: each further run would be waited for, or cut short, like those before. */
  readonly #slow = new Set<Slot>()
  readonly scope: Scope
  readonly #until: readonly string[]
  /** How many runs are enough. */
  #enough = Number.POSITIVE_INFINITY

  constructor(
    host: Host,
    readonly suite: Suite,
    readonly seed: number,
    { scope = PASSING, until = [] }: SurveyOptions = {},
  ) {
    this.scope = scope
    this.#until = until
    const real = suite.parts.some(({ protocol }) => protocol.time === 'real')
    this.stage = new Stage(host, real ? 'real' : 'virtual')
  }

  /** Looks at the subject once: what it has, and with that which laws and which kinds of scenario apply. */
  async open(wanted: (law: string) => boolean): Promise<void> {
    const contexts = await this.#examine()
    for (const part of this.suite.parts) {
      const context = contexts.get(part)!
      for (const [name, kind] of Object.entries(part.protocol.kinds)) this.#addSlot(part, context, name, kind)
    }
    for (const entry of this.suite.laws) {
      const { law, id } = entry
      if (law.level === 'untested' || !wanted(id)) continue
      const context = contexts.get(entry.part)!
      const applies = law.appliesWhen?.(context) ?? true
      this.cases.push({
        entry,
        law,
        context,
        excused: applies === true ? undefined : applies,
        exercised: 0,
        exercisedBy: [],
        offences: {},
      })
    }
  }

  /** Plays the whole portfolio: small scopes schedule by schedule, then draws, then what was exercised too little. */
  async play(runs: number): Promise<void> {
    await this.stage.playAll(this.#portfolio(runs), (played) => this.#judge(played))
  }

  /** Enumerates every small scenario, and draws none. */
  async enumerate(): Promise<void> {
    await this.stage.playAll(this.#scopes(), (played) => this.#judge(played))
  }

  /** How to play a scenario of a slot. */
  run(slot: Slot, scenario: unknown, scheduler: Scheduler): Run {
    const { injection } = this.scope.size
    return {
      context: slot.context,
      scheduler,
      ...(injection ? { injection } : {}),
      epochMs: slot.kind.epochMs(scenario),
      seed: () => seedOf(scenario) ^ this.seed,
      drive: (world) => slot.kind.drive(world as never, slot.part.adapter as never, scenario),
    }
  }

  /** Whether nothing more is to be played: the subject hung, or enough is known. */
  get #over(): boolean {
    return this.hung || this.runs >= this.#enough
  }

  async #examine(): Promise<ReadonlyMap<Part, Context>> {
    const { parts } = this.suite
    const seen = new Map<Part, Traits | PromiseLike<Traits>>()
    const runs = parts.flatMap((part): Run[] => {
      const { protocol, adapter, policy } = part
      if (!protocol.examine) return []
      const drive: Run['drive'] = (world) => seen.set(part, protocol.examine!(world, adapter))
      return [{ context: { policy, traits: {} }, scheduler: new Fixed([]), drive }]
    })
    await this.stage.playAll(runs, () => {})
    const contexts = new Map<Part, Context>()
    for (const part of parts)
      contexts.set(part, { policy: part.policy, traits: (await seen.get(part)) ?? {} })
    return contexts
  }

  #addSlot(part: Part, context: Context, name: string, kind: Kind<never, never>): void {
    const ordinal = this.slots.length
    const applies = kind.appliesWhen(context as never) === true
    const slot: Slot = {
      ordinal,
      name,
      part,
      kind,
      context,
      stream: new DrawStream(kind.arbitrary(context as never), this.seed),
      scope: applies ? kind.scope(context as never, this.scope.size) : [],
    }
    this.slots.push(slot)
    if (applies) this.#drawn.set(slot, 0)
  }

  *#scopes(): Generator<Run> {
    for (const slot of this.#drawn.keys()) {
      for (const enumeration of this.#enumerations(slot)) yield* enumeration
    }
  }

  *#portfolio(runs: number): Generator<Run> {
    const wanted = [...this.#drawn.keys()].filter((slot) => this.cases.some((one) => concerns(one, slot)))
    const slots = wanted.filter(({ kind }) => !kind.apart)
    yield* this.#together(slots, runs)
    if (this.#over) return
    for (const slot of wanted.filter(({ kind }) => kind.apart)) {
      yield* this.#draw(repeated(slot), RUNS_APART)
      this.hung = false
    }
  }

  *#together(slots: readonly Slot[], runs: number): Generator<Run> {
    const enumerations = slots.flatMap((slot) => this.#enumerations(slot))
    // Each protocol gets the whole number of runs: a subject is not examined less for being examined in two ways.
    const draws = [...new Set(slots.map((slot) => slot.part))].map((part) => {
      const count = Math.min(runs, part.protocol.maxRuns ?? runs)
      return this.#draw(weighted(slots.filter((slot) => slot.part === part)), count)
    })
    // What one way finds late another finds soon; where each run takes real time, those come first that miss nothing.
    yield* this.stage.time === 'real'
      ? inTurn([...enumerations, ...draws])
      : inTurn([inTurn(enumerations), inTurn(draws)])
    const limit =
      this.runs + Math.min(runs, ...slots.map(({ part }) => part.protocol.maxRuns ?? runs)) * OVERTIME
    while (this.runs < limit && !this.#over) {
      const needy = this.cases.find((one) => one.excused === undefined && this.#wanting(one, slots))
      if (!needy) return
      yield* this.#draw(repeated(this.#bestFor(needy, slots)), 1)
    }
  }

  #enumerations(slot: Slot): Generator<Run>[] {
    return slot.scope.map((scenario, scope) => this.#enumerate(slot, scenario, scope))
  }

  /** The schedules of a small scenario. */
  *#enumerate(slot: Slot, scenario: unknown, scope: number): Generator<Run> {
    const { reduction, limit, size } = this.scope
    const enumeration = new Enumeration(reduction)
    let played = 0
    for (let walk = enumeration.next(); walk; walk = enumeration.next()) {
      if (this.#over || played++ === limit || this.#slow.has(slot)) {
        this.scopes.complete = false
        break
      }
      const origin: Origin = { how: 'enumerated', scope, size, choices: walk.picks }
      this.#current = { slot, origin, scenario, by: 'enumeration' }
      yield this.run(slot, scenario, walk)
      enumeration.played(walk)
      if (walk.redundant) this.scopes.redundant++
      else this.scopes.schedules++
    }
    this.scopes.scenarios++
  }

  *#draw(slots: Iterator<Slot>, count: number): Generator<Run> {
    for (let n = 0; n < count && !this.#over; n++) {
      const { value: slot, done } = slots.next()
      if (done || !slot) return
      if (this.#slow.has(slot)) continue
      const index = this.#drawn.get(slot)!
      this.#drawn.set(slot, index + 1)
      const { scenario, schedule } = slot.stream.at(index)
      this.#current = { slot, origin: { how: 'drawn', path: String(index) }, scenario, by: schedule.how }
      yield this.run(slot, scenario, scheduler(schedule))
    }
  }

  /** A law that some kind may still exercise: one that a fair number of draws never reached is given up. */
  #wanting(one: Case, slots: readonly Slot[]): boolean {
    const enough = this.stage.time === 'real' ? 1 : ENOUGH
    if (one.exercised >= enough || one.offences.drawn) return false
    const tried = slots.filter((slot) => concerns(one, slot) && !this.#slow.has(slot))
    return tried.some(({ ordinal }) => one.exercisedBy[ordinal])
  }

  #bestFor(one: Case, slots: readonly Slot[]): Slot {
    const rate = (slot: Slot) => (one.exercisedBy[slot.ordinal] ?? 0) / (this.#drawn.get(slot) || 1)
    return slots.reduce((best, slot) => (rate(slot) > rate(best) ? slot : best))
  }

  #judge(played: Played): void {
    if (played.redundant) return
    const current = this.#current!
    const { slot } = current
    this.runs++
    if (played.cutShort && !slot.kind.apart && ++this.cutShort >= MOST_CUT_SHORT) this.#slow.add(slot)
    if (played.history.of('hang').length > 0) this.hung = true
    if (played.gaveUp) this.#slow.add(slot)
    for (const one of this.#judging(slot)) {
      if (played.cutShort && !one.law.judgesCutShort) continue
      const blame = one.law.violation(played.history, one.context)
      if (!blame && !one.law.exercised(played.history, one.context)) continue
      one.exercised++
      one.exercisedBy[slot.ordinal] = (one.exercisedBy[slot.ordinal] ?? 0) + 1
      if (blame) this.#offend(one, { ...current, blame, played, afterRuns: this.runs })
    }
  }

  /** The laws that judge the runs of a kind. */
  #judging(slot: Slot): readonly Case[] {
    const known = this.#judges.get(slot)
    if (known) return known
    const found = this.cases.filter((one) => one.excused === undefined && concerns(one, slot))
    this.#judges.set(slot, found)
    return found
  }

  #offend(one: Case, offence: Offence): void {
    if (this.#enough === Number.POSITIVE_INFINITY && this.#until.includes(one.entry.id)) {
      this.#enough = this.stage.time === 'real' ? this.runs : Math.max(LEAST_RUNS, 2 * this.runs)
    }
    const { how } = offence.origin
    const known = one.offences[how]
    if (known && size(known) <= size(offence)) return
    one.offences[how] = known ? { ...offence, afterRuns: known.afterRuns, by: known.by } : offence
  }
}

const size = ({ played }: Offence): number => played.history.events.length
