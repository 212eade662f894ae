import type { Case, Offence } from './case.js'
import { deviations, Fixed, type Option, type Scheduler, trim } from './choices.js'
import { Enumeration } from './explore.js'
import type { Blame } from './law.js'
import type { Swap } from './report.js'
import { scheduler } from './schedulers.js'
import type { Survey } from './survey.js'
import type { Played } from './world/stage.js'

/** How many schedules of one scenario are tried for one with fewer deviations, and for one that passes. */
const SCHEDULES = 120
/** And how many events all of these runs may have together: a crowd's run takes as long as hundreds of others do. */
const MOST_EVENTS = 50_000

/** A shorter run that breaks the same law. */
export interface Shortened {
  readonly offence: Offence
  readonly shrinks: number
}

/** Makes what broke a law smaller for that law alone: first the scenario with its schedule, then the schedule. */
export async function shorten(survey: Survey, one: Case, found: Offence): Promise<Shortened> {
  // A subject that hangs, or from which nothing comes, costs the full time limit at every attempt.
  const slow = found.played.gaveUp || found.played.history.of('hang').length > 0
  if (survey.hung || slow) return { offence: found, shrinks: 0 }
  const { offence, shrinks } = await shrinkScenario(survey, one, found)
  const fewer = await fewestDeviations(survey, one, offence)
  return { offence: fewer ?? offence, shrinks: shrinks + (fewer ? 1 : 0) }
}

async function shrinkScenario(survey: Survey, one: Case, offence: Offence): Promise<Shortened> {
  const { slot, origin } = offence
  if (origin.how !== 'drawn') return { offence, shrinks: 0 }
  const shrunk = await slot.stream.shrink(origin.path, async ({ scenario, schedule }) => {
    const played = await survey.stage.play(survey.run(slot, scenario, scheduler(schedule)))
    return blames(one, played) !== undefined
  })
  if (!shrunk) return { offence, shrinks: 0 }
  const { scenario, schedule } = shrunk.draw
  const played = await survey.stage.play(survey.run(slot, scenario, scheduler(schedule)))
  const blame = blames(one, played)
  if (!blame) return { offence, shrinks: 0 }
  const path = { how: 'drawn', path: shrunk.path } as const
  return { offence: { ...offence, origin: path, blame, played, scenario }, shrinks: shrunk.shrinks }
}

/** The first schedule of a scenario, by number of deviations, that breaks the law with fewer of them. */
async function fewestDeviations(survey: Survey, one: Case, offence: Offence): Promise<Offence | undefined> {
  const most = deviations(offence.played.taken)
  if (most === 0 || offence.origin.how !== 'drawn' || survey.stage.time === 'real') return undefined
  let found: Offence | undefined
  await everySchedule(survey, offence, (played, walk) => {
    if (walk.deviations >= most) return true
    const blame = blames(one, played)
    if (blame) found = withChoices(offence, played, blame)
    return blame !== undefined
  })
  return found ?? (await withoutEach(survey, one, offence))
}

/** Leaves out deviation by deviation, as long as the law stays broken. */
async function withoutEach(survey: Survey, one: Case, offence: Offence): Promise<Offence | undefined> {
  let best: Offence | undefined
  const { taken } = offence.played
  for (let at = taken.length - 1; at >= 0; at--) {
    const current = best?.played.taken ?? taken
    // A run that went another way may have fewer choices.
    if (at >= current.length) continue
    const choices = current.with(at, 0)
    const played = await survey.stage.play(survey.run(offence.slot, offence.scenario, new Fixed(choices)))
    const blame = blames(one, played)
    if (blame && deviations(played.taken) < deviations(current)) {
      best = withChoices(offence, played, blame)
    }
  }
  return best
}

const withChoices = (offence: Offence, played: Played, blame: Blame): Offence => ({
  ...offence,
  origin: { ...offence.origin, choices: played.taken },
  played,
  blame,
})

