import { describe, expect, it } from 'vitest'
import native from '../../fixtures/references/native-promise.js'
import { check } from '../../src/index.js'

const suite = native.suites.find(({ protocol }) => protocol === 'thenable')!

/** What a check says when each law has come up as often as it should, without many runs beyond the budget. */
const ENOUGH = 12
const SLACK = 1.5

describe('the default budget', () => {
  it('exercises each law often enough', async () => {
    const { runs, verdicts } = await check(suite)
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
