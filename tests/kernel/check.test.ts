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

  it('ends soon after a law is broken of which that says enough', async () => {
    const law = 'lazy/single-flight'
    const early = await check(flagged.suite, { until: [law] })
    expect(early.verdicts.find((each) => each.law === law)?.verdict).toBe('violated')
    expect(early.runs).toBeLessThan((await check(flagged.suite)).runs / 2)
    const kept = await check(correct, { until: [law] })
    expect(kept.runs).toBe((await check(correct)).runs)
  })

  it('plays everything where it is exhaustive, and does not end early', async () => {
    const asked = { until: ['lazy/single-flight'], exhaustive: true }
    await expect(check(correct, asked)).rejects.toThrow(UsageError)
    await expect(check(correct, { until: ['lazy/nope'] })).rejects.toThrow('has no law lazy/nope')
  })

  it('hands a subject the same random numbers at every play of a scenario, and others in another one', async () => {
    const drawn = async (): Promise<number[][]> => {
      const runs: number[][] = []
      const create = (factory: () => unknown) => {
        const own: number[] = []
        runs.push(own)
        return {
          async get() {
            own.push(Math.random(), Math.random())
            return factory()
          },
        }
      }
      await check(lazy({ name: 'dicing', create }), { runs: 40, shrink: false })
      return runs.filter(({ length }) => length > 0)
    }
    const [first, again] = [await drawn(), await drawn()]
    expect(again).toEqual(first)
    expect(new Set(first.map(([number]) => number)).size).toBeGreaterThan(10)
    expect(first.every(([a, b]) => a !== b && a! >= 0 && a! < 1)).toBe(true)
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
