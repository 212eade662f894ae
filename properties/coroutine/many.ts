import type { World } from '../../src/core/index.js'
import type { CoroutineAdapter, CoroutinePolicy } from './contract.js'

/** How often a body awaits, one after the other: more than any stack is deep. */
const AWAITS = 10_000

/** Whether the thenables that are awaited call back at once, or are promises that have been fulfilled. */
export interface Many {
  readonly at: 'once' | 'later'
}

const waitCode = {
  once: '{ then(fulfilled) { fulfilled(1) } }',
  later: 'Promise.resolve(1)',
}

/** A body that awaits over and over, and returns how often. Only its end is written down, and what goes wrong before. */
export function many(world: World<CoroutinePolicy>, adapter: CoroutineAdapter, { at }: Many): void {
  // A driver that resumes in a timer takes a step of the world for each.
  world.maxSteps = AWAITS * 3
  let awaited = 0
  let broken = false
  const atOnce = {
    then(fulfilled: (value: unknown) => unknown) {
      try {
        fulfilled(1)
      } catch (error) {
        // Every frame of an overflow sees it; once is enough.
        if (!broken) {
          const value = world.note(error)
          world.record({ type: 'touch', actor: 'thenable', op: 'broke', value, detail: { awaited } })
        }
        broken = true
        throw error
      }
    },
  } as unknown as PromiseLike<unknown>
  const promise = Promise.resolve(1)
  function* body(): Generator<unknown, unknown> {
    while (awaited < AWAITS) {
      yield* adapter.suspend(at === 'once' ? atOnce : promise)
      awaited++
    }
    return awaited
  }
  world.client('A', [
    {
      op: 'run',
      run: () => adapter.run(body),
      value: world.note(AWAITS),
      detail: { awaits: AWAITS },
      code: `adapter.run(function* () {
let awaited = 0
while (awaited < ${AWAITS}) { yield* adapter.suspend(${waitCode[at]}); awaited++ }
return awaited
})`,
    },
  ])
}
