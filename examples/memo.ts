import { memo } from 'lawful/awaitables'

/** A keyed cache: run with `node examples/memo.ts` (Node 22.18 or later) or `npx tsx examples/memo.ts`. */
let prices = 0
const price = memo(async (article: string) => {
  const load = ++prices
  await new Promise((resolve) => setTimeout(resolve, 10))
  if (article === 'unicorn') throw new Error('no such article')
  return `${article}: ${article.length} crowns, as of load ${load}`
})

// Three clients at once, two keys: two loads.
console.log(await Promise.all([price.get('lamp'), price.get('lamp'), price.get('table')]))

// A failure is told to all who wait, and is not kept.
const failed = await Promise.allSettled([price.get('unicorn'), price.get('unicorn')])
console.log(failed.map((one) => one.status === 'rejected' && one.reason.message))

// A clear while a load is under way: the old result answers who asked for it, and nobody else.
price.clear('lamp')
const before = price.get('lamp')
price.clear('lamp')
const after = price.get('lamp')
console.log(await before)
console.log(await after)

const kept = (await price.get('lamp')) === (await after) && (await before) !== (await after)
const isRight = prices === 5 && kept
console.log(isRight ? 'five loads, as there should be' : `wrong: ${prices} loads`)
process.exitCode = isRight ? 0 : 1
