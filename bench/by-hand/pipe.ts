import * as fc from 'fast-check'
import type { PipeAdapter } from '../../src/index.js'
import { type ByHand, type Plan, plans, several, Trial, tells } from './trial.js'

/** What a pipe begins with, how its stages go, and how often each of those who wait awaits it. */
const scenario = fc.record({
  input: fc.anything(),
  stages: several(plans, 4).map((all) => all.map(([plan]) => plan!)),
  clients: several(fc.integer({ min: 1, max: 2 }), 3),
})

const law =
  (holds: (trial: Trial, stages: readonly Plan[]) => boolean): ByHand<PipeAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario, async (s, { input, stages, clients }) => {
      const trial = new Trial(s)
      const pipe = stages.reduce(
        (before, plan, index) => adapter.map(before, trial.source([plan], String(index))),
        adapter.from(input),
      )
      const awaited = adapter.toAwaitable ? adapter.toAwaitable(pipe) : pipe
      for (const awaits of clients) trial.client(Array(awaits).fill(['await', () => awaited]))
      return holds(await trial.over(), stages)
    })

/** The stages that run: up to the first that fails. */
const running = (stages: readonly Plan[]): readonly Plan[] => {
  const failing = stages.findIndex(({ fails }) => fails)
  return failing < 0 ? stages : stages.slice(0, failing + 1)
}

const runsEachOnce = law(({ calls }, stages) => {
  const expected = running(stages).map((_, index) => String(index))
  return calls.map(({ source }) => source).join() === expected.join()
})

export const pipeLaws: Readonly<Record<string, ByHand<PipeAdapter>>> = {
  'pipe/a-stage-runs-once-per-awaited-pipe': runsEachOnce,
  'pipe/awaiting-twice-reruns-nothing': runsEachOnce,
  'pipe/a-pipe-gives-what-its-last-stage-gave': law(({ uses }, stages) =>
    uses.every((use) => tells(use, running(stages).at(-1)!)),
  ),
}
