/**
 * A function that blocks, made asynchronous: it runs in worker threads, the event loop goes on, and a signal stops it.
 * Run it with `npx tsx examples/offload.ts`, or with Node 22.18 or later.
 */
import assert from 'node:assert/strict'
import { makeAsync } from 'lawful/awaitables'

const primesBelow = makeAsync<(limit: number) => number>(
  new URL('./primes.js', import.meta.url),
  'primesBelow',
  {
    threads: 2,
  },
)

process.exitCode = 1
try {
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  const counts = await Promise.all([10, 1_000, 300_000].map((limit) => primesBelow(limit)))
  clearInterval(turning)
  console.log('primes below 10, 1,000 and 300,000:', counts.join(', '))
  assert.deepEqual(counts, [4, 168, 25_997])
  console.log('meanwhile the event loop went on')
  assert(turns > 0)

  // What fails in the worker fails here, with a clone of the reason.
  await assert.rejects(primesBelow(Number.NaN), new RangeError('there is no such limit'))

  // What nobody waits for any more is stopped, however long it would have gone on.
  const controller = new AbortController()
  const endless = primesBelow.under(controller.signal)(Number.POSITIVE_INFINITY)
  setTimeout(() => controller.abort(new Error('nobody waits for it')), 20)
  await assert.rejects(endless, /nobody waits/)
  console.log('and work without an end was stopped')
  process.exitCode = 0
} finally {
  // Its threads keep the process alive until then; `await using` does the same.
  await primesBelow.destroy()
}
