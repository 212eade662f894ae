/** A cached value: one load however many ask, good for a while. Run: node examples/cached.ts */
import { Cached, sleep } from 'lawful/awaitables'

let fetches = 0

/** An exchange rate that takes a moment to fetch and is good for 200 ms. */
const rate = new Cached(
  async () => {
    await sleep(20)
    fetches++
    return `rate #${fetches}`
  },
  { ttlMs: 200 },
)

const together = await Promise.all([rate, rate, rate.get()])
console.log('three at once:', together.join(', '))

rate.invalidate()
const corrected = await rate
console.log('invalidated:  ', corrected)

await sleep(250)
const later = await rate
console.log('expired:      ', later)

const expected = 'rate #1, rate #1, rate #1, rate #2, rate #3'
process.exitCode = [...together, corrected, later].join(', ') === expected ? 0 : 1
