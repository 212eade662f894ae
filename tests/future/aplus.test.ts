import { expect, test } from 'vitest'
import { Future } from '../../src/awaitables/index.js'
import { detectHost } from '../../src/host/host.js'
import { type AplusAdapter, runAplus } from './aplus-run.js'

const future: AplusAdapter = {
  deferred() {
    const promise = new Future<unknown>()
    return {
      promise,
      resolve: (value) => promise.setResult(value),
      reject: (reason) => promise.setException(reason),
    }
  },
}

/** Calls back at once where it is settled already, which 2.2.4 forbids, and loses what a handler throws. */
const careless: AplusAdapter = {
  deferred() {
    let value: unknown
    let waiting: ((value: unknown) => void)[] | undefined = []
    return {
      promise: {
        then(onFulfilled: (value: unknown) => void) {
          if (waiting) waiting.push(onFulfilled)
          else onFulfilled(value)
        },
      },
      resolve(given) {
        value = given
        const served = waiting ?? []
        waiting = undefined
        for (const callback of served) callback(value)
      },
      reject() {},
    }
  },
}

test('a future passes all tests of promises-aplus-tests', async () => {
  expect(await runAplus(detectHost(), future)).toEqual({ total: 872, failures: [] })
})

test('the tests do fail what is no promise', async () => {
  const { total, failures } = await runAplus(detectHost(), careless)
  expect(total).toBe(872)
  expect(failures.length).toBeGreaterThan(600)
})
