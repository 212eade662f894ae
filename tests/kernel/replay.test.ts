import { describe, expect, it } from 'vitest'
import flagged from '../../fixtures/mutants/lazy/checks-a-flag-before-an-unlocked-await.js'
import evicting from '../../fixtures/mutants/lazy/evicts-whatever-is-there-when-it-fails.js'
import { parseReplay, printReplay } from '../../src/core/replay.js'
import { check, replay, UsageError } from '../../src/index.js'

describe('a replay string', () => {
  it.each([
    'lazy/single-flight:42:0.3.1',
    'lazy/single-flight:-7:12.0',
    'lazy/single-flight:42:1.s0',
    'lazy/single-flight:42:1.s2:0.0.3',
    'lazy/single-flight:42:1.s0c5f2i1:0.0.3',
    'lazy/single-flight:42:0.3.1:0.2',
    'lazy/single-flight:42:0.3.1:fifo',
    'thenable/2.2.2.1-on-fulfilled-gets-the-value:42:0.17.0.0',
  ])('%s says the same when it is read and printed again', (text) => {
    expect(printReplay(parseReplay(text)!)).toBe(text)
  })

  it('tells drawn runs from enumerated ones', () => {
    expect(parseReplay('lazy/single-flight:42:0.3.1')?.origin).toEqual({ how: 'drawn', path: '3.1' })
    expect(parseReplay('lazy/single-flight:42:0.s3:1.0.2')?.origin).toEqual({
      how: 'enumerated',
      scope: 3,
      size: {},
      choices: [1, 0, 2],
    })
    expect(parseReplay('lazy/single-flight:42:0.s0c5f2')?.origin).toEqual({
      how: 'enumerated',
      scope: 0,
      size: { clients: 5, failures: 2 },
      choices: [],
    })
  })

  it.each([
    '',
    'lazy/single-flight',
    'lazy/single-flight:42',
    'lazy:42:0.1',
    'lazy/x:42:0.1:',
    'Lazy/X:1:0.1',
  ])('is not %j', (text) => {
    expect(parseReplay(text)).toBeUndefined()
  })

  it.each([
    ['drawn', flagged.suite],
    ['evicting', evicting.suite],
  ])('shows the counterexamples of a check again: %s', async (_, suite) => {
    const { verdicts } = await check(suite)
    const found = verdicts.flatMap(({ law, counterexample }) =>
      counterexample ? [{ law, counterexample }] : [],
    )
    expect(found.length).toBeGreaterThan(0)
    for (const { law, counterexample } of found) {
      const again = await replay(suite, counterexample.replay)
      expect(again.law.id).toBe(law)
      const { history, blame, choices, scenario, message } = again.counterexample!
      expect({ history, blame, choices, scenario, message }).toEqual({
        history: counterexample.history,
        blame: counterexample.blame,
        choices: counterexample.choices,
        scenario: counterexample.scenario,
        message: counterexample.message,
      })
    }
  })

  it('that no draw made is shown too, where enumeration met the run', async () => {
    const { counterexample } = await replay(flagged.suite, 'lazy/single-flight:42:0.s0')
    expect(counterexample?.message).toBe('factory #1 is still in flight')
    expect(counterexample?.replay).toBe('lazy/single-flight:42:0.s0')
  })

  it.each([
    'nonsense',
    'lazy/no-such-law:42:0.1',
    'lazy/single-flight:42:99.1',
    'lazy/single-flight:42:0.s99',
  ])('that makes no sense is refused: %s', async (text) => {
    await expect(replay(flagged.suite, text)).rejects.toThrow(UsageError)
  })
})
