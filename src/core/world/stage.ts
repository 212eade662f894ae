import { Choices, type Scheduler } from '../choices.js'
import { History, type HistoryEvent } from '../history.js'
import type { Host } from '../host.js'
import type { Context } from '../law.js'
import type { ValueTable } from '../value.js'
import { RealClock, VirtualClock } from './clock.js'
import { GlobalWatch } from './globals.js'
import { type Need, play } from './play.js'
import { RealTime } from './real-time.js'
import { World } from './world.js'

/** A run that does not end within this real time is terminated: the subject loops or floods the microtask queue. */
const HANG_LIMIT_MS = 2000
/** Real time after which a batch hands the event loop back. Only bounds latency; results do not depend on it. */
const BATCH_MS = 50
/** Real turns of the event loop that must pass without a change before nothing is taken to move any more. */
const QUIET_TURNS = 4

/** One run to be played: how to set the world up, and how to choose in it. */
export interface Run {
  readonly context: Context
  readonly scheduler: Scheduler
  /** How many microtasks into a drain the schedule may inject an action. Default 0. */
  readonly injection?: number
  readonly epochMs?: number
  /** Determines what the subject gets from `Math.random`. Asked only where it calls that. */
  readonly seed?: () => number
  readonly drive: (world: World) => void
}

/** What a run gave. */
export interface Played {
  readonly history: History
  readonly values: ValueTable
  /** The choices really taken. */
  readonly taken: readonly number[]
  /** Set when the run was broken off, since another one explores all that could come of it. */
  readonly redundant: boolean
  /** Set when the run must not be judged: it was terminated, or ran out of steps. */
  readonly cutShort: boolean
  /** Set when something was waited for in real time that never came: such runs are slow. */
  readonly gaveUp: boolean
}

/**
 * Where runs are played: one clock, one watch over the globals and one pair of drivers for a whole check, because
 * setting them up costs more than a run does.
 */
export class Stage {
  readonly #clock
  readonly #host: Host
  readonly #realTime: RealTime
  #globals: GlobalWatch | undefined
  #world: World | undefined
  #unhandled = new Map<unknown, HistoryEvent>()
  #hops: boolean

  constructor(
    host: Host,
    readonly time: 'virtual' | 'real' = 'virtual',
  ) {
    this.#host = host
    this.#realTime = new RealTime(host)
    this.#clock = time === 'virtual' ? new VirtualClock() : new RealClock()
    this.#hops = host.drain === undefined || time === 'real'
  }

  /** `hop` where the host cannot drain, and for a subject that was seen to need real turns. */
  get drain(): 'sync' | 'hop' {
    return this.#hops ? 'hop' : 'sync'
  }

