import type { Host, HostListener, HostThread, PlatformClock } from '../core/host.js'
import { installTime, type Switch } from './time.js'

type Process = NodeJS.Process & {
  _tickCallback?: () => void
  getBuiltinModule?: (name: string) => unknown
}
type Section = (body: () => void, limitMs: number) => Promise<boolean>

const process = (globalThis as { process?: Process }).process
// Not the globals of this moment: another copy of the kit may have put the trampolines in place already.
const { native } = installTime()

/** Finds out what this runtime offers. The trampolines are put in place on the way. */
export function detectHost(): Host {
  const time = installTime()
  const drain = findDrain()
  const listenerCount = findListenerCount()
  const watchThreads = findThreadWatch(time)
  return {
    runtime: runtimeName(),
    ...(drain ? { drain } : {}),
    ...(listenerCount ? { abortListeners: listenerCount } : {}),
    ...(watchThreads ? { watchThreads } : {}),
    thread: workerThreads()?.threadId ?? 0,
    turn,
    sleep: (ms) => new Promise((resolve) => void native.setTimeout(resolve, ms)),
    section: findSection(),
    realMs: native.now,
    virtualise(clock: PlatformClock) {
      const before = time.clock
      time.clock = clock
      return () => {
        time.clock = before
      }
    },
    listen(listener) {
      time.renew?.()
      const before = time.uncaught
      time.uncaught = (error) => listener.uncaught(error)
      const stop = process?.versions?.node ? listenOnProcess(listener) : () => {}
      return () => {
        stop()
        time.uncaught = before
      }
    },
  }
}

function runtimeName(): string {
  const { Deno, Bun } = globalThis as { Deno?: { version: { deno: string } }; Bun?: { version: string } }
  if (Deno) return `deno ${Deno.version.deno}`
  if (Bun) return `bun ${Bun.version}`
  return process?.versions?.node ? `node ${process.versions.node}` : 'browser'
}

/** A drain is only used when it is seen to do what its name says, so it is tried first where it may be called. */
function findDrain(): (() => void) | undefined {
  if ('Bun' in globalThis) {
    const jsc = process?.getBuiltinModule?.('bun:jsc') as { drainMicrotasks?: () => void } | undefined
    return jsc?.drainMicrotasks
  }
  if ('Deno' in globalThis || typeof process?._tickCallback !== 'function') return undefined
  return process._tickCallback.bind(process)
}

function turn(): Promise<void> {
  if (native.setImmediate) return new Promise((resolve) => native.setImmediate(resolve))
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

function findListenerCount(): ((signal: AbortSignal) => number) | undefined {
  const events = process?.getBuiltinModule?.('node:events') as
    | { getEventListeners?: (target: EventTarget, type: string) => unknown[] }
    | undefined
  const list = events?.getEventListeners
  return list && ((signal) => list(signal, 'abort').length)
}

const workerThreads = () =>
  process?.getBuiltinModule?.('node:worker_threads') as typeof import('node:worker_threads') | undefined

/** Node tells the process of every worker thread that is made. */
function findThreadWatch(time: Switch): Host['watchThreads'] {
  if (!process?.versions?.node || 'Bun' in globalThis || 'Deno' in globalThis) return undefined
  return (started) => {
    const tell = (worker: import('node:worker_threads').Worker) =>
      started({
        onExit: (callback: () => void) => void worker.once('exit', callback),
        terminate: () => worker.terminate(),
      } satisfies HostThread)
    const timers = new Set<unknown>()
    const before = time.timers
    time.timers = timers
    process.on('worker', tell)
    return {
      timers: () => timers.size,
      stop() {
        process.off('worker', tell)
        time.timers = before
      },
    }
  }
}

function findSection(): Section {
  const vm = process?.getBuiltinModule?.('node:vm') as typeof import('node:vm') | undefined
  if (!vm || 'Bun' in globalThis || 'Deno' in globalThis) {
    return async (body) => {
      await turn()
      body()
      return true
    }
  }
  if (!(SECTION in globalThis)) Object.defineProperty(globalThis, SECTION, { value: section })
  const script = new vm.Script('globalThis[Symbol.for("lawful.section")].body()')
  return (body, limitMs) => runTerminable(script, body, limitMs)
}

// A script sees only globals; one fixed slot hands it the body, so that the globals do not change under a subject.
const SECTION = Symbol.for('lawful.section')
const section = ((globalThis as Record<symbol, unknown>)[SECTION] ?? { body() {} }) as { body: () => void }

/**
 * Runs a body under V8's own watchdog, which can terminate any JavaScript and throws the microtask queue away with
 * it: a subject that loops for ever costs its run, not the process.
 */
function runTerminable(
  script: import('node:vm').Script,
  body: () => void,
  limitMs: number,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    native.setImmediate(() => {
      try {
        section.body = body
        script.runInThisContext({ timeout: limitMs })
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') return reject(error)
        resync(() => resolve(false))
        // Only an uncaught error makes Node clear the async-context stack that the terminated code left behind.
        throw error
      }
      resolve(true)
    })
  })
}

function resync(done: () => void): void {
  const stop = listenOnProcess({
    unhandled() {},
    handled() {},
    uncaught() {
      native.setImmediate(() => {
        stop()
        done()
      })
    },
  })
}

const REPORTS = ['unhandledRejection', 'rejectionHandled', 'uncaughtException'] as const

/** The test runner listens to these too, and must not take what a subject did for a failure of its own. */
function listenOnProcess(listener: HostListener): () => void {
  const target = process as NodeJS.EventEmitter
  const before = REPORTS.map((name) => [name, target.rawListeners(name)] as const)
  for (const name of REPORTS) target.removeAllListeners(name)
  target.on('unhandledRejection', (reason, promise) => listener.unhandled(reason, promise))
  target.on('rejectionHandled', (promise) => listener.handled(promise))
  target.on('uncaughtException', (error) => listener.uncaught(error))
  return () => {
    for (const [name, listeners] of before) {
      target.removeAllListeners(name)
      for (const kept of listeners) target.on(name, kept as () => void)
    }
  }
}
