import { createRequire } from 'node:module'
import * as FakeTimers from '@sinonjs/fake-timers'

/**
 * One side of the comparison with promises-aplus-tests, in a process of its own, because both run once in real life and
 * a warm compiler would tell another story. Prints the milliseconds from the first call to the result.
 */

type AplusTests = (adapter: object, options: object, done: (error: unknown) => void) => void

const deferred = () => {
  let functions!: { resolve: (value: unknown) => void; reject: (reason: unknown) => void }
  const promise = new Promise((resolve, reject) => {
    functions = { resolve, reject }
  })
  return { promise, ...functions }
}

async function checkNative(): Promise<void> {
  const { check, thenable } = await import('../src/index.js')
  const start = performance.now()
  await check(thenable({ name: 'native', deferred, policy: { thenJob: 'own' } }))
  console.log(performance.now() - start)
}

async function runTests(virtualised: boolean): Promise<void> {
  process.on('unhandledRejection', () => {})
  const now = performance.now.bind(performance)
  const tests = createRequire(import.meta.url)('promises-aplus-tests') as AplusTests
  if (virtualised) {
    // Mocha keeps the timers it finds when it is loaded, so those of the tests alone are virtual.
    const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout'] })
    clock.setTickMode({ mode: 'nextAsync' })
  }
  const start = now()
  // A mocha test may take no longer than this, and never does: the tests wait 50 to 150 ms each.
  tests({ deferred }, { reporter: 'dot', timeout: 5000 }, () => {
    process.stdout.write(`\n${now() - start}\n`, () => process.exit())
  })
}

const [side] = process.argv.slice(2)
if (side === 'check') await checkNative()
else await runTests(side === 'virtual')
