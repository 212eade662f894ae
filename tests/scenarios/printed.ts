import type { Mutant } from '../../fixtures/mutant.js'
import { check } from '../../src/index.js'
import { renderFailure, type TextOptions } from '../../src/render/text.js'

/** How the target law of a mutant is reported broken. */
export async function printed({ target, suite }: Mutant, options?: TextOptions): Promise<string> {
  const { seed, subject, verdicts } = await check(suite, { laws: [target] })
  const [verdict] = verdicts
  const law = suite.laws.find(({ id }) => id === target)?.law
  if (!verdict?.counterexample || !law) throw new Error(`${subject} keeps ${target}`)
  const { statement } = law
  const hint = law.level === 'untested' ? '' : law.hint
  return renderFailure({ subject, seed, verdict, law: { statement, hint } }, options)
}
