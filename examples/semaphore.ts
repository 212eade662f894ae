import { Semaphore } from 'lawful/awaitables'

/** So many at a time: run with `node examples/semaphore.ts` (Node 22.18 or later) or `npx tsx examples/semaphore.ts`. */

const downloads = new Semaphore(2)
let running = 0
let most = 0

async function download(file: string): Promise<string> {
  most = Math.max(most, ++running)
  await new Promise((resolve) => setTimeout(resolve, 5))
  running--
  if (file === 'c') throw new Error(`${file} is missing`)
  return file.toUpperCase()
}

// A failure gives its permit back like a success.
const outcomes = await Promise.allSettled(
  ['a', 'b', 'c', 'd'].map((file) => downloads.run(() => download(file))),
)
const told = outcomes.map((outcome) =>
  outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error).message,
)
console.log(`${told.join(', ')}; never more than ${most} at a time`)

process.exitCode = told.join() === 'A,B,c is missing,D' && most === 2 ? 0 : 1
