import { createRequire } from 'node:module'
import type { Host } from '../../src/core/host.js'
import { VirtualClock } from '../../src/core/world/clock.js'

/** What the npm package promises-aplus-tests asks of an implementation. */
export interface AplusAdapter {
  deferred(): { promise: unknown; resolve(value: unknown): void; reject(reason: unknown): void }
}

type Hook = () => void

interface Test {
  readonly name: string
  readonly before: readonly Hook[]
  readonly after: readonly Hook[]
  readonly run: (done: (error?: unknown) => void) => void
}

/** Runs all tests of promises-aplus-tests under virtual time, and gives the names of those that fail. */
export async function runAplus(host: Host, adapter: AplusAdapter) {
  const failures: string[] = []
  let total = 0
  const clock = new VirtualClock()
  await host.section(() => {
    const stopClock = host.virtualise(clock)
    const errors: unknown[] = []
    // The tests leave rejections behind on purpose; an error in a microtask is a failed assertion.
    const stopListening = host.listen({
      unhandled() {},
      handled() {},
      uncaught: (error) => errors.push(error),
    })
    const tests = collect(adapter)
    host.drain!()
    total = tests.length
    for (const test of tests) {
      clock.reset()
      errors.length = 0
      if (!passes(test, host, clock) || errors.length > 0) failures.push(test.name)
    }
    stopListening()
    stopClock()
  }, 60_000)
  return { total, failures }
}

function passes({ before, run, after }: Test, host: Host, clock: VirtualClock): boolean {
  const calls: unknown[] = []
  try {
    for (const hook of before) hook()
    run((error) => calls.push(error))
    if (run.length === 0) calls.push(undefined)
    host.drain!()
    while (clock.nextDueMs() < Number.POSITIVE_INFINITY) {
      clock.fireNext()
      host.drain!()
    }
  } catch {
    return false
  } finally {
    for (const hook of after) hook()
  }
  return calls.length === 1 && calls[0] === undefined
}

/** The part of Mocha's interface that the tests are written in. */
function collect(adapter: AplusAdapter): readonly Test[] {
  const tests: Test[] = []
  const path: string[] = []
  const before: Hook[] = []
  const after: Hook[] = []
  const globals = {
    describe(name: string, body: () => void) {
      const outside = [before.length, after.length] as const
      path.push(name)
      body()
      path.pop()
      ;[before.length, after.length] = outside
    },
    specify(name: string, run: Test['run']) {
      tests.push({ name: [...path, name].join(' › '), before: [...before], after: [...after], run })
    },
    beforeEach: (hook: Hook) => before.push(hook),
    afterEach: (hook: Hook) => after.push(hook),
  }
  const all = { ...globals, it: globals.specify }
  Object.assign(globalThis, all)
  const require = createRequire(import.meta.url)
  // The test files take the adapter when they are loaded.
  for (const file of Object.keys(require.cache)) {
    if (file.includes('promises-aplus-tests')) delete require.cache[file]
  }
  require('promises-aplus-tests').mocha(adapter)
  for (const name of Object.keys(all)) Reflect.deleteProperty(globalThis, name)
  return tests
}
