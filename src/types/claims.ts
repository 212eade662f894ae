import type { TypeVerdict } from '../core/type-report.js'
import { typeLaws } from './laws.js'

/** Members that tell what is awaitable from what is a promise. */
export const MEMBERS = ['then', 'catch', 'finally'] as const

/**
 * Compares what a type says with what a value of it has, by the laws for it.
 *
 * @param claimed those of `MEMBERS` that the type has for certain
 */
export function compareMembers(claimed: readonly string[], value: unknown): TypeVerdict[] {
  const there = MEMBERS.filter((name) => hasMethod(value, name))
  const absent = claimed.filter((name) => !there.some((member) => member === name))
  const hidden = there.filter((name) => !claimed.includes(name))
  return [
    verdictOn('claims-no-absent-member', absent, 'undefined at run time'),
    verdictOn('hides-no-member', hidden, 'a function at run time'),
  ]
}

const verdictOn = (
  claim: 'claims-no-absent-member' | 'hides-no-member',
  members: readonly string[],
  gives: string,
): TypeVerdict => ({
  law: `types/${claim}`,
  level: typeLaws[claim].level,
  verdict: members.length === 0 ? 'holds' : 'violated',
  ...(members.length === 0
    ? {}
    : {
        counterexample: {
          code: members.map((name) => `x.${name}`).join(', '),
          gives,
        },
      }),
})

function hasMethod(value: unknown, name: string): boolean {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof (value as Record<string, unknown>)[name] === 'function'
}
