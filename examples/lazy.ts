import { Lazy } from 'lawful/awaitables'

/** A value that is made once, when it is first asked for: run with `node examples/lazy.ts` (Node 22.18 or later). */
let readings = 0
const settings = new Lazy(async () => {
  const reading = ++readings
  if (reading === 1) throw new Error('the file is locked')
  return { theme: 'dark', reading }
})

// Nobody has asked yet.
console.log('readings:', readings)

// Two ask at once: one reading, whose failure both are told.
const failed = await Promise.allSettled([settings, settings.get()])
console.log(
  failed.map(({ status }) => status),
  'readings:',
  readings,
)

// The next to ask tries again, and what it gets is kept.
const [first, second] = await Promise.all([settings, settings])
console.log(first, first === second)

settings.reset()
console.log(await settings)
process.exitCode = readings === 3 && first === second ? 0 : 1
