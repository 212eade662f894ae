import type { World } from '../../src/core/index.js'
import type { OffloadPolicy } from './contract.js'
import { Job, type Order } from './job.js'
import { destroy, type Pool } from './pools.js'

/** What happens next in a run. Calls are meant by their number, from 1. */
export type Move =
  | CallMove
  | { readonly do: 'open'; readonly call: number }
  | { readonly do: 'abort'; readonly call: number; readonly reason: string }
  | { readonly do: 'look' }
  | { readonly do: 'rest' }
  | { readonly do: 'destroy'; readonly pool?: number; readonly twice?: boolean }

export interface CallMove extends Order {
  readonly do: 'call'
  readonly pool?: number
  /** The name of the reason with which its signal has been aborted before. */
  readonly aborted?: string
  /** Whether the next move comes at once, answer or not. */
  readonly hurry?: boolean
}

/** How often to look, a millisecond apart at least, for what need not come. */
const SOON = 200
const AT_LEAST = 20
/** As a multiple of how often it took to look until other work began. */
const MANY_TIMES = 10

/** A run under way: its calls, and what each move waits for before the next may come. */
export class Play {
  readonly #world: World<OffloadPolicy>
  readonly #pools: readonly Pool[]
  readonly #jobs: Job[] = []
  /** What the last move waited for. */
  #answers: readonly Answer[] = []
  #beginning: Job | undefined
  #destroys: readonly Answer[] = []
  #looks = 0
  /** How many looks it took until work began: what else has started by then shows within as many again. */
  #looksToBegin = AT_LEAST

  constructor(world: World<OffloadPolicy>, pools: readonly Pool[]) {
    this.#world = world
    this.#pools = pools
  }

