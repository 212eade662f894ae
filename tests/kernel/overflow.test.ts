import { expect, it } from 'vitest'
import { check, lazy } from '../../src/index.js'

it('a subject that floods its source with calls ends as its own verdict, and fills no memory', async () => {
  const flooding = lazy({
    name: 'asks for ever',
    create: (factory) => ({
      async get() {
        for (let calls = 0; calls < 60_000; calls++) factory()
        return factory()
      },
    }),
  })
  const report = await check(flooding, { runs: 1, laws: ['hygiene/no-livelock'], shrink: false })
  const [verdict] = report.verdicts
  expect(verdict?.verdict).toBe('violated')
  expect(verdict?.counterexample?.history.length).toBeLessThanOrEqual(50_001)
}, 60_000)
