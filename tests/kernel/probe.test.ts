import { describe, expect, it } from 'vitest'
import { check, type LazyPolicy, lazy, type Report } from '../../src/index.js'
import { renderFailure } from '../../src/render/text.js'

type Factory = () => unknown

/** Keeps a failure as it keeps a value. */
const keeps = (factory: Factory) => {
  let flight: Promise<unknown> | undefined
  return { get: () => (flight ??= (async () => factory())()) }
}

/** Runs as many factories as there are who ask. */
const runsEach = (factory: Factory) => ({ get: async () => factory() })

const report = (
  create: (factory: Factory) => { get(): Promise<unknown> },
  policy: Partial<LazyPolicy> = {},
) => check(lazy({ name: 'subject', create, policy }))

const reasons = ({ verdicts }: Report) =>
  Object.fromEntries(
    verdicts.flatMap(({ law, verdict, reason }) => (verdict === 'violated' ? [[law, reason]] : [])),
  )

describe('a policy', () => {
  it('that is declared and not kept is told, with the one that is', async () => {
    expect(reasons(await report(keeps))['lazy/retries-after-a-failure']).toBe(
      "declares failure: 'retry', behaves like 'cache'",
    )
  })

  it('that is kept breaks nothing', async () => {
    expect(reasons(await report(keeps, { failure: 'cache' }))).not.toHaveProperty('lazy/keeps-a-failure')
  })

  it('is not to blame for a fault that no declaration excuses', async () => {
    expect(reasons(await report(runsEach))).toHaveProperty('lazy/single-flight', undefined)
  })

  it('stands in the text of the failure', async () => {
    const { seed, verdicts } = await report(keeps)
    const verdict = verdicts.find(({ law }) => law === 'lazy/retries-after-a-failure')!
    const text = renderFailure({ subject: 'subject', seed, verdict, law: undefined })
    expect(text).toContain("policy   declares failure: 'retry', behaves like 'cache'")
  })
})
