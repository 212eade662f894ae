import * as fc from 'fast-check'
import type { AsyncPropertyAdapter } from '../../src/index.js'
import { type ByHand, fulfilling, several, Trial, tells } from './trial.js'

const scenario = fc.record({
  /** Which instances are of a subclass. */
  instances: several(fc.boolean(), 3),
  /** Which instances each client reads. */
  clients: several(several(fc.nat(2), 3), 3),
  plans: several(fulfilling, 3),
})

const law =
  (holds: (trial: Trial, read: ReadonlyMap<string, object>) => boolean): ByHand<AsyncPropertyAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario, async (s, { instances, clients, plans }) => {
      const trial = new Trial(s)
      const { Class, read } = adapter.create(trial.source(plans))
      const Subclass = class extends Class {}
      const all = instances.map((isSubclass) => (isSubclass ? new Subclass() : new Class()))
      const seen = new Map<string, object>()
      for (const indices of clients) {
        const steps = indices.map((index) => {
          const self = all[index % all.length]!
          seen.set(String(index), self)
          return [String(index), () => read(self)] as const
        })
        trial.client(steps)
      }
      return holds(await trial.over(), seen)
    })

export const asyncPropertyLaws: Readonly<Record<string, ByHand<AsyncPropertyAdapter>>> = {
  'async-property/load-is-given-the-instance': law(({ calls }, read) =>
    [...read.values()].every((self) => calls.some(({ args }) => args[0] === self)),
  ),
  'async-property/a-subclass-inherits-it': law(({ calls, uses }, read) =>
    uses.every((use) => calls.some((call) => tells(use, call) && call.args[0] === read.get(use.op))),
  ),
}
