import type { Case } from './case.js'
import type { Host } from './host.js'
import type { Policy } from './law.js'
import type { Part, Suite } from './protocol.js'
import { Survey } from './survey.js'

/** How many runs tell whether a subject behaves as another value of a policy says. */
const RUNS = 100

/** Another value of one policy, as a subject might have declared it. */
interface Alternative {
  readonly part: Part
  readonly key: string
  readonly value: unknown
}

/**
 * Compares what a subject declares with what it does: where a law is broken as declared and would hold under another
 * value of a policy, that is what to tell. The result is by law.
 */
export async function probePolicies(host: Host, survey: Survey): Promise<ReadonlyMap<Case, string>> {
  const broken = survey.cases.filter(isBroken)
  const findings = new Map<Case, string>()
  const tried = new Map<string, readonly Case[]>()
  for (const one of broken) {
    for (const alternative of alternatives(one)) {
      const { part, key, value } = alternative
      const id = `${part.protocol.name}.${key}=${String(value)}`
      const outcome = tried.get(id) ?? (await surveyed(host, survey, alternative))
      tried.set(id, outcome)
      if (!explains(outcome, survey, one)) continue
      findings.set(one, `declares ${key}: ${show(part.policy[key])}, behaves like ${show(value)}`)
      break
    }
  }
  return findings
}

const isBroken = ({ offences }: Case): boolean => Boolean(offences.drawn ?? offences.enumerated)
const show = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

/** Values under which the very run that broke the law would not: nothing else is worth a survey. */
function alternatives({ entry: { part }, law, offences }: Case): Alternative[] {
  const { history } = (offences.enumerated ?? offences.drawn)!.played
  const { traits } = (offences.enumerated ?? offences.drawn)!.slot.context
  return Object.entries(part.protocol.policies).flatMap(([key, { values = [] }]) =>
    values
      .filter((value) => value !== part.policy[key])
      .filter((value) => {
        const context = { policy: { ...part.policy, [key]: value }, traits }
        return (law.appliesWhen?.(context) ?? true) !== true || !law.violation(history, context)
      })
      .map((value) => ({ part, key, value })),
  )
}

/** What becomes of the laws of a part when one of its policies had another value. */
async function surveyed(
  host: Host,
  { suite, seed, cases }: Survey,
  { part, key, value }: Alternative,
): Promise<readonly Case[]> {
  const wanted = new Set(cases.filter(({ entry }) => entry.part === part).map(({ entry }) => entry.id))
  const other = new Survey(host, declaring(suite, part, { ...part.policy, [key]: value }), seed)
  await other.open((id) => wanted.has(id))
  await other.play(RUNS)
  await other.stage.close()
  return other.hung ? [] : other.cases
}

function declaring(suite: Suite, part: Part, policy: Policy): Suite {
  const other: Part = { ...part, policy }
  const swap = (each: Part): Part => (each === part ? other : each)
  return {
    ...suite,
    parts: suite.parts.map(swap),
    laws: suite.laws.map((entry) => ({ ...entry, part: swap(entry.part) })),
  }
}

/**
 * Whether another declaration explains a broken law: nothing else breaks under it, and something was seen to hold that
 * is not so as declared. A law that is merely switched off proves nothing.
 */
function explains(outcome: readonly Case[], { cases }: Survey, one: Case): boolean {
  const before = new Map(cases.map((each) => [each.entry.id, each]))
  const now = outcome.find(({ entry }) => entry.id === one.entry.id)
  if (!now || isBroken(now)) return false
  if (outcome.some((each) => isBroken(each) && !isBroken(before.get(each.entry.id)!))) return false
  const shown = (each: Case) => each.excused === undefined && each.exercised > 0
  return shown(now) || outcome.some((each) => shown(each) && before.get(each.entry.id)?.excused !== undefined)
}
