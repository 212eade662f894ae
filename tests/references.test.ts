import { describe, expect, it } from 'vitest'
import { openReference, referencePaths } from '../fixtures/gallery.js'
import { check } from '../src/index.js'

/** Another one than the default, which the self-test goes by. */
const SEED = 1

const paths = await referencePaths()
const suites = (await Promise.all(paths.map(openReference))).flatMap((reference) => reference.suites)

describe('at the default budget', () => {
  it.each(suites.map((suite) => [`${suite.subject} (${suite.protocol})`, suite] as const))(
    '%s breaks no law that is more than advice',
    async (_, suite) => {
      const { verdicts } = await check(suite, { seed: SEED, shrink: false })
      const accusing = verdicts.filter(
        ({ verdict, level }) => verdict === 'violated' && level !== 'recommended',
      )
      expect(accusing).toEqual([])
      expect(verdicts.filter(({ verdict }) => verdict === 'unknown')).toEqual([])
    },
  )
})
