import { allReferences } from '../fixtures/gallery.js'
import { run, until } from '../src/awaitables/index.js'
import { check, type Suite } from '../src/index.js'
import { type Figure, most } from './measure.js'

const ROUNDS = 5
/** What a person does not notice: a check in virtual time is to be well below. */
const SECOND_MS = 1000

/** The time that a check of each protocol takes at the default budget, on one correct subject, warm. */
export async function protocolFigures(): Promise<Figure[]> {
  const first = new Map<string, Suite>()
  for (const suite of await allReferences()) if (!first.has(suite.protocol)) first.set(suite.protocol, suite)
  const figures: Figure[] = []
  for (const [protocol, suite] of first) {
    const { clock } = await check(suite)
    const times: number[] = []
    for (let round = 0; round < (clock === 'real' ? 1 : ROUNDS); round++) {
      const start = performance.now()
      await check(suite)
      times.push(performance.now() - start)
    }
    const middle = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
    figures.push(most(`check(${protocol}) at the default budget, ${clock} time`, middle, 'ms', SECOND_MS))
  }
  return figures
}

/** Ten times as many awaits take ten times as long: a coroutine must not slow down quadratically. */
export async function coroutineFigures(): Promise<Figure[]> {
  const awaits = async (count: number): Promise<number> => {
    const start = performance.now()
    await run(function* () {
      for (let n = 0; n < count; n++) yield* until(Promise.resolve(n))
    })
    return performance.now() - start
  }
  const ratios: number[] = []
  await awaits(20_000)
  for (let round = 0; round < ROUNDS; round++) {
    const few = await awaits(2_000)
    ratios.push((await awaits(20_000)) / few / 10)
  }
  const middle = ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
  return [most('a coroutine of 20,000 awaits, against ten of 2,000', middle, 'times', 2)]
}
