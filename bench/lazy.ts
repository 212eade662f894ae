import * as fc from 'fast-check'
import { Lazy } from '../src/awaitables/index.js'
import { check, lazy } from '../src/index.js'
import { compare, type Figure, figure, type Side } from './measure.js'

const RUNS = 3000

const ours: Side = async () => {
  const { runs } = await check(lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) }), { runs: RUNS })
  return runs
}

/** What a careful author writes by hand: several clients, several awaits each, failures among the factory's calls. */
const byHand: Side = async () => {
  const scenario = fc.record({
    clients: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    outcomes: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  })
  const singleFlight = fc.asyncProperty(fc.scheduler(), scenario, async (s, { clients, outcomes }) => {
    let inFlight = 0
    let most = 0
    let calls = 0
    const lazyValue = new Lazy(() => {
      const fulfils = outcomes[Math.min(calls++, outcomes.length - 1)]
      most = Math.max(most, ++inFlight)
      const task = fulfils ? Promise.resolve(calls) : Promise.reject(new Error('failed'))
      return s.schedule(task).finally(() => inFlight--)
    })
    const all = clients.map(async (awaits, index) => {
      for (let n = 0; n < awaits; n++) {
        await s.schedule(Promise.resolve(index))
        await Promise.resolve(lazyValue).catch(() => {})
      }
    })
    await s.waitFor(Promise.all(all))
    return most <= 1
  })
  await fc.assert(singleFlight, { numRuns: RUNS, seed: 42 })
  return RUNS
}

/** Scenarios per second of `lazy` with all its laws, against one law written by hand. */
export async function lazyFigures(): Promise<Figure[]> {
  const { rate, ratio } = await compare(ours, byHand)
  return [figure('lazy with all its laws, against single flight by hand', rate, 'scenarios/s', ratio, 3)]
}
