import { check, DEFAULT_RUNS, DEFAULT_SEED } from '../core/check.js'
import type { Host } from '../core/host.js'
import { probePolicies } from '../core/probe.js'
import type { Adapter, AnyProtocol, Catalogue, Suite } from '../core/protocol.js'
import type { LawVerdict } from '../core/report.js'
import { Survey } from '../core/survey.js'
import type { Declared } from './shape.js'

/** How an adapter fared when it was held to a protocol for a little while. */
export interface Trial {
  /** Required laws of the protocol and of those that it refines, by what became of them. */
  readonly held: number
  readonly broken: readonly string[]
  /** How many recommended laws are broken. */
  readonly unadvised: number
  /** The required ones among the protocol's own laws. */
  readonly own: {
    readonly held: readonly string[]
    readonly broken: readonly string[]
    readonly idle: number
  }
}

/** Enough to exercise most laws, and little enough to try dozens of adapters. */
export const FEW_RUNS = 20
/**
 * As many as a check makes by itself: what is found out about policies must not depend on a law that fewer runs do not
 * reach.
 */
export const RUNS_OF_A_CHECK = DEFAULT_RUNS
/** How often what was found out about a policy may lead to more. */
const ROUNDS = 4

/** What adapters are tried in. */
export interface Bench {
  readonly host: Host
  readonly catalogue: Catalogue
}

/** Holds an adapter to a protocol; undefined where it does not fit the contract. */
export async function attempt(
  { host, catalogue }: Bench,
  protocol: AnyProtocol,
  adapter: Adapter,
  runs: number,
): Promise<Trial | undefined> {
  let verdicts: readonly LawVerdict[]
  try {
    verdicts = (await check(host, catalogue.suite(protocol, adapter), { runs, shrink: false })).verdicts
  } catch {
    return undefined
  }
  const required = verdicts.filter(({ level }) => level === 'required')
  const own = required.filter(({ law }) => law.startsWith(`${protocol.name}/`))
  return {
    held: ids(required, 'holds').length,
    broken: ids(required, 'violated'),
    unadvised: ids(
      verdicts.filter(({ level }) => level === 'recommended'),
      'violated',
    ).length,
    own: {
      held: ids(own, 'holds'),
      broken: ids(own, 'violated'),
      idle: ids(own, 'unexercised').length + ids(own, 'unknown').length,
    },
  }
}

const ids = (verdicts: readonly LawVerdict[], verdict: LawVerdict['verdict']): string[] =>
  verdicts.filter((each) => each.verdict === verdict).map(({ law }) => law)

/** The policies that a subject behaves by, where it breaks laws by those that are declared. */
export async function declare(
  bench: Bench,
  protocol: AnyProtocol,
  adapter: Adapter,
  before: Trial,
  runs: number,
): Promise<{ readonly policy: Declared; readonly trial: Trial }> {
  let policy = (adapter.policy ?? {}) as Declared
  let trial = before
  for (let round = 0; round < ROUNDS && trial.own.broken.length > 0; round++) {
    const found = await findings(bench, protocol, { ...adapter, policy })
    const next = { ...policy, ...found }
    const then =
      Object.keys(found).length > 0 && (await attempt(bench, protocol, { ...adapter, policy: next }, runs))
    if (!then || then.own.broken.length >= trial.own.broken.length) break
    policy = next
    trial = then
  }
  return { policy, trial }
}

/** What the kit itself says of undeclared policies: `declares failure: 'retry', behaves like 'cache'`. */
async function findings(
  { host, catalogue }: Bench,
  protocol: AnyProtocol,
  adapter: Adapter,
): Promise<Declared> {
  const suite = catalogue.suite(protocol, adapter)
  const told = await surveyed(host, suite)
  const found = Object.entries(protocol.policies).flatMap(([key, { values = [] }]) => {
    const lines = told.filter((line) => line.startsWith(`declares ${key}: `))
    const value = values.find((each) => lines.some((line) => line.endsWith(`behaves like ${shown(each)}`)))
    return value === undefined ? [] : [[key, value] as const]
  })
  return Object.fromEntries(found) as Declared
}

const shown = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

async function surveyed(host: Host, suite: Suite): Promise<readonly string[]> {
  const survey = new Survey(host, suite, DEFAULT_SEED)
  try {
    await survey.open(() => true)
    await survey.play(RUNS_OF_A_CHECK)
    return survey.hung ? [] : [...(await probePolicies(host, survey)).values()]
  } finally {
    await survey.stage.close()
  }
}
