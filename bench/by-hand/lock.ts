import * as fc from 'fast-check'
import type { LockAdapter } from '../../src/index.js'
import { type ByHand, fulfilled, several, Trial } from './trial.js'

interface Turn {
  readonly aborts: boolean
  readonly releases: number
}

const scenario = (aborts: fc.Arbitrary<boolean>, releases: fc.Arbitrary<number>) =>
  fc.record({
    permits: fc.integer({ min: 1, max: 2 }),
    /** The turns of each client, who asks anew as soon as one is over. */
    clients: several(several(fc.record({ aborts, releases }), 3), 4),
  })

interface Worked extends Trial {
  readonly permits: number
  /** The most who had a permit at the same time. */
  readonly most: number
}

const law =
  (
    holds: (trial: Worked) => boolean,
    { aborts = fc.constant<boolean>(false), releases = fc.constant<number>(1) } = {},
  ): ByHand<LockAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario(aborts, releases), async (s, { permits, clients }) => {
      const trial = new Trial(s)
      const lock = await adapter.create({ permits })
      let holders = 0
      let most = 0
      const work = async (turns: readonly Turn[]) => {
        await s.schedule(Promise.resolve())
        for (const { aborts, releases } of turns) {
          const controller = aborts ? new AbortController() : undefined
          if (controller) void s.schedule(Promise.resolve()).then(() => controller.abort())
          const op = aborts ? 'aborted' : 'acquire'
          const { answer } = await trial.use(op, () => lock.acquire!(controller?.signal))
          if (answer?.status !== 'fulfilled') continue
          most = Math.max(most, ++holders)
          await s.schedule(Promise.resolve())
          holders--
          // Whoever comes again asks in the turn in which it releases.
          for (let n = 0; n < releases; n++) (answer.value as () => void)()
        }
      }
      for (const turns of clients) void work(turns)
      return holds(Object.assign(await trial.over(), { permits, most }))
    })

export const lockLaws: Readonly<Record<string, ByHand<LockAdapter>>> = {
  'lock/a-release-wakes-a-waiter': law(({ uses }) => uses.every(fulfilled)),
  'lock/an-over-release-adds-no-permit': law(({ most, permits }) => most <= permits, {
    releases: fc.integer({ min: 1, max: 3 }),
  }),
  'lock/no-wake-up-is-lost': law((trial) => trial.of('acquire').every(fulfilled), { aborts: fc.boolean() }),
  // As they asked, so they are served: whoever asked later is answered later.
  'lock/serves-in-order': law(({ uses }) =>
    uses.every(({ ended }, index) => index === 0 || uses[index - 1]!.ended < ended),
  ),
}
