import { deviations } from './choices.js'
import type { Draw } from './generate.js'
import type { Host } from './host.js'
import { probePolicies } from './probe.js'
import type { Suite, SuiteLaw } from './protocol.js'
import { type Origin, parseReplay, printReplay } from './replay.js'
import type { Counterexample, LawVerdict, Report } from './report.js'
import { type Case, type Offence, type Slot, Survey } from './survey.js'
import type { Played } from './world/stage.js'

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
   * Whether to look for shorter runs of what breaks a law, and for a declaration under which it would hold. Default true;
   * a verdict does not depend on it.
   */
  readonly shrink?: boolean
}

/** An option, a law id or a replay string that makes no sense for this suite. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Checks a subject against all laws of its protocol. What it breaks comes with the shortest run found. */
export async function check(host: Host, suite: Suite, options: CheckOptions = {}): Promise<Report> {
  const { seed = DEFAULT_SEED, runs = DEFAULT_RUNS, laws, shrink = true } = options
  validate(suite, { seed, runs, ...(laws ? { laws } : {}) })
  const survey = new Survey(host, suite, seed)
  const wanted = (id: string) => laws === undefined || laws.includes(id)
  await survey.open(wanted)
  await survey.play(runs)
  const cases = new Map(survey.cases.map((one) => [one.entry, one]))
  const verdicts: LawVerdict[] = []
  const declared = shrink && !survey.hung ? await probePolicies(host, survey) : new Map<Case, string>()
  for (const entry of suite.laws.filter(({ id }) => wanted(id))) {
    const one = cases.get(entry)
    const reason = one && declared.get(one)
    verdicts.push({ ...(await judged(survey, entry, one, shrink)), ...(reason ? { reason } : {}) })
  }
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
      total: null,
      complete: false,
      bound: covered(survey),
    },
    verdicts,
  }
}

/** What was covered, in words. */
function covered({ scopes: { scenarios, schedules, complete }, runs }: Survey): string {
  const drawn = `${runs - schedules} drawn`
  if (scenarios === 0) return drawn
  return `${schedules} schedules of ${scenarios} small scenarios${complete ? ' (complete)' : ''}, then ${drawn}`
}

/** What playing a replay string shows. */
export interface Replayed {
  readonly law: SuiteLaw
  /** Undefined when the law holds on that run. */
  readonly counterexample: Counterexample | undefined
}

/** Plays the run that a replay string names, and judges it by the law that it names. */
export async function replay(host: Host, suite: Suite, text: string): Promise<Replayed> {
  const parsed = parseReplay(text)
  if (!parsed)
    throw new UsageError(`'${text}' is no replay string; one looks like 'lazy/single-flight:42:0.3.1'`)
  validate(suite, { seed: parsed.seed, runs: 1, laws: [parsed.law] })
  const survey = new Survey(host, suite, parsed.seed)
  await survey.open((id) => id === parsed.law)
  const [one] = survey.cases
  const slot = survey.slots[parsed.kind]
  const draw = slot && locate(slot, parsed.origin)
  if (!one || !slot || !draw)
    throw new UsageError(`'${text}' names a run that ${suite.subject} does not have`)
  const played = await survey.stage.play(survey.run(slot, draw))
  const blame = one.excused === undefined ? one.law.violation(played.history, one.context) : undefined
  if (!blame) return { law: one.entry, counterexample: undefined }
  const offence: Offence = { slot, origin: parsed.origin, blame, played, draw, afterRuns: 1 }
  return {
    law: one.entry,
    counterexample: counterexample(parsed.seed, one, offence, played.history.events.length, 0),
  }
}

function validate(
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

function locate(slot: Slot, origin: Origin): Draw | undefined {
  if (origin.how === 'drawn') return slot.stream.locate(origin.path)
  const scenario = slot.scope[origin.scope]
  return scenario === undefined ? undefined : { scenario, choices: origin.choices }
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

/** The second pass: shrinks scenario and schedule together for one law, and takes the smallest run there is. */
async function shortest(survey: Survey, one: Case, shrinks: boolean): Promise<Counterexample> {
  const { drawn, enumerated } = one.offences
  const shrunk = drawn && (shrinks ? await shrink(survey, one, drawn) : { offence: drawn, shrinks: 0 })
  const found = [shrunk, enumerated && { offence: enumerated, shrinks: 0 }].filter(
    (each) => each !== undefined,
  )
  const best = found.reduce((a, b) => (weight(b.offence) < weight(a.offence) ? b : a))
  const afterRuns = Math.min(...[drawn, enumerated].flatMap((each) => (each ? [each.afterRuns] : [])))
  const before = (drawn ?? enumerated)!.played.history.events.length
  return counterexample(survey.seed, one, { ...best.offence, afterRuns }, before, best.shrinks)
}

/** Fewer events first, then fewer departures from first-in-first-out. */
const weight = ({ played }: Offence): number => played.history.events.length * 100 + deviations(played.taken)

async function shrink(
  survey: Survey,
  one: Case,
  offence: Offence,
): Promise<{ readonly offence: Offence; readonly shrinks: number }> {
  // A subject that hangs costs its full time limit at every attempt: what was found has to do.
  const hang = offence.played.history.of('hang').length > 0
  if (hang || survey.hung || offence.origin.how !== 'drawn') return { offence, shrinks: 0 }
  const { slot } = offence
  const blames = (played: Played) =>
    played.cutShort && !one.law.judgesCutShort ? undefined : one.law.violation(played.history, one.context)
  const play = (draw: Draw) => survey.stage.play(survey.run(slot, draw))
  const shrunk = await slot.stream.shrink(
    offence.origin.path,
    async (draw) => blames(await play(draw)) !== undefined,
  )
  if (!shrunk) return { offence, shrinks: 0 }
  const played = await play(shrunk.draw)
  const blame = blames(played)
  if (!blame) return { offence, shrinks: 0 }
  const origin = { how: 'drawn', path: shrunk.path } as const
  return { offence: { ...offence, origin, blame, played, draw: shrunk.draw }, shrinks: shrunk.shrinks }
}

function counterexample(
  seed: number,
  one: Case,
  { slot, origin, blame, played, draw, afterRuns }: Offence,
  eventsBefore: number,
  shrinks: number,
): Counterexample {
  return {
    kind: slot.name,
    scenario: draw.scenario,
    choices: played.taken,
    history: played.history.events,
    blame: blame.events.map(({ seq }) => seq),
    shrinks,
    found: { afterRuns, events: eventsBefore },
    message: blame.because,
    replay: printReplay({ law: one.entry.id, seed, kind: slot.ordinal, origin }),
  }
}
