/**
 * What the world needs of the machine it runs on. Detected once in `src/host`, so that nothing in the core knows
 * a runtime: the core works wherever these few things can be provided.
 */
export interface Host {
  /** Name and version, as reports print it: `node 20.20.2`. */
  readonly runtime: string
  /**
   * Runs next-ticks and microtasks until none is left, synchronously. Only callable inside `section`.
   * Absent where the runtime has no such thing; the world then waits real turns of the event loop.
   */
  readonly drain?: () => void
  /** One real turn of the event loop, whatever the virtual clock says. */
  turn(): Promise<void>
  /** Waits in real time, whatever the virtual clock says. */
  sleep(ms: number): Promise<void>
  /**
   * Runs a function in a macrotask of its own, where `drain` works. Resolves to `false` when the function did not
   * end within the limit and had to be terminated: the subject loops, or floods the microtask queue.
   */
  section(body: () => void, limitMs: number): Promise<boolean>
  /** Real milliseconds, for bounding batches only; never part of a result. */
  realMs(): number
  /** Routes the platform's timers and clocks to `clock` until the returned function is called. */
  virtualise(clock: PlatformClock): () => void
  /** Takes over reports of unhandled rejections and uncaught errors until the returned function is called. */
  listen(listener: HostListener): () => void
  /** How many `abort` listeners a signal has; absent where the runtime cannot tell. */
  readonly abortListeners?: (signal: AbortSignal) => number
  /** The number of the thread that this is, which no other thread of the process has; 0 where there are none. */
  readonly thread: number
  /** Tells of every worker thread that this one starts, until it is stopped; absent where the runtime cannot tell. */
  readonly watchThreads?: (started: (thread: HostThread) => void) => ThreadWatch
}

/** A watch over what a program has under way in real time. */
export interface ThreadWatch {
  /** How many real timers that were set since are still to fire. */
  timers(): number
  stop(): void
}

/** A worker thread. */
export interface HostThread {
  onExit(callback: () => void): void
  terminate(): PromiseLike<unknown>
}

export interface HostListener {
  unhandled(reason: unknown, promise: unknown): void
  /** A rejection reported before has been handled after all. */
  handled(promise: unknown): void
  uncaught(error: unknown): void
}

/** Times and timers as the platform offers them, for `Host.virtualise`. */
export interface PlatformClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds since the clock began. */
  elapsedMs(): number
  /** What `Math.random` gives: the same in every play of one scenario. */
  random(): number
  setTimeout(callback: () => void, ms: number): TimerHandle
  setInterval(callback: () => void, ms: number): TimerHandle
  setImmediate(callback: () => void): TimerHandle
  /** Clears a timer of any of the three kinds. False when this clock did not make it. */
  clear(handle: unknown): boolean
  /** Number of the run in play: what an earlier run left queued must not go on in this one. */
  run(): number
}

/** What `setTimeout` and its relatives return. */
export type TimerHandle = object