  /** Plays moves one after the other, and ends the pools after the last. */
  play([move, ...rest]: readonly Move[]): void {
    this.#next(() => {
      // Where somebody was given up, the rest would be waited for in vain as well.
      if (!move || this.#jobs.some(({ givenUp }) => givenUp)) this.#close()
      else {
        this.#make(move)
        this.play(rest)
      }
    })
  }

  /** Opens every gate: nothing may go on spinning after a run, however it ended. */
  openAll(): void {
    for (const { pool, ticket } of this.#jobs) if (ticket) pool.board.open(ticket)
  }

  #next(run: () => void): void {
    this.#world.enable(this.#world.nowMs, () => {
      this.#giveUp()
      run()
    })
  }

  #make(move: Move): void {
    switch (move.do) {
      case 'call':
        this.#call(move)
        break
      case 'look':
        this.#lookRound()
        break
      case 'rest':
        this.#expect(this.#jobs.filter(({ waiting }) => waiting))
        break
      case 'destroy':
        this.#destroy(this.#pools[move.pool ?? 0]!, move.twice ?? false)
        break
      default: {
        const job = this.#jobs[move.call - 1]
        if (job && move.do === 'open') this.#open(job)
        if (job && move.do === 'abort') this.#abort(job, move.reason)
      }
    }
  }

  #call(move: CallMove): void {
    const pool = this.#pools[move.pool ?? 0]!
    const job = new Job(this.#world, this.#jobs.length + 1, pool, move)
    this.#jobs.push(job)
    const busy = this.#atWork(pool) >= pool.width
    if (move.aborted !== undefined) job.abortWith(this.#world.reason(move.aborted))
    if (pool.destroyed) job.late = job.disturbed = true
    job.call({ threads: pool.threads })
    if (move.hurry || (busy && !job.disturbed)) return
    if (!job.ticket || job.op === 'exit' || job.disturbed) this.#expect([job])
    else this.#expectToBegin(job)
  }

  /** Gives more work than there should be the time to begin: much more than it took before, if threads are there for it. */
  #lookRound(): void {
    const allowed = this.#pools.reduce((sum, { threads }) => sum + threads, 0)
    this.#wait(() => {
      const { alive = Number.POSITIVE_INFINITY } = this.#world.threads() ?? {}
      const isTooMany = alive > allowed
      if (isTooMany) for (const job of this.#jobs) job.look()
      const isLong = this.#looks > (isTooMany ? MANY_TIMES * this.#looksToBegin : AT_LEAST)
      if (!isLong && !(isTooMany && this.#jobs.every(({ begun }) => begun))) return false
      for (const job of this.#jobs) job.look()
      return true
    })
  }

  /** Opens a gate, and waits until whatever that lets through has got as far as it can. */
  #open(job: Job): void {
    const { pool } = job
    const ends = job.begun && job.waiting
    job.openGate()
    if (ends) this.#answers = [job]
    if (job.disturbed) {
      this.#wait(() => {
        job.look()
        return !job.begun || job.ended || job.stopped || job.op === 'never' || this.#looks > SOON
      })
      return
    }
    this.#wait(() => {
      if (ends && !job.answered) this.#looks = 0
      return (!ends || job.answered) && (this.#isSettled(pool) || this.#looks > SOON)
    })
  }

  /** Whether all work that may end has ended, and as much of the rest is under way as there are threads for. */
  #isSettled(pool: Pool): boolean {
    const waiting = this.#jobs.filter((job) => job.pool === pool && job.ticket && job.waiting)
    if (waiting.some(({ open, begun }) => open && begun)) return false
    for (const job of waiting) job.look()
    const closed = waiting.filter(({ open }) => !open)
    const full = this.#atWork(pool) >= Math.min(pool.width, closed.length)
    return full && (closed.length >= pool.width || waiting.length === closed.length)
  }

  #abort(job: Job, name: string): void {
    const ended = this.#world.threads()?.ended
    const running = job.held
    job.abortWith(this.#world.reason(name))
    this.#answers = [job]
    this.#wait(() => {
      if (!job.answered) return false
      if (!running) return true
      job.stopped = ended !== undefined && this.#world.threads()!.ended > ended
      // Work that does not block its thread need not take it along.
      return job.stopped || ((ended === undefined || job.op === 'never') && this.#looks > SOON)
    })
  }

  #destroy(pool: Pool, twice: boolean): void {
    const inFlight = this.#jobs.filter((job) => job.pool === pool && job.waiting)
    const finishes = this.#world.context.policy.destroy === 'finish'
    if (!finishes) for (const job of inFlight) job.disturbed = job.stopped = true
    this.#destroys = [...this.#destroys, new Destroy(this.#world, pool)]
    // In the same turn: nobody could tell how far the first one has come in the next.
    if (twice) this.#destroys = [...this.#destroys, new Destroy(this.#world, pool)]
    if (finishes && inFlight.length > 0) this.#wait(() => this.#looks > AT_LEAST)
    else this.#expect([...inFlight, ...this.#destroys])
  }

  /** Everything may end now, and then the pools do. */
  #close(): void {
    this.openAll()
    const open = this.#jobs.filter(({ op, answered, givenUp }) => op !== 'never' && !answered && !givenUp)
    this.#expect([...open, ...this.#destroys])
    this.#next(() => {
      for (const pool of this.#pools) this.#readMost(pool)
      // Whoever serves calls after it was destroyed has threads again.
      for (const { late, fulfilled, pool } of this.#jobs) if (late && fulfilled) pool.destroyed = false
      const pools = this.#pools.filter(
        ({ handle, destroyed }) => !destroyed && typeof handle.destroy === 'function',
      )
      this.#expect(pools.map((pool) => new Destroy(this.#world, pool)))
      this.#next(() => this.#readThreads())
    })
  }

  /** Work that was stopped is not counted out, so that the figure is good only where there was none. */
  #readMost(pool: Pool): void {
    const spins = this.#jobs.filter((job) => job.pool === pool && job.op === 'spin')
    if (spins.length === 0 || this.#jobs.some(({ begun, ended }) => begun && !ended)) return
    const value = this.#world.note(pool.board.most)
    const detail = { pool: pool.index, threads: pool.threads }
    this.#world.record({ type: 'read', actor: 'world', op: 'most at once', value, detail })
  }

  #readThreads(): void {
    const { threads, disposed } = this.#world
    if (!disposed || !threads()) return
    this.#wait(() => threads()?.alive === 0)
    this.#next(() => {
      const value = this.#world.note(threads()?.alive)
      this.#world.record({ type: 'read', actor: 'world', op: 'threads alive', value })
    })
  }

  /** Waits for answers. */
  #expect(answers: readonly Answer[]): void {
    this.#answers = answers
    this.#wait(() => {
      // What exits tells nothing by its answer.
      for (const job of this.#jobs) if (job.op === 'exit') job.look()
      return answers.every(({ answered, givenUp }) => answered || givenUp)
    })
  }

  #expectToBegin(job: Job): void {
    this.#beginning = job
    this.#wait(() => {
      job.look()
      if (!job.begun && !job.answered) return false
      this.#looksToBegin = Math.max(this.#looksToBegin, this.#looks)
      return true
    })
  }

  #wait(isSo: () => boolean): void {
    this.#looks = 0
    this.#world.until = () => {
      this.#looks++
      return isSo()
    }
  }

  /** What was waited for and did not come is written down, and nothing waits for it again. */
  #giveUp(): void {
    for (const answer of this.#answers) {
      if (answer.answered || answer.givenUp) continue
      answer.givenUp = true
      const { actor, op } = this.#world.events.find(({ type, id }) => type === 'call' && id === answer.id)!
      this.#world.record({ type: 'deadlock', actor, op, id: answer.id, detail: { patient: true } })
    }
    this.#answers = []
    if (this.#beginning) this.#giveUpBeginning(this.#beginning)
    this.#beginning = undefined
  }

  #giveUpBeginning(job: Job): void {
    const { begun, answered, n, id, pool } = job
    if (begun || answered) return
    this.#world.record({ type: 'read', actor: 'world', op: 'idle', id, detail: { work: n } })
    pool.width = Math.max(1, this.#atWork(pool))
  }

  /** How much work of a pool is under way for certain. */
  #atWork(pool: Pool): number {
    return this.#jobs.filter((job) => job.pool === pool && job.held).length
  }
}

/** A call that somebody waits for. */
interface Answer {
  readonly id: number
  readonly answered: boolean
  givenUp: boolean
}

/** A pool that was told to end its workers. */
class Destroy implements Answer {
  readonly id: number
  givenUp = false
  readonly #world: World<OffloadPolicy>

  constructor(world: World<OffloadPolicy>, pool: Pool) {
    this.#world = world
    this.id = destroy(world, pool, () => !this.givenUp)
  }

  get answered(): boolean {
    return this.#world.events.some(({ type, id }) => type === 'return' && id === this.id)
  }
}
