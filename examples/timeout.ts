import { Timeout } from 'lawful/awaitables'

/** No longer than so: run with `node examples/timeout.ts` (Node 22.18 or later) or `npx tsx examples/timeout.ts`. */

const answer = (afterMs: number) =>
  new Promise<string>((resolve, reject) => {
    setTimeout(() => (afterMs > 0 ? resolve('in time') : reject(new Error('broken'))), afterMs)
  })
const limited = new Timeout(answer, { timeoutMs: 50 })

const told = async (afterMs: number) => {
  try {
    return await limited.call(afterMs)
  } catch (reason) {
    return (reason as Error).message
  }
}
// The reason of a failure is not hidden, and no timer keeps the process alive.
const outcomes = [await told(5), await told(0), await told(200)]
console.log(outcomes.join('; '))

process.exitCode = outcomes.join() === 'in time,broken,No answer within 50 ms' ? 0 : 1
