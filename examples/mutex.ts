import { Mutex } from 'lawful/awaitables'

/** One at a time: run with `node examples/mutex.ts` (Node 22.18 or later) or `npx tsx examples/mutex.ts`. */

/** An account whose balance is far away: reading and writing take time, and others come in between. */
const account = { balance: 100 }
const far = () => new Promise((resolve) => setTimeout(resolve, 5))
async function withdraw(amount: number): Promise<boolean> {
  const before = account.balance
  await far()
  if (before < amount) return false
  account.balance = before - amount
  return true
}

const mutex = new Mutex()
const paid = await Promise.all([80, 80].map((amount) => mutex.run(() => withdraw(amount))))
console.log(`paid: ${paid.join(', ')}; left: ${account.balance}`)

// Held by hand; releasing twice does no harm, and whoever waits may be told to leave.
const release = await mutex.acquire()
const gone = await mutex.acquire(AbortSignal.timeout(5)).then(
  () => 'served',
  (reason: unknown) => (reason as Error).name,
)
release()
release()
console.log(gone)

process.exitCode = paid.join() === 'true,false' && account.balance === 20 && gone === 'TimeoutError' ? 0 : 1
