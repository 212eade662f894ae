import type { World } from '../../src/core/index.js'
import type { CoroutineAdapter, CoroutinePolicy } from './contract.js'

/** How often a body awaits, one after the other: more than any stack is deep. */
const AWAITS = 10_000
/** Deeper than any driver would resume a body inside its own callbacks on purpose. */
const DEEP = 1_000

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
  const count = { awaited: 0 }
  const atOnce = nesting(world, count)
  const promise = Promise.resolve(1)
  function* body(): Generator<unknown, unknown> {
    while (count.awaited < AWAITS) {
      yield* adapter.suspend(at === 'once' ? atOnce : promise)
      count.awaited++
    }
    return count.awaited
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

/**
 * A thenable that calls back at once. That its callbacks are deep inside one another is written down; when they overflow is
 * not, since that depends on the machine.
 */
function nesting(world: World<CoroutinePolicy>, count: { readonly awaited: number }): PromiseLike<unknown> {
  let depth = 0
  let deep = false
  const then = (fulfilled: (value: unknown) => unknown) => {
    if (++depth === DEEP && !deep) {
      world.record({ type: 'touch', actor: 'thenable', op: 'nests', detail: { awaited: count.awaited } })
      deep = true
    }
    try {
      fulfilled(1)
    } finally {
      depth--
    }
  }
  return { then: then as unknown as PromiseLike<unknown>['then'] }
}