/** The nearest schedule under which the law holds, and the one choice that makes the difference. */
export async function nearestPassing(survey: Survey, one: Case, offence: Offence): Promise<Swap | undefined> {
  // In real time a schedule costs as much as a whole check does elsewhere.
  if (survey.hung || survey.stage.time === 'real') return undefined
  const { taken } = offence.played
  const passing =
    deviations(taken) > 0 ? await reverting(survey, one, offence) : await departing(survey, one, offence)
  if (!passing) return undefined
  const at = passing.findIndex((pick, index) => pick !== (taken[index] ?? 0))
  const difference = at >= 0 ? at : passing.length
  const noting = new Noting(taken, difference)
  const run = survey.run(offence.slot, offence.scenario, noting)
  await survey.stage.play({
    ...run,
    drive(world) {
      noting.step = () => world.step
      run.drive(world)
    },
  })
  const { seen } = noting
  const instead = seen?.options[passing[difference] ?? 0]
  const first = seen?.options[taken[difference] ?? 0]
  if (!seen || !instead || !first) return undefined
  return { step: seen.step, taken: first.words, instead: instead.words, choices: passing }
}

/** Of a run that departs from first-in-first-out, one that departs once less. */
async function reverting(survey: Survey, one: Case, { slot, scenario, played }: Offence) {
  const passing = new Passing(one)
  for (let at = played.taken.length - 1; at >= 0 && !passing.sure; at--) {
    if (played.taken[at] === 0) continue
    const choices = trim(played.taken.with(at, 0))
    passing.consider(choices, await survey.stage.play(survey.run(slot, scenario, new Fixed(choices))))
  }
  return passing.choices
}

/** Of a run in first-in-first-out order, one that departs once. */
async function departing(survey: Survey, one: Case, offence: Offence) {
  const passing = new Passing(one)
  await everySchedule(survey, offence, (played, walk) => {
    if (walk.deviations > 1) return true
    passing.consider(trim(walk.picks), played)
    return passing.sure
  })
  return passing.choices
}

/** The first run that keeps a law: rather one with something to judge, or else one in which it never comes to that. */
class Passing {
  choices: readonly number[] | undefined
  sure = false
  readonly #one: Case

  constructor(one: Case) {
    this.#one = one
  }

  consider(choices: readonly number[], played: Played): void {
    if (played.cutShort || blames(this.#one, played)) return
    this.sure = this.#one.law.exercised(played.history, this.#one.context)
    if (this.sure) this.choices = choices
    else this.choices ??= choices
  }
}

/** Plays the schedules of a scenario in order of their deviations, until told to stop. */
async function everySchedule(
  survey: Survey,
  { slot, scenario }: Offence,
  done: (played: Played, walk: { readonly deviations: number; readonly picks: readonly number[] }) => boolean,
): Promise<void> {
  const enumeration = new Enumeration()
  let stopped = false
  let walk = enumeration.next()
  const runs = function* () {
    for (let count = 0; walk && !stopped && count < SCHEDULES; count++) {
      yield survey.run(slot, scenario, walk)
      enumeration.played(walk)
      walk = enumeration.next()
    }
  }
  let events = 0
  await survey.stage.playAll(runs(), (played) => {
    events += played.history.events.length
    stopped ||= done(played, walk!) || events > MOST_EVENTS
  })
}

function blames({ law, context }: Case, { cutShort, gaveUp, history }: Played): Blame | undefined {
  return gaveUp || (cutShort && !law.judgesCutShort) ? undefined : law.violation(history, context)
}

/** Plays given choices, and notes what there was to choose from at one of them. */
class Noting implements Scheduler {
  seen: { readonly step: number; readonly options: readonly Option[] } | undefined
  step = (): number => 0
  readonly #fixed: Fixed
  readonly #at: number
  #count = 0

  constructor(choices: readonly number[], at: number) {
    this.#fixed = new Fixed(choices)
    this.#at = at
  }

  pick(options: readonly Option[]): number {
    if (this.#count++ === this.#at) this.seen = { step: this.step(), options: [...options] }
    return this.#fixed.pick(options)
  }

  inject(limit: number): number {
    this.#count++
    return this.#fixed.inject(limit)
  }
}
