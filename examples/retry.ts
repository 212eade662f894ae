import { Retry } from 'lawful/awaitables'

/** Attempts with growing waits: run with `node examples/retry.ts` (Node 22.18 or later) or `npx tsx examples/retry.ts`. */

/** A service that is down at first. */
let calls = 0
async function fetchReport(): Promise<string> {
  calls++
  if (calls < 3) throw Object.assign(new Error('busy'), { status: 503 })
  return 'report'
}

// Begins when it is awaited; awaiting it again shares the outcome.
const report = new Retry(fetchReport, { attempts: 5, baseMs: 20, factor: 2, jitter: 0.5 })
const began = calls
console.log(await report, await report, `after ${calls} attempts`)

// Some reasons are not worth another attempt.
const forbidden = new Retry(() => Promise.reject(Object.assign(new Error('forbidden'), { status: 403 })), {
  shouldRetry: (reason) => (reason as { status: number }).status >= 500,
})
const refusal = await forbidden.then(
  () => 'let in',
  (reason: unknown) => (reason as Error).message,
)
console.log(refusal)

// An abort ends a wait, however long it is.
const given = await new Retry(() => Promise.reject(new Error('down')), {
  baseMs: 30_000,
  signal: AbortSignal.timeout(20),
}).then(
  () => 'up',
  (reason: unknown) => (reason as Error).name,
)
console.log(given)

const asExpected = began === 0 && calls === 3 && refusal === 'forbidden' && given === 'TimeoutError'
process.exitCode = asExpected ? 0 : 1
