import * as fc from 'fast-check'
import type { LazyAdapter } from '../../src/index.js'
import { type ByHand, fulfilled, plans, rejected, several, Trial, tells } from './trial.js'

/** How many awaits each client makes, and how the factory's calls go. */
const scenario = fc.record({ clients: several(fc.integer({ min: 1, max: 3 }), 4), plans })

const law =
  (holds: (trial: Trial) => boolean): ByHand<LazyAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario, async (s, { clients, plans }) => {
      const trial = new Trial(s)
      const made = adapter.create(trial.source(plans))
      const get = () => ('get' in made ? made.get() : made)
      for (const awaits of clients) trial.client(Array(awaits).fill(['await', get]))
      return holds(await trial.over())
    })

export const lazyLaws: Readonly<Record<string, ByHand<LazyAdapter>>> = {
  'lazy/keeps-a-failure': law(({ calls, uses }) => {
    const [first] = calls
    return !first?.fails || (calls.length === 1 && uses.every((use) => tells(use, first)))
  }),
  'lazy/retries-after-a-failure': law(({ calls, uses }) =>
    uses.every(({ began }) => {
      const before = uses.filter((use) => use.ended < began)
      if (!before.some(rejected) || before.some(fulfilled)) return true
      return calls.some((call) => call.ended > began || !call.fails)
    }),
  ),
  'lazy/nothing-before-the-first-await': law(({ calls, uses }) =>
    calls.every(({ began }) => began > uses[0]!.began),
  ),
  'lazy/waiters-get-the-reason': law(({ calls, uses }) =>
    uses.filter(rejected).every((use) => calls.some((call) => tells(use, call))),
  ),
}
