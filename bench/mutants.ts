import * as fc from 'fast-check'
import type { Mutant } from '../fixtures/mutant.js'
import { check } from '../src/index.js'
import { lawsByHand } from './by-hand/laws.js'
import { CHOSEN } from './chosen.js'
import { type Figure, figure } from './measure.js'
import { removable } from './minimal.js'

const SEEDS = 10
/** How many runs each side has to find a mutant; one that it does not find counts as this many. */
const RUNS = 300

/** How many runs it took, seed by seed. */
type Found = readonly (number | undefined)[]

/** One mutant, as either side found it. */
export interface Contest {
  readonly mutant: string
  readonly ours: Found
  readonly byHand: Found
  /** Scenarios that are smaller than that of the counterexample and break the law as well. */
  readonly removable: readonly unknown[]
}

const seeds = Array.from({ length: SEEDS }, (_, seed) => seed)

async function findOurs({ target, suite }: Mutant): Promise<Found> {
  const found: (number | undefined)[] = []
  for (const seed of seeds) {
    const { verdicts } = await check(suite, { laws: [target], seed, runs: RUNS, shrink: false })
    found.push(verdicts[0]?.counterexample?.found.afterRuns)
  }
  return found
}

async function findByHand({ target, suite }: Mutant): Promise<Found> {
  const property = lawsByHand[target]!(suite.parts[0]!.adapter as never)
  const found: (number | undefined)[] = []
  for (const seed of seeds) {
    const { failed, numRuns } = await fc.check(property, { seed, numRuns: RUNS, endOnFailure: true })
    found.push(failed ? numRuns : undefined)
  }
  return found
}

/** Has all mutants found by the kit, and by a property for the same law that is written by hand. */
export async function contests(): Promise<Contest[]> {
  const ignore = () => {}
  // What a subject with a fault leaves unhandled is none of a property's business.
  process.on('unhandledRejection', ignore)
  const all: Contest[] = []
  try {
    for (const path of CHOSEN) {
      const url = new URL(`../fixtures/mutants/${path}.js`, import.meta.url)
      const { default: mutant } = (await import(url.href)) as { default: Mutant }
      const { suite, target } = mutant
      const { counterexample } = (await check(suite, { laws: [target] })).verdicts[0]!
      const less = counterexample ? await removable(suite, target, counterexample) : ['there is none']
      const ours = await findOurs(mutant)
      all.push({ mutant: path, ours, byHand: await findByHand(mutant), removable: less })
    }
  } finally {
    process.off('unhandledRejection', ignore)
  }
  return all
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2
}

const runs = (found: Found): number => median(found.map((each) => each ?? RUNS))
const everFound = (found: Found): boolean => found.some((each) => each !== undefined)

/** Thirty faults: how soon they are found, against properties written by hand, and how small they are told. */
export async function mutantFigures(): Promise<Figure[]> {
  const all = await contests()
  const count = all.length
  const ours = all.filter((each) => everFound(each.ours)).length
  const byHand = all.filter((each) => everFound(each.byHand)).length
  const minimal = all.filter(({ removable }) => removable.length === 0).length
  const ratio = median(all.map((each) => runs(each.byHand) / runs(each.ours)))
  const hard = all.filter((each) => runs(each.byHand) > 5)
  const hardRatio = median(hard.map((each) => runs(each.byHand) / runs(each.ours)))
  const soon = median(all.map((each) => runs(each.ours)))
  return [
    figure(`${count} mutants: median runs to find one, by hand against ours`, soon, 'runs', ratio, 5),
    figure(
      `the ${hard.length} of them that take more than 5 runs by hand: the same`,
      median(hard.map((each) => runs(each.ours))),
      'runs',
      hardRatio,
      5,
    ),
    figure(`${count} mutants: found in ${RUNS} runs, of ${byHand} by hand`, ours, 'mutants', ours / count, 1),
    figure(`${count} mutants: told without a step too many`, minimal, 'mutants', minimal / count, 1),
  ]
}
