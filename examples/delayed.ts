import { Delayed, Immediate } from 'lawful/awaitables'

/** Values that arrive later: run with `node examples/delayed.ts` (Node 22.18 or later) or `npx tsx examples/delayed.ts`. */

// The time counts from creation: made together and awaited one after the other, they take as long as the longest.
const soup = new Delayed(30, 'soup')
const salad = new Delayed(10, 'salad')
const bread = new Immediate('bread')
const served: string[] = []
for (const dish of [soup, salad, bread]) void dish.then((name) => served.push(name))
console.log(await soup, await salad, await bread)
console.log(`served in this order: ${served.join(', ')}`)

// One that delegates to others is a function like any other.
async function meal(): Promise<string> {
  const first = await new Delayed(5, 'starter')
  const second = await new Delayed(5, 'main')
  return `${first} and ${second}`
}
console.log(await meal())

// Given up before its time: everyone who awaits it is told why.
const controller = new AbortController()
const dessert = new Delayed(60_000, 'dessert', { signal: controller.signal })
controller.abort(new Error('the kitchen has closed'))
const told = await Promise.allSettled([dessert, dessert])
const reasons = told.map((each) => each.status === 'rejected' && (each.reason as Error).message)
console.log(reasons)

const isRight =
  served.join() === 'bread,salad,soup' && reasons.every((reason) => reason === 'the kitchen has closed')
process.exitCode = isRight ? 0 : 1
