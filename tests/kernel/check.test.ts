import { describe, expect, it } from 'vitest'
import afterAnAwait from '../../fixtures/mutants/lazy/assigns-the-promise-after-an-await.js'
import flagged from '../../fixtures/mutants/lazy/checks-a-flag-before-an-unlocked-await.js'
import { AdapterError, check, hung, lazy, type Report, UsageError } from '../../src/index.js'

const counterexample = (report: Report, law: string) =>
  report.verdicts.find((each) => each.law === law)!.counterexample!

const correct = lazy({
  name: 'closure',
  create(factory) {
    let flight: Promise<unknown> | undefined
    return {
      get() {
        if (flight) return flight
        const own = (async () => factory())()
        flight = own
        own.catch(() => {
          flight = undefined
        })
        return own
      },
    }
  },
})

describe('a check', () => {
  it('gives the same bytes for the same seed', async () => {
    for (const suite of [correct, flagged.suite, afterAnAwait.suite]) {
      const [first, second] = [await check(suite), await check(suite)]
      expect(JSON.stringify(first)).toBe(JSON.stringify(second))
    }
  })

  it('gives other runs for another seed, and the same verdicts', async () => {
    const laws = ({ verdicts }: Report) => verdicts.map(({ law, verdict }) => `${law} ${verdict}`)
    const [first, second] = [await check(flagged.suite), await check(flagged.suite, { seed: 7 })]
    expect(JSON.stringify(second)).not.toBe(JSON.stringify(first))
    expect(laws(second)).toEqual(laws(first))
  })

  it('gives plain data', async () => {
    const report = await check(flagged.suite)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it.each([
    ['between two calls', flagged.suite],
    ['inside a drain', afterAnAwait.suite],
  ])('shrinks a race of two to two clients, played first-in-first-out: %s', async (_, suite) => {
    const found = counterexample(await check(suite), 'lazy/single-flight')
    expect(new Set(found.history.filter(({ type }) => type === 'call').map(({ actor }) => actor)).size).toBe(
      2,
    )
    expect(found.history.filter(({ type }) => type === 'call')).toHaveLength(2)
    expect(found.choices.filter((pick) => pick !== 0)).toEqual([])
  })

  it('gives the same verdicts without shrinking', async () => {
    const verdicts = ({ verdicts }: Report) =>
      verdicts.map(({ law, verdict, exercised }) => ({ law, verdict, exercised }))
    const whole = await check(afterAnAwait.suite)
    const short = await check(afterAnAwait.suite, { shrink: false })
    expect(verdicts(short)).toEqual(verdicts(whole))
    expect(short.verdicts.every(({ counterexample }) => !counterexample?.shrinks)).toBe(true)
  })

  it('checks the laws that it is asked for', async () => {
    const { verdicts } = await check(correct, { laws: ['lazy/single-flight'] })
    expect(verdicts.map(({ law, verdict }) => `${law} ${verdict}`)).toEqual(['lazy/single-flight holds'])
  })

  it('refuses what makes no sense', async () => {
    await expect(check(correct, { laws: ['lazy/no-such-law'] })).rejects.toThrow(UsageError)
    await expect(check(correct, { seed: 1.5 })).rejects.toThrow(UsageError)
    await expect(check(correct, { runs: 0 })).rejects.toThrow(UsageError)
  })

  it('says what is wrong with an adapter', async () => {
    const throwing = lazy({
      name: 'throwing',
      create() {
        throw new Error('not today')
      },
    })
    await expect(check(throwing)).rejects.toThrow(AdapterError)
    await expect(check(lazy({ name: 'bare', create: () => 7 as never }))).rejects.toThrow(
      /must return a thenable or a handle with `get`, not 7/,
    )
    expect(() =>
      lazy({ name: 'odd', create: () => correct as never, policy: { failure: 'never' as never } }),
    ).toThrow(/policy `failure` of odd is "never"/)
  })
})

describe('a subject that never gives control back', () => {
  it.each([
    [
      'loops',
      () => {
        for (;;);
      },
    ],
    [
      'floods the microtask queue',
      async () => {
        for (;;) await null
      },
    ],
  ])(
    'has a verdict of its own when it %s, and the next check goes on',
    async (_, flood) => {
      const report = await check(lazy({ name: 'flood', create: () => ({ get: () => flood() as never }) }))
      const verdict = (law: string) => report.verdicts.find((each) => each.law === law)?.verdict
      expect(verdict('hygiene/no-livelock')).toBe('violated')
      expect(verdict('lazy/single-flight')).toBe('unknown')
      expect(hung(report)).toBe(true)
      const next = await check(correct)
      expect(
        next.verdicts.filter(({ verdict, level }) => verdict === 'violated' && level === 'required'),
      ).toEqual([])
    },
    60_000,
  )
})
