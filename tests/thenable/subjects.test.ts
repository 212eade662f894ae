import { describe, expect, it } from 'vitest'
import batched from '../../fixtures/references/batched-promise.js'
import native from '../../fixtures/references/native-promise.js'
import open from '../../fixtures/references/open-promise.js'
import { check } from '../../src/index.js'

const suites = [native, open, batched]
  .flatMap((reference) => reference.suites)
  .filter(({ protocol }) => protocol === 'thenable')

/** What a check says when each law has come up as often as it should, without many runs beyond the budget. */
const ENOUGH = 12
const SLACK = 1.5

describe.each(suites.map((suite) => [suite.subject, suite] as const))('%s', (_, suite) => {
  it.each([1, 2, 3])('keeps every law, seed %i', async (seed) => {
    const { verdicts } = await check(suite, { seed })
    expect(verdicts.filter(({ verdict }) => verdict === 'violated' || verdict === 'unknown')).toEqual([])
  })
})

describe('the default budget', () => {
  it('exercises each law often enough', async () => {
    const { runs, verdicts } = await check(suites[0]!)
    expect(runs).toBeLessThan(300 * SLACK)
    // A ring is what a legal subject may spin on, so that it is tried seldom.
    const seldom = verdicts.filter(
      ({ law, verdict, exercised }) =>
        verdict === 'holds' && exercised < ENOUGH && law !== 'thenable/a-cycle-does-not-spin',
    )
    expect(seldom).toEqual([])
    expect(
      verdicts.filter(({ law, verdict }) => law.startsWith('thenable/') && verdict === 'unexercised'),
    ).toHaveLength(2)
  })
})