  /**
   * Plays runs in order and gives each to `done`, in as few macrotasks as the drain allows. What the adapter is
   * guilty of is thrown.
   */
  async playAll(runs: Iterable<Run>, done: (played: Played, index: number) => void): Promise<void> {
    const queue = runs[Symbol.iterator]()
    let index = 0
    if (this.time === 'real') {
      for (const run of runs) done(await this.#real(run), index++)
      return
    }
    const finish = (world: World) => done(this.#result(world), index++)
    for (let next = queue.next(); !next.done; ) {
      let current: { world: World; loop: Generator<Need, void, void> } | undefined
      const body = () => {
        const untilMs = this.#host.realMs() + BATCH_MS
        while (!next.done) {
          current = this.#begin(next.value)
          if (!this.#sync(current.loop)) return
          finish(current.world)
          current = undefined
          next = queue.next()
          // Asking for the time costs as much as a small run does.
          if (index % 8 === 0 && this.#host.realMs() > untilMs) return
        }
      }
      const ended = await this.#inSection(body)
      if (!ended && !current)
        throw new Error(`the kit took more than ${HANG_LIMIT_MS} ms to make up the next run`)
      if (!current) continue
      if (ended) await this.#async(current.loop)
      else this.#terminate(current.world)
      finish(current.world)
      next = queue.next()
    }
  }

  /** Plays one run. */
  async play(run: Run): Promise<Played> {
    let result: Played | undefined
    await this.playAll([run], (played) => {
      result = played
    })
    return result!
  }

  #begin(run: Run): { world: World; loop: Generator<Need, void, void> } {
    this.#clock.reset(run.epochMs, run.seed)
    this.#unhandled.clear()
    this.#globals ??= new GlobalWatch()
    const world = new World(this.#clock, new Choices(run.scheduler), run.context, this.#host.thread)
    world.injection = run.injection ?? 0
    world.real = this.time === 'real'
    if (world.real) world.threads = () => this.#realTime.threads
    this.#world = world
    const surroundings = { host: this.#host, globals: this.#globals, patient: this.time === 'real' }
    return { world, loop: play(world, surroundings, () => run.drive(world)) }
  }

  /** Runs the loop with the synchronous drain; false when it needs the event loop to turn. */
  #sync(loop: Generator<Need, void, void>): boolean {
    if (this.#hops) return false
    for (let need = loop.next(); !need.done; need = loop.next()) {
      if (need.value === 'turns') return false
      this.#drain()
    }
    return true
  }

  #drain(): void {
    if (!this.#host.drain) return
    // A next-tick that throws leaves the drain through us; the queue behind it still has to run.
    for (;;) {
      try {
        this.#host.drain()
        return
      } catch (error) {
        this.#world?.record({ type: 'host-error', actor: 'world', value: this.#world.note(error) })
      }
    }
  }

  /** Runs the rest of a loop by real turns of the event loop, under the virtual clock all the while. */
  async #async(loop: Generator<Need, void, void>): Promise<void> {
    const leave = this.#enter()
    try {
      // A synchronous run came here because it must know whether anything moves; answer that before going on.
      if (!this.#hops) this.#hops = await this.#settleDown()
      for (let need = loop.next(); !need.done; need = loop.next()) await this.#settleDown()
    } finally {
      leave()
    }
  }

  /** Ends what the subjects of all runs have left running. Nothing is played after that. */
  close(): Promise<void> {
    return this.#realTime.close()
  }

  /** Plays one run whose subject has threads of its own. What they send may come at any time, so it listens throughout. */
  async #real(run: Run): Promise<Played> {
    const unwatch = this.#realTime.begin()
    const leave = this.#enter()
    try {
      const { world, loop } = this.#begin(run)
      await this.#stepByStep(world, loop)
      let ended = false
      void Promise.allSettled(world.ends.map(async (end) => end())).then(() => {
        ended = true
      })
      await this.#patiently(() => ended)
      if (world.disposed) this.#realTime.leave()
      return this.#result(world)
    } finally {
      leave()
      unwatch()
    }
  }

  /** Every step in a section of its own; in between, news are waited for. */
  async #stepByStep(world: World, loop: Generator<Need, void, void>): Promise<void> {
    for (;;) {
      let next: IteratorResult<Need, void> | undefined
      let events = 0
      const step = () => {
        next = loop.next()
        events = world.events.length
        this.#drain()
      }
      if (!(await this.#inSection(step))) return this.#terminate(world)
      if (!next || next.done) return
      await this.#patiently(next.value === 'turns' ? () => world.events.length > events : () => world.until())
      world.until = () => true
    }
  }

  async #patiently(isSo: () => boolean): Promise<void> {
    await this.#realTime.wait(isSo)
    await this.#settleDown()
  }

  /** Lets turns pass until a few in a row change nothing; true when something did change. */
  async #settleDown(): Promise<boolean> {
    let moved = false
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      const before = this.#world?.events.length
      const timers = this.#clock.nextDueMs()
      await this.#host.turn()
      if (this.#world?.events.length !== before || this.#clock.nextDueMs() !== timers) {
        moved = true
        quiet = -1
      }
    }
    return moved
  }

  async #inSection(body: () => void): Promise<boolean> {
    let failure: { error: unknown } | undefined
    const ended = await this.#host.section(() => {
      const leave = this.#enter()
      try {
        body()
      } catch (error) {
        failure = { error }
      }
      leave()
    }, HANG_LIMIT_MS)
    if (!ended) this.#leave?.()
    if (failure) throw failure.error
    return ended
  }

  #leave: (() => void) | undefined

  #enter(): () => void {
    const stopClock = this.#clock instanceof VirtualClock ? this.#host.virtualise(this.#clock) : () => {}
    const stopListening = this.#host.listen({
      unhandled: (reason, promise) => {
        const world = this.#world
        if (world && !world.keeps(promise)) this.#unhandled.set(promise, pending(world, reason))
      },
      handled: (promise) => this.#unhandled.delete(promise),
      uncaught: (error) =>
        this.#world?.record({ type: 'host-error', actor: 'world', value: this.#world.note(error) }),
    })
    this.#leave = () => {
      stopListening()
      stopClock()
      this.#leave = undefined
    }
    return this.#leave
  }

  #terminate(world: World): void {
    this.#clock.reset()
    this.#globals?.restore()
    world.cutShort = true
    world.record({ type: 'hang', actor: 'world', detail: { limitMs: HANG_LIMIT_MS } })
  }

  #result(world: World): Played {
    this.#world = undefined
    if (world.fatal !== undefined) throw world.fatal
    for (const event of this.#unhandled.values()) world.events.push({ ...event, seq: world.events.length })
    const history = new History(world.events)
    return {
      history,
      values: world.values,
      taken: world.choices.taken,
      redundant: world.choices.redundant,
      cutShort: world.cutShort,
      gaveUp: this.#realTime.gaveUp,
    }
  }
}

const pending = (world: World, reason: unknown): HistoryEvent => ({
  seq: 0,
  step: world.step,
  timeMs: world.nowMs,
  type: 'unhandled-rejection',
  actor: 'world',
  value: world.note(reason),
})
