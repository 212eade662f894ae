import type { Case, Offence } from './case.js'
import { deviations } from './choices.js'
import { REDUCED, UNREDUCED } from './explore.js'
import type { Host } from './host.js'
import { probePolicies } from './probe.js'
import type { ScopeSize, Suite, SuiteLaw } from './protocol.js'
import { printReplay } from './replay.js'
import type { Counterexample, LawVerdict, Report, Swap } from './report.js'
import { nearestPassing, type Shortened, shorten } from './shorten.js'
import { type Scope, Survey } from './survey.js'

/** The seed of a check that names none, so that two runs of one program agree. */
export const DEFAULT_SEED = 42
/** How many scenarios a check draws unless told otherwise. */
export const DEFAULT_RUNS = 300

export interface CheckOptions {
  /** Where the draws begin. Default 42. */
  readonly seed?: number
  /**
   * How many scenarios to draw for each protocol of the suite. Default 300; laws exercised too seldom may get up to
   * twice as many on top.
   */
  readonly runs?: number
  /** Ids of the laws to check; all of them by default. */
  readonly laws?: readonly string[]
  /**
   * Ids of laws of which one that is broken says enough: as many runs again as that took are played, for what else they
   * show, and no more; none where each takes real time. By default a check plays all its runs.
   */
  readonly until?: readonly string[]
  /**
   * Whether to look for shorter runs of what breaks a law, and for a declaration under which it would hold. Default true;
   * a verdict does not depend on it.
   */
  readonly shrink?: boolean
  /**
   * Tries every schedule of the protocol's small scenarios and draws none, so that what holds is proved for that scope.
   * Default false.
   */
  readonly exhaustive?: boolean
  /** How large those scenarios are. Default: as small as the protocol has them. */
  readonly scope?: ScopeSize
  /**
   * Whether an exhaustive check takes the order of clients that do the same, and of actions on different keys, for no
   * difference. Default true.
   */
  readonly reduce?: boolean
}

/** An exhaustive check gives up on a scenario that has more schedules than these, and says so. */
const MOST_SCHEDULES = 500_000

/** An option, a law id or a replay string that makes no sense for this suite. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Checks a subject against all laws of its protocol. What it breaks comes with the shortest run found. */
export async function check(host: Host, suite: Suite, options: CheckOptions = {}): Promise<Report> {
  const { seed = DEFAULT_SEED, runs = DEFAULT_RUNS, laws, until, exhaustive = false } = options
  validate(suite, { seed, runs, laws: [...(laws ?? []), ...(until ?? [])] })
  if (exhaustive && until) {
    throw new UsageError('an exhaustive check plays everything: leave out `until` or `exhaustive`')
  }
  const survey = new Survey(host, suite, seed, {
    ...(exhaustive ? { scope: scopeOf(options) } : {}),
    ...(until ? { until } : {}),
  })
  try {
    const wanted = (id: string) => laws === undefined || laws.includes(id)
    await survey.open(wanted)
    if (exhaustive) await enumerate(survey)
    else await survey.play(runs)
    return await reported(host, survey, wanted, options)
  } finally {
    await survey.stage.close()
  }
}

async function reported(
  host: Host,
  survey: Survey,
  wanted: (id: string) => boolean,
  { shrink = true, exhaustive = false }: CheckOptions,
): Promise<Report> {
  const { suite, seed } = survey
  const cases = new Map(survey.cases.map((one) => [one.entry, one]))
  const verdicts: LawVerdict[] = []
  const declared =
    shrink && !exhaustive && !survey.hung ? await probePolicies(host, survey) : new Map<Case, string>()
  for (const entry of suite.laws.filter(({ id }) => wanted(id))) {
    const one = cases.get(entry)
    const reason = one && declared.get(one)
    verdicts.push({ ...(await judged(survey, entry, one, shrink)), ...(reason ? { reason } : {}) })
  }
  const complete = exhaustive && survey.scopes.complete && !survey.hung
  return {
    subject: suite.subject,
    protocol: suite.protocol,
    seed,
    runtime: host.runtime,
    drain: survey.stage.drain,
    clock: survey.stage.time,
    runs: survey.runs,
    schedules: {
      explored: survey.runs,
      total: complete ? survey.runs : null,
      complete,
      bound: exhaustive ? enumerated(survey) : covered(survey),
    },
    verdicts,
  }
}

/** The scope that options ask to be enumerated. */
export const scopeOf = ({ scope = {}, reduce = true }: CheckOptions): Scope => ({
  size: scope,
  reduction: reduce ? REDUCED : UNREDUCED,
  limit: MOST_SCHEDULES,
})

async function enumerate(survey: Survey): Promise<void> {
  if (!survey.slots.some(({ scope }) => scope.length > 0)) {
    const { protocol } = survey.suite
    throw new UsageError(`${protocol} has no small scope to enumerate; check it without \`exhaustive\``)
  }
  await survey.enumerate()
}

