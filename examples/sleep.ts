import { sleep } from 'lawful/awaitables'

/** A wait that can be given up: run with `node examples/sleep.ts` (Node 22.18 or later) or `npx tsx examples/sleep.ts`. */
const order: string[] = []
const wait = async (name: string, ms: number) => {
  await sleep(ms)
  order.push(name)
}
await Promise.all([wait('tea', 40), wait('coffee', 1), wait('milk', 1)])
console.log(order.join(', '))

// A month is more than a timer of the platform can take, and "for ever" is no time at all: neither ends at once.
const controller = new AbortController()
const { signal } = controller
const MONTH_MS = 30 * 24 * 3600 * 1000
const waits = [sleep(MONTH_MS, { signal }), sleep(Number.POSITIVE_INFINITY, { signal })]
const first = await Promise.race([
  ...waits.map((each) => each.catch(() => 'a wait')),
  sleep(20).then(() => 'I'),
])
console.log(`${first} lost patience first`)

// An abort ends them with the very reason, and the program is not kept alive by a timer.
controller.abort('closing time')
const reasons = (await Promise.allSettled(waits)).map((each) => each.status === 'rejected' && each.reason)
console.log(reasons)

const isRight =
  order.join() === 'coffee,milk,tea' && first === 'I' && reasons.every((reason) => reason === 'closing time')
process.exitCode = isRight ? 0 : 1
