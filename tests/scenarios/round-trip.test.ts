import { describe, expect, it } from 'vitest'
import { allMutants, allReferences } from '../../fixtures/gallery.js'
import { scenario } from '../../src/index.js'
import { printed } from './printed.js'

const mutants = await allMutants()
const references = await allReferences()

/** Every so many of the mutants of a protocol, each with a law of that protocol as its target. */
const some = (protocol: string, every: number) =>
  mutants
    .filter(({ suite, target }) => suite.protocol === protocol && target.startsWith(`${protocol}/`))
    .filter((_, index) => index % every === 0)
    .map((mutant) => ({ mutant, name: mutant.suite.subject }))

describe.each([
  ['lazy', 3],
  ['memo', 3],
  ['ttl-cache', 3],
  ['lock', 3],
] as const)('a printed run of %s', (protocol, every) => {
  const correct = references.find((suite) => suite.protocol === protocol)!

  it.each(some(protocol, every))('$name breaks the same law by its lanes', async ({ mutant }) => {
    const run = scenario(await printed(mutant))
    const again = await run.on(mutant.suite)
    expect(again).toMatchObject({ by: 'lanes', verdict: 'violated', law: mutant.target })
    const now = await run.on(correct)
    expect(now).toMatchObject({ by: now.verdict === 'not-applicable' ? 'nothing' : 'lanes', broken: [] })
  })
})
