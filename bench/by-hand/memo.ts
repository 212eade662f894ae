import * as fc from 'fast-check'
import type { MemoAdapter } from '../../src/index.js'
import { type ByHand, fulfilled, type Plan, plans, several, Trial, tells } from './trial.js'

const scenario = fc.record({
  keys: fc.uniqueArray(fc.anything(), { minLength: 1, maxLength: 3, comparator: 'SameValueZero' }),
  /** Which keys each client gets. */
  clients: several(several(fc.nat(2), 3), 4),
  plans,
})

interface Got extends Trial {
  readonly keys: readonly unknown[]
}

const law =
  (holds: (trial: Got) => boolean, planned = (plans: readonly Plan[]) => plans): ByHand<MemoAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario, async (s, { keys, clients, plans }) => {
      const trial = new Trial(s)
      const cache = await adapter.create(trial.source(planned(plans)))
      for (const indices of clients) {
        const own = indices.map((index) => index % keys.length)
        trial.client(own.map((index) => [String(index), () => cache.get(keys[index])]))
      }
      return holds(Object.assign(await trial.over(), { keys }))
    })

const sameKey = (a: unknown, b: unknown): boolean => [a].includes(b)

export const memoLaws: Readonly<Record<string, ByHand<MemoAdapter>>> = {
  'memo/keeps-a-failure': law(({ calls, keys }) =>
    keys.every((key) => {
      const [first, ...others] = calls.filter(({ args }) => sameKey(args[0], key))
      return !first?.fails || others.length === 0
    }),
  ),
  'memo/the-loader-is-given-the-key': law(({ calls, keys }) =>
    calls.every(({ args }) => keys.some((key) => sameKey(args[0], key))),
  ),
  'memo/a-failure-is-not-a-value': law(({ calls, uses }) =>
    uses.filter(fulfilled).every((use) => calls.some((call) => tells(use, call))),
  ),
  // Every load gives a value of its own, so that it shows for whom it was.
  'memo/keys-are-isolated': law(
    ({ calls, uses, keys }) =>
      uses.every((use) =>
        calls.some(
          (call) =>
            tells(use, call) && keys.findIndex((key) => sameKey(call.args[0], key)) === Number(use.op),
        ),
      ),
    () => Array.from({ length: 12 }, (_, value) => ({ fails: false, value })),
  ),
}
