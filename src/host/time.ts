import type { PlatformClock, TimerHandle } from '../core/host.js'

/**
 * Trampolines: the platform's timers and clocks, replaced once by functions that ask, at every call, whether a virtual
 * clock is in charge. A module that captured `setTimeout` when it was loaded is then still under the clock, which
 * patching the globals for the length of a test cannot achieve.
 */

type Callback = (...args: unknown[]) => void
/** The platform as it was, for the kit's own waits, which are real whatever the clock says. */
interface Native {
  readonly setImmediate: typeof globalThis.setImmediate
  readonly setTimeout: typeof globalThis.setTimeout
  readonly now: () => number
}
/** Turns the virtual clock on and off. */
export interface Switch {
  clock: PlatformClock | undefined
  /** Who is told, while a world is played, of what a next-tick throws. */
  uncaught?: ((error: unknown) => void) | undefined
  /** Where real timers are kept until they fire or are cleared, while somebody counts them. */
  timers?: Set<unknown> | undefined
  /** Puts back in place what a test runner has replaced since by what it remembers from before. */
  renew?(): void
  readonly native: Native
}
type Members = Record<PropertyKey, unknown>

// Two copies of the kit in one process (a bundle and a source tree, say) must share one set of trampolines.
const KEY = Symbol.for('lawful.time')
const place = globalThis as typeof globalThis & { [KEY]?: Switch }

/** Puts the trampolines in place, once per process, and returns the switch that turns the clock on and off. */
export function installTime(): Switch {
  const known = place[KEY]
  if (known) return known
  const { setImmediate, setTimeout } = globalThis
  const native = { setImmediate, setTimeout, now: performance.now.bind(performance) }
  const time: Switch = { clock: undefined, native }
  Object.defineProperty(place, KEY, { value: time })
  installTimers(time)
  installClocks(time)
  installNextTick(time)
  installAbortTimeout(time)
  return time
}

/** Node's modules, where there are any: reached without an import, so that this file also loads in a browser. */
function builtin(name: string): Members | undefined {
  const find = (globalThis as { process?: { getBuiltinModule?: (name: string) => Members } }).process
  return find?.getBuiltinModule?.(`node:${name}`)
}

function installTimers(time: Switch): void {
  const native = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    setImmediate: globalThis.setImmediate,
    clearTimeout: globalThis.clearTimeout,
    clearInterval: globalThis.clearInterval,
    clearImmediate: globalThis.clearImmediate,
  }
  const timed = (name: 'setTimeout' | 'setInterval') =>
    like(native[name], (callback: Callback, ms?: unknown, ...args: unknown[]) =>
      time.clock ? time.clock[name](bind(callback, args), Number(ms)) : real(name, callback, ms, args),
    )
  /** A real timer, counted where somebody asks. */
  const real = (name: 'setTimeout' | 'setInterval', callback: Callback, ms: unknown, args: unknown[]) => {
    const { timers } = time
    if (!timers || typeof callback !== 'function') return native[name](callback, ms as number, ...args)
    const handle: unknown = native[name](function (this: unknown) {
      if (name === 'setTimeout') timers.delete(handle)
      callback.apply(this, args)
    }, ms as number)
    timers.add(handle)
    return handle
  }
  const clear = (name: 'clearTimeout' | 'clearInterval' | 'clearImmediate') =>
    like(native[name], (handle: unknown) => {
      time.timers?.delete(handle)
      if (!time.clock?.clear(handle)) (native[name] as (handle: unknown) => void)(handle)
    })
  const timers: Members = {
    setTimeout: timed('setTimeout'),
    setInterval: timed('setInterval'),
    clearTimeout: clear('clearTimeout'),
    clearInterval: clear('clearInterval'),
  }
  if (native.setImmediate) {
    timers.setImmediate = like(native.setImmediate, (callback: Callback, ...args: unknown[]) =>
      time.clock ? time.clock.setImmediate(bind(callback, args)) : native.setImmediate(callback, ...args),
    )
    timers.clearImmediate = clear('clearImmediate')
  }
  assign(globalThis, timers)
  const modules = [builtin('timers'), builtin('timers/promises')] as const
  if (!modules[0] || !modules[1]) return
  assign(modules[0], timers)
  // `util.promisify(setTimeout)` looks into this module at every call, so it follows too.
  const promised = promiseTimers(time, { ...modules[1] })
  assign(modules[1], promised)
  // Named imports of a built-in module are live, but only follow such an assignment when told to.
  ;(builtin('module') as { syncBuiltinESMExports(): void }).syncBuiltinESMExports()
}

function bind(callback: unknown, args: readonly unknown[]): () => void {
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.')
  return () => callback(...args)
}

interface WaitOptions {
  readonly signal?: AbortSignal
  readonly ref?: boolean
}

