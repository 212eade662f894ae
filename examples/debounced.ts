import { Debounced } from 'lawful/awaitables'

/** One run for many calls: run with `node examples/debounced.ts` (Node 22.18 or later) or `npx tsx examples/debounced.ts`. */

let searches = 0
const search = new Debounced(
  async (text: string) => {
    searches++
    return `results for ${text}`
  },
  { waitMs: 10 },
)

// Everyone is answered, with what the last arguments gave.
const typed = await Promise.all(['l', 'la', 'law'].map((text) => search.call(text)))
console.log(typed.join('; '), `after ${searches} search`)

process.exitCode = searches === 1 && typed.every((text) => text === 'results for law') ? 0 : 1
