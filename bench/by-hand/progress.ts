import * as fc from 'fast-check'
import type { ProgressAdapter } from '../../src/index.js'
import { type ByHand, plans, Trial } from './trial.js'

const law =
  (counts: fc.Arbitrary<number>, holds: (trial: Trial) => boolean): ByHand<ProgressAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), counts, plans, async (s, steps, plans) => {
      const trial = new Trial(s)
      const step = trial.source(plans)
      const onProgress = () => void trial.use('report', () => {})
      trial.client([['run', () => adapter.create({ steps, step, onProgress })]])
      await trial.over()
      // What comes too late may come by a timer.
      await new Promise((resolve) => setTimeout(resolve, 0))
      return holds(trial)
    })

export const progressLaws: Readonly<Record<string, ByHand<ProgressAdapter>>> = {
  'progress/no-steps-no-report': law(fc.constant(0), (trial) => trial.of('report').length === 0),
  'progress/nothing-after-the-end': law(fc.nat(5), (trial) => {
    const [run] = trial.of('run')
    return trial.of('report').every(({ began }) => began < run!.ended)
  }),
}
