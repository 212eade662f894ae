import * as FakeTimers from '@sinonjs/fake-timers'
import type { PlatformClock, TimerHandle } from '../host.js'

type Clock = ReturnType<typeof FakeTimers.createClock>

type Handle = TimerHandle & { hasRef?(): boolean }

/** The part of fake-timers' own book-keeping that tells when the next timer is due. */
interface Pending {
  readonly id: number
  readonly callAt: number
  readonly type: 'Timeout' | 'Interval' | 'Immediate'
}

/**
 * Virtual time for one check. Its own time counts from 0; the wall clock that the subject sees may begin at any
 * epoch, so that a run can start at the epoch itself, where careless zero tests fail.
 */
export class VirtualClock implements PlatformClock {
  readonly #clock: Clock = FakeTimers.createClock(0)
  readonly #handles = new Map<number, Handle>()
  #epochMs = 0
  #run = 0

  /** Forgets every timer and starts again at 0. */
  reset(epochMs = 0): void {
    // Most runs set no timer and let no time pass: there is nothing to forget then.
    if (this.#handles.size > 0 || this.#clock.now > 0) this.#clock.reset()
    this.#handles.clear()
    this.#epochMs = epochMs
    this.#run++
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
    return this.#keep(this.#clock.setTimeout(callback, ms))
  }

  setInterval(callback: () => void, ms: number): TimerHandle {
    return this.#keep(this.#clock.setInterval(callback, ms))
  }

  setImmediate(callback: () => void): TimerHandle {
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
    this.#clock.next()
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
