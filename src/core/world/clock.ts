import * as FakeTimers from '@sinonjs/fake-timers'
import type { PlatformClock, TimerHandle } from '../host.js'
import { Random } from '../random.js'

type Clock = ReturnType<typeof FakeTimers.createClock> & { duringTick?: boolean }

type Handle = TimerHandle & { hasRef?(): boolean }

/** The part of fake-timers' own book-keeping that tells when the next timer is due. */
interface Pending {
  readonly id: number
  callAt: number
  readonly type: 'Timeout' | 'Interval' | 'Immediate'
}

/** How many timers may fire before the immediates that wait are a millisecond late. */
const TURNS_PER_MS = 16

/** The time of a world: what its loop and its clients ask of it. */
export interface WorldClock {
  /** Milliseconds since the run began. */
  elapsedMs(): number
  jumpWall(byMs: number): void
  nextDueMs(): number
  fireNext(): void
  passTo(ms: number): void
  left(): readonly number[]
  /** `seed` is asked for where the subject draws random numbers. */
  reset(epochMs?: number, seed?: () => number): void
}

/**
 * The clock of a world whose time is real. What is written down must not depend on how fast the machine is, so that
 * time only counts what the world itself lets pass.
 */
export class RealClock implements WorldClock {
  #now = 0

  elapsedMs(): number {
    return this.#now
  }

  jumpWall(): void {
    throw new RangeError('the wall clock of a real-time world cannot be set')
  }

  /** The subject's timers fire by themselves. */
  nextDueMs(): number {
    return Number.POSITIVE_INFINITY
  }

  fireNext(): void {}

  passTo(ms: number): void {
    this.#now = ms
  }

  left(): readonly number[] {
    return []
  }

  reset(): void {
    this.#now = 0
  }
}

/**
 * Virtual time for one check. Its own time counts from 0; the wall clock that the subject sees may begin at any
 * epoch, so that a run can start at the epoch itself, where careless zero tests fail.
 */
export class VirtualClock implements PlatformClock, WorldClock {
  readonly #clock: Clock = FakeTimers.createClock(0)
  readonly #handles = new Map<number, Handle>()
  #epochMs = 0
  #run = 0
  #turns = 0
  #seed: (() => number) | undefined
  #random: Random | undefined

  /** Forgets every timer and starts again at 0. */
  reset(epochMs = 0, seed?: () => number): void {
    // Most runs set no timer and let no time pass: there is nothing to forget then.
    if (this.#handles.size > 0 || this.#clock.now > 0) this.#clock.reset()
    this.#handles.clear()
    this.#epochMs = epochMs
    this.#turns = 0
    this.#seed = seed
    this.#random = undefined
    this.#run++
  }

  random(): number {
    this.#random ??= new Random(this.#seed?.() ?? 0)
    return this.#random.fraction()
  }

  run(): number {
    return this.#run
  }

  now(): number {
    return this.#epochMs + this.#clock.now
  }

  elapsedMs(): number {
    return this.#clock.now
  }

  /** Moves the wall clock without moving time, as a system clock that is set does. */
  jumpWall(byMs: number): void {
    this.#epochMs += byMs
  }

  setTimeout(callback: () => void, ms: number): TimerHandle {
    return this.#keep(this.#clock.setTimeout(callback, atLeastOne(ms)))
  }

  setInterval(callback: () => void, ms: number): TimerHandle {
    return this.#keep(this.#clock.setInterval(callback, atLeastOne(ms)))
  }

  setImmediate(callback: () => void): TimerHandle {
    // Of two, the one that is made while a timer fires must not come after the one that is made behind it.
    this.#clock.duringTick = false
    return this.#keep(this.#clock.setImmediate(callback))
  }

  clear(handle: unknown): boolean {
    const id = typeof handle === 'object' || typeof handle === 'number' ? Number(handle) : Number.NaN
    if (!this.#handles.has(id)) return false
    if (this.#pending().get(id)?.type === 'Immediate') this.#clock.clearImmediate(id as never)
    else this.#clock.clearTimeout(id)
    return true
  }

  /** When the next timer is due, in ms since the run began; `Infinity` when there is none. */
  nextDueMs(): number {
    let due = Number.POSITIVE_INFINITY
    if (this.#handles.size === 0) return due
    for (const timer of this.#pending().values()) if (timer.callAt < due) due = timer.callAt
    return due
  }

  /** Fires the next timer, and no other. What it throws is thrown. */
  fireNext(): void {
    // An event loop that turns and turns takes time; a subject that polls by immediates waits for that.
    if (++this.#turns >= TURNS_PER_MS) this.#putOffImmediates()
    this.#clock.next()
  }

  #putOffImmediates(): void {
    this.#turns = 0
    for (const timer of this.#pending().values()) {
      if (timer.type === 'Immediate' && timer.callAt <= this.#clock.now) timer.callAt = this.#clock.now + 1
    }
  }

  /** Lets time pass up to an instant before which no timer is due. */
  passTo(ms: number): void {
    if (ms > this.#clock.now) this.#clock.now = ms
  }

  /** Due times of the timers that would keep a process alive. */
  left(): readonly number[] {
    return [...this.#pending().values()]
      .filter(({ id }) => this.#handles.get(id)?.hasRef?.() !== false)
      .map(({ callAt }) => callAt)
      .sort((a, b) => a - b)
  }

  #pending(): Map<number, Pending> {
    return (this.#clock as unknown as { timers?: Map<number, Pending> }).timers ?? new Map()
  }

  #keep(handle: unknown): TimerHandle {
    this.#handles.set(Number(handle), handle as Handle)
    return handle as Handle
  }
}

/** No timer is due before a millisecond has passed, in Node: then the order in which they are made is that in which they fire. */
const atLeastOne = (ms: number): number => (ms >= 1 ? ms : 1)
