import { Pipe } from 'lawful/awaitables'

/** A pipe of stages, some of them asynchronous: run with `node examples/pipe.ts` (Node 22.18 or later) or `npx tsx examples/pipe.ts`. */
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
let reads = 0

const file = Pipe.from('three blind mice').map(async (text) => {
  reads++
  await wait(10)
  return text
})
const words = file.map((text) => text.split(' '))
const longest = words.map((all) => all.reduce((a, b) => (b.length > a.length ? b : a)))
const broken = words.map(() => {
  throw new Error('no such column')
})
console.log(`${reads} reads so far: nobody has asked`)

// Awaited twice, and read once; each branch is a pipe of its own.
const [word, again] = [await longest, await longest]
console.log(`${word}, ${again}: ${reads} read`)
const count = await words.map((all) => all.length)
console.log(`${count} words: ${reads} reads, one for each pipe that was awaited`)

// A failure skips what is behind it, and spoils no other branch.
const skipped: unknown[] = []
const reason = await broken.map((column) => skipped.push(column)).catch((error) => (error as Error).message)
console.log(`${reason}; the stages behind it saw ${skipped.length} values`)

const isRight = word === 'three' && again === word && count === 3 && reads === 3 && skipped.length === 0
process.exitCode = isRight ? 0 : 1
