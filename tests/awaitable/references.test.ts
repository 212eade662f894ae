import Bluebird from 'bluebird'
import { describe, expect, it } from 'vitest'
import batched from '../../fixtures/references/awaitable/batched-handlers.js'
import lazies from '../../fixtures/references/awaitable/lazy-thenables.js'
import natives from '../../fixtures/references/awaitable/native-promises.js'
import standard from '../../fixtures/references/native-promise.js'
import { awaitable, check, type Suite } from '../../src/index.js'

const { default: configure } = await import('core-js-pure/configurator')
// The package steps aside where the native promise is sound; its own one is what is to be judged.
configure({ usePolyfill: ['Promise'] })
const { default: Polyfill } = await import('core-js-pure/actual/promise')

// Its executor loses `throw undefined`, which its own way of calling a function does not.
const { try: attempt } = Bluebird as unknown as { try(task: () => unknown): PromiseLike<unknown> }

const published: readonly Suite[] = [
  awaitable({ name: 'bluebird', create: (task) => attempt(task) }),
  awaitable({ name: 'core-js', create: (task) => new Polyfill((resolve) => resolve(task())) }),
]
const suites = [standard, natives, batched, lazies]
  .flatMap((each) => each.suites)
  .filter(({ protocol }) => protocol === 'awaitable')
  .concat(published)

describe('legal awaitables, usual and unusual', () => {
  it.each(suites.map((suite) => ({ name: suite.subject, suite })))(
    '$name breaks no law',
    async ({ suite }) => {
      const { verdicts } = await check(suite)
      const found = (verdict: string) =>
        verdicts.filter((each) => each.verdict === verdict).map(({ law }) => law)
      expect(found('violated')).toEqual([])
      expect(found('unknown')).toEqual([])
      // No signal is ever handed to an awaitable.
      expect(found('unexercised')).toEqual(['hygiene/no-abort-listener-left'])
    },
  )
})
