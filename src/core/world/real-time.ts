import type { Host, HostThread, ThreadWatch } from '../host.js'

/**
 * How often to look, a millisecond apart at least, before nothing is expected any more: from timers, which may be set to
 * seconds, from threads, and from nothing at all. Only what never comes takes that long. Looks are counted, and not time:
 * a machine that stands still for a while gives the subject no time either.
 */
const LOOKS_FOR_TIMERS = 10_000
const LOOKS_FOR_THREADS = 2500
const LOOKS_IN_VAIN = 200

/** How many threads of the subject live, and how many have ended in this run. */
export interface ThreadCount {
  readonly alive: number
  readonly ended: number
}

/**
 * What comes from outside in a world whose time is real: the subject's threads, and the patience to wait for them. It
 * is the only place of the core where a result may hang on how long something takes, and only in one direction: what
 * has come has come, and what has not come is given up much later than any machine needs.
 */
export class RealTime {
  readonly #host: Host
  readonly #alive = new Set<HostThread>()
  readonly #left = new Set<HostThread>()
  #started = 0
  #ended = 0
  #gaveUp = false
  #leaks = false
  #watch: ThreadWatch | undefined

  constructor(host: Host) {
    this.#host = host
  }

  /** A run begins: counts the threads that start, until the returned function is called. */
  begin(): () => void {
    this.#started = 0
    this.#ended = 0
    this.#gaveUp = false
    const watch = this.#host.watchThreads?.((thread) => this.#count(thread))
    this.#watch = watch
    return () => watch?.stop()
  }

  /** The threads of the subject; undefined where nobody can tell: no longer once some have outlived their run. */
  get threads(): ThreadCount | undefined {
    if (!this.#host.watchThreads || this.#leaks) return undefined
    return { alive: this.#alive.size, ended: this.#ended }
  }

  /** Whether something that the run waited for never came. */
  get gaveUp(): boolean {
    return this.#gaveUp
  }

  /** Waits until something is so, or is not to be expected any more. */
  async wait(isSo: () => boolean): Promise<void> {
    let looks = 0
    let withoutTimers = 0
    let inVain = 0
    while (!isSo()) {
      looks++
      withoutTimers = this.#watch?.timers() === 0 ? withoutTimers + 1 : 0
      inVain = withoutTimers > 0 && this.#started > 0 && this.#alive.size === 0 ? inVain + 1 : 0
      if (looks > LOOKS_FOR_TIMERS || withoutTimers > LOOKS_FOR_THREADS || inVain > LOOKS_IN_VAIN) {
        this.#gaveUp = true
        return
      }
      await this.#host.sleep(1)
    }
  }

  /** Threads that live on although they should have ended: they are counted no more, and ended at the close. */
  leave(): void {
    if (this.#alive.size > 0) this.#leaks = true
    for (const thread of this.#alive) this.#left.add(thread)
    this.#alive.clear()
  }

  /** Ends the threads that were left, so that a subject which leaks them does not keep the process alive. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#left].map((thread) => thread.terminate()))
    this.#left.clear()
  }

  #count(thread: HostThread): void {
    this.#started++
    this.#alive.add(thread)
    thread.onExit(() => {
      this.#ended++
      this.#alive.delete(thread)
      this.#left.delete(thread)
    })
  }
}