/** What an exhaustive check covered, in words. */
function enumerated({ scopes, scope: { size, reduction } }: Survey): string {
  const { scenarios, schedules, complete } = scopes
  const sizes = Object.entries(size).map(
    ([name, count]) => `${count} ${count === 1 ? name.replace(/s$/, '') : name}`,
  )
  const of = sizes.length > 0 ? sizes.join(', ') : `${scenarios} small scenarios`
  const once = reduction.symmetry ? ', up to symmetry' : ''
  const count = schedules.toLocaleString('en')
  return complete
    ? `${count} of ${count} schedules (complete for ${of}${once})`
    : `${count} schedules of more (not complete for ${of})`
}

/** What was covered, in words. */
function covered({ scopes: { scenarios, schedules, complete }, runs }: Survey): string {
  const drawn = `${runs - schedules} drawn`
  if (scenarios === 0) return drawn
  return `${schedules} schedules of ${scenarios} small scenarios${complete ? ' (complete)' : ''}, then ${drawn}`
}

/** Refuses what makes no sense for a suite. */
export function validate(
  suite: Suite,
  { seed, runs, laws }: { readonly seed: number; readonly runs: number; readonly laws?: readonly string[] },
): void {
  if (!Number.isSafeInteger(seed)) throw new UsageError(`the seed must be an integer, not ${seed}`)
  if (!Number.isSafeInteger(runs) || runs < 1)
    throw new UsageError(`runs must be a positive integer, not ${runs}`)
  const ids = new Set(suite.laws.map(({ id }) => id))
  const unknown = laws?.find((id) => !ids.has(id))
  if (unknown !== undefined) {
    throw new UsageError(
      `${suite.subject} (${suite.protocol}) has no law ${unknown}; \`lawful list\` names them all`,
    )
  }
}

async function judged(
  survey: Survey,
  { id, law }: SuiteLaw,
  one: Case | undefined,
  shrinks: boolean,
): Promise<LawVerdict> {
  const { level } = law
  if (level === 'untested' || !one) {
    const reason = 'reason' in law ? law.reason : 'not asked for'
    return { law: id, level, verdict: 'unexercised', exercised: 0, reason }
  }
  if (one.excused !== undefined) {
    return { law: id, level, verdict: 'not-applicable', exercised: 0, reason: one.excused }
  }
  const { exercised } = one
  if (one.offences.drawn || one.offences.enumerated) {
    const counterexample = await shortest(survey, one, shrinks)
    return { law: id, level, verdict: 'violated', exercised, counterexample }
  }
  if (survey.hung) {
    return {
      law: id,
      level,
      verdict: 'unknown',
      exercised,
      reason: 'the subject hung, and nothing more was played',
    }
  }
  if (!survey.scopes.complete && survey.scope.limit === MOST_SCHEDULES) {
    const reason = `a scenario has more than ${MOST_SCHEDULES.toLocaleString('en')} schedules`
    return { law: id, level, verdict: 'unknown', exercised, reason }
  }
  if (exercised > 0) return { law: id, level, verdict: 'holds', exercised }
  return survey.cutShort > 0
    ? {
        law: id,
        level,
        verdict: 'unknown',
        exercised,
        reason: `${survey.cutShort} runs exceeded their steps`,
      }
    : { law: id, level, verdict: 'unexercised', exercised, reason: 'no run met what the law is about' }
}

/** The second pass: makes the run shorter for one law, and takes the smallest there is. */
async function shortest(survey: Survey, one: Case, shrinks: boolean): Promise<Counterexample> {
  const { drawn, enumerated } = one.offences
  const found = [drawn, enumerated].filter((each) => each !== undefined)
  // What is simpler to draw may have more events, so that what was found stays in the running.
  const short: Shortened[] = found.map((offence) => ({ offence, shrinks: 0 }))
  if (shrinks) for (const offence of found) short.push(await shorten(survey, one, offence))
  const best = short.reduce((a, b) => (weight(b.offence) <= weight(a.offence) ? b : a))
  const first = found.reduce((a, b) => (b.afterRuns < a.afterRuns ? b : a))
  const swap = shrinks ? await nearestPassing(survey, one, best.offence) : undefined
  const events = (drawn ?? enumerated)!.played.history.events.length
  const offence = { ...best.offence, afterRuns: first.afterRuns, by: first.by }
  return counterexample(survey.seed, offence, one, { events, shrinks: best.shrinks, swap })
}

/** Fewer events first, then fewer departures from first-in-first-out. */
const weight = ({ played }: Offence): number => played.history.events.length * 100 + deviations(played.taken)

/** What broke a law, as a report tells it. */
export function counterexample(
  seed: number,
  { slot, origin, blame, played, scenario, by, afterRuns }: Offence,
  one: Case,
  {
    events,
    shrinks,
    swap,
  }: { readonly events: number; readonly shrinks: number; readonly swap: Swap | undefined },
): Counterexample {
  return {
    kind: slot.name,
    scenario,
    choices: played.taken,
    history: played.history.events,
    blame: blame.events.map(({ seq }) => seq),
    shrinks,
    found: { afterRuns, events, by },
    ...(swap ? { swap } : {}),
    message: blame.because,
    replay: printReplay({ law: one.entry.id, seed, kind: slot.ordinal, origin }),
  }
}
