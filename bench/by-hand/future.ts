import * as fc from 'fast-check'
import type { FutureAdapter, FutureHandle } from '../../src/index.js'
import { type ByHand, fulfilled, type Plan, plans, rejected, Trial, tells } from './trial.js'

const scenario = fc.record({ plans, readers: fc.integer({ min: 1, max: 3 }), reason: fc.anything() })

/** What one client each does, in the order of the scheduler. */
interface Doing {
  readonly plan: Plan
  readonly future: FutureHandle<unknown>
  readonly reason: unknown
  /** A promise that goes by the plan. */
  inner(): Promise<unknown>
}

const law =
  (
    ops: (doing: Doing, trial: Trial) => Readonly<Record<string, () => unknown>>,
    holds: (trial: Trial, plan: Plan) => boolean,
  ): ByHand<FutureAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario, async (s, { plans, readers, reason }) => {
      const trial = new Trial(s)
      const future = adapter.create()
      const [plan] = plans
      const doing = { plan: plan!, future, reason, inner: trial.source(plans) }
      for (const step of Object.entries(ops(doing, trial))) trial.client([step])
      for (let n = 0; n < readers; n++) trial.client([['then', () => future.promise]])
      await trial.over()
      // One more comes when everything is over.
      trial.client([['then', () => future.promise]])
      return holds(await trial.over(), plan!)
    })

const settle = ({ future, plan }: Doing): void =>
  plan.fails ? future.reject(plan.value) : future.resolve(plan.value)

const began = (trial: Trial, op: string): number => trial.of(op)[0]!.began

export const futureLaws: Readonly<Record<string, ByHand<FutureAdapter>>> = {
  'future/tells-the-very-outcome': law(
    (doing) => ({ settle: () => settle(doing) }),
    (trial, plan) => trial.of('then').every((use) => tells(use, plan)),
  ),
  'future/a-cancel-after-the-settlement-is-ignored': law(
    (doing) => ({ settle: () => settle(doing), cancel: () => doing.future.cancel?.(doing.reason) }),
    (trial, plan) =>
      began(trial, 'cancel') < began(trial, 'settle') || trial.of('then').every((use) => tells(use, plan)),
  ),
  'future/an-early-cancel-is-kept': law(
    ({ future, reason }) => ({ cancel: () => future.cancel?.(reason) }),
    (trial) => trial.of('then').every(rejected),
  ),
  'future/callbacks-wait-for-the-outcome': law(
    ({ future, inner }, trial) => ({
      resolve: () => future.resolve(inner()),
      onSettled: () => future.onSettled?.(() => void trial.use('called', () => {})),
    }),
    (trial) => trial.of('called').every((use) => use.began > trial.calls[0]!.ended),
  ),
  'future/a-cancel-while-locked-in-cancels': law(
    ({ future, reason, inner }) => ({
      resolve: () => future.resolve(inner()),
      cancel: () => future.cancel?.(reason),
    }),
    (trial) => began(trial, 'cancel') > trial.calls[0]!.ended || !trial.of('then').some(fulfilled),
  ),
}
