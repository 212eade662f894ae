import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Mutant } from '../../fixtures/mutant.js'
import { future } from '../../properties/future/protocol.js'
import { check } from '../../src/index.js'

const folder = new URL('../../fixtures/mutants/future/', import.meta.url)
const mutants = await Promise.all(
  (await readdir(folder)).sort().map(async (file) => {
    const { default: mutant } = (await import(new URL(file, folder).href)) as { default: Mutant }
    return { file, ...mutant }
  }),
)

describe('the faults of futures', () => {
  it.each(mutants)('$file breaks $target', async ({ file, target, suite }) => {
    const { verdicts } = await check(suite)
    expect(suite.subject).toBe(file.replace('.ts', ''))
    expect(verdicts.find(({ law }) => law === target)?.verdict).toBe('violated')
  })

  it('are at least one for each law', () => {
    const targets = new Set(mutants.map(({ target }) => target))
    expect(Object.keys(future.laws).filter((claim) => !targets.has(`future/${claim}`))).toEqual([])
  })
})