/** `timers/promises`, which fake-timers leaves to the platform when it was imported by name. */
function promiseTimers(time: Switch, native: Members): Members {
  const call = (name: string, args: unknown[]) => {
    const { timers } = time
    const result = (native[name] as (...args: unknown[]) => unknown)(...args)
    // The ticks of an interval have no end that could be seen from here.
    timers?.add(result)
    const done = () => timers?.delete(result)
    if (timers && result instanceof Promise) result.then(done, done)
    return result
  }
  const wait = (start: (done: () => void) => TimerHandle, value: unknown, options: WaitOptions = {}) =>
    new Promise((resolve, reject) => {
      const { signal, ref } = options
      if (signal?.aborted) return reject(abortError(signal))
      const clock = time.clock
      const onAbort = () => {
        clock?.clear(handle)
        reject(abortError(signal!))
      }
      const handle = start(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve(value)
      }) as TimerHandle & { unref?(): void }
      if (ref === false) handle.unref?.()
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  const setTimeout = (ms?: number, value?: unknown, options?: WaitOptions) => {
    const clock = time.clock
    if (!clock) return call('setTimeout', [ms, value, options])
    return wait((done) => clock.setTimeout(done, Number(ms)), value, options)
  }
  const setImmediate = (value?: unknown, options?: WaitOptions) => {
    const clock = time.clock
    return clock
      ? wait((done) => clock.setImmediate(done), value, options)
      : call('setImmediate', [value, options])
  }
  const setInterval = (ms?: number, value?: unknown, options?: WaitOptions) =>
    time.clock ? ticks(() => setTimeout(ms, value, options)) : call('setInterval', [ms, value, options])
  const scheduler = native.scheduler as { wait: Callback; yield: Callback }
  assign(scheduler as unknown as object, {
    wait: like(scheduler.wait, (ms: number, options?: WaitOptions) => setTimeout(ms, undefined, options)),
    yield: like(scheduler.yield, () => setImmediate()),
  })
  return { setTimeout, setImmediate, setInterval }
}

async function* ticks(next: () => unknown): AsyncGenerator {
  for (;;) yield await next()
}

function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason })
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' })
}

function installClocks(time: Switch): void {
  const NativeDate = globalThis.Date
  const now = NativeDate.now
  const virtualNow = like(now, () => time.clock?.now() ?? now())
  const date = new Proxy(NativeDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 && time.clock ? [time.clock.now()] : args, newTarget),
    apply: (target) => (time.clock ? new NativeDate(time.clock.now()).toString() : target()),
    get: (target, name, receiver) => (name === 'now' ? virtualNow : Reflect.get(target, name, receiver)),
  })
  // `x.constructor` must lead to what the program calls `Date`.
  define(NativeDate.prototype, 'constructor', date)
  assign(globalThis, { Date: date })
  const { random } = Math
  define(
    Math,
    'random',
    like(random, () => time.clock?.random() ?? random()),
  )
  const { performance } = globalThis
  const realNow = performance.now.bind(performance)
  define(performance, 'now', () => time.clock?.elapsedMs() ?? realNow())
  const process = (globalThis as { process?: NodeJS.Process }).process
  if (typeof process?.hrtime !== 'function') return
  const { hrtime } = process
  const virtual = (since?: [number, number]): [number, number] => {
    if (!time.clock) return hrtime(since)
    const ns = Math.round(time.clock.elapsedMs() * 1e6) - (since ? since[0] * 1e9 + since[1] : 0)
    return [Math.floor(ns / 1e9), ns % 1e9]
  }
  define(
    process,
    'hrtime',
    Object.assign(virtual, {
      bigint: () => (time.clock ? BigInt(Math.round(time.clock.elapsedMs() * 1e6)) : hrtime.bigint()),
    }),
  )
}

/**
 * Next-ticks are real, but those of a run that was terminated must not go on flooding the queue. And none may throw out
 * of a drain: Node clears up behind a throw only where it reaches the top, and ends the process later on where it does not.
 */
function installNextTick(time: Switch): void {
  const process = (globalThis as { process?: NodeJS.Process }).process
  if (typeof process?.nextTick !== 'function') return
  const native = process.nextTick
  const nextTick = (callback: Callback, ...args: unknown[]) => {
    const { clock } = time
    if ((!clock && !time.uncaught) || typeof callback !== 'function') return native(callback, ...args)
    const run = clock?.run()
    native(() => {
      if (clock?.run() !== run) return
      try {
        callback(...args)
      } catch (error) {
        if (!time.uncaught) throw error
        time.uncaught(error)
      }
    })
  }
  time.renew = () => {
    if (process.nextTick !== nextTick) define(process, 'nextTick', nextTick)
  }
  time.renew()
}

function installAbortTimeout(time: Switch): void {
  const native = AbortSignal.timeout
  define(AbortSignal, 'timeout', (ms: number) => {
    const clock = time.clock
    if (!clock) return counted(time, native.call(AbortSignal, ms))
    const controller = new AbortController()
    const expire = () =>
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
    const handle = clock.setTimeout(expire, ms) as TimerHandle & { unref?(): void }
    handle.unref?.()
    return controller.signal
  })
}

/** A signal that a real timer aborts, counted where somebody asks. */
function counted({ timers }: Switch, signal: AbortSignal): AbortSignal {
  timers?.add(signal)
  if (timers) signal.addEventListener('abort', () => timers.delete(signal), { once: true })
  return signal
}

/** A function that passes for another: same name, length and extra members. */
function like<F extends (...args: never[]) => unknown>(original: object, replacement: F): F {
  const members = Object.getOwnPropertyDescriptors(original) as PropertyDescriptorMap
  delete (members as Members).prototype
  return Object.defineProperties(replacement, members)
}

function assign(target: object, members: Members): void {
  for (const name of Reflect.ownKeys(members)) define(target, name, members[name])
}

function define(target: object, name: PropertyKey, value: unknown): void {
  const { enumerable = false } = Object.getOwnPropertyDescriptor(target, name) ?? {}
  Object.defineProperty(target, name, { value, enumerable, configurable: true, writable: true })
}
