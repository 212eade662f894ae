import type { SourceCall, World } from '../src/core/index.js'
import type { Report } from '../src/core/report.js'
import { blame, check, defineProtocol, kind, recordOf, type Suite } from '../src/index.js'
import { enumerationFigures } from './enumeration.js'
import { type Figure, figure, most } from './measure.js'

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }

/** A scenario without a subject, and one order of its completions that is taken for a fault. */
const puzzle = (drive: (world: World) => void, isFault: (order: readonly string[]) => boolean): Suite =>
  defineProtocol({
    name: 'order',
    summary: 'One order of completions.',
    policies: {},
    members: {},
    refines: [],
    kinds: { only: kind({ arbitrary: () => recordOf({}), drive, scope: () => [] }) },
    laws: {
      'is-never-seen': {
        level: 'required',
        statement: 'The order does not come up.',
        source: { kind: 'kit', why: 'bench' },
        hint: '',
        exercised: (h) => h.of('settle').length > 0,
        violation: (h) =>
          isFault(h.of('settle').map(({ actor }) => actor)) ? blame('it came up') : undefined,
      },
    },
  })({ name: 'puzzle' })

/** The same with its one small scope, for enumeration. */
const enumerable = (suite: Suite): Suite => {
  const [part] = suite.parts
  const { only } = part!.protocol.kinds
  const protocol = { ...part!.protocol, kinds: { only: { ...only!, scope: () => [{}] } } }
  const other = { ...part!, protocol }
  return { ...suite, parts: [other], laws: suite.laws.map((entry) => ({ ...entry, part: other })) }
}

const foundAfter = ({ verdicts }: Report): number | undefined => verdicts[0]?.counterexample?.found.afterRuns

/** Six tasks, and one of the 720 orders in which they can end. */
async function oneOrder(): Promise<Figure[]> {
  const names = ['one', 'two', 'three', 'four', 'five', 'six']
  const wanted = ['four', 'one', 'six', 'three', 'five', 'two'].join()
  const drive = (world: World) => {
    for (const name of names) {
      const task = world.source(name, [fulfils])
      void task()
    }
    world.client('A', [])
  }
  const report = await check(enumerable(puzzle(drive, (order) => order.join() === wanted)), {
    exhaustive: true,
    shrink: false,
  })
  const { explored, complete } = report.schedules
  return [
    most('one order of 6 tasks: schedules to exhaust the space', explored, 'schedules', 720, complete),
    most('one order of 6 tasks: schedules to find it', foundAfter(report) ?? Infinity, 'schedules', 720),
  ]
}

/** A task that ends after a chain of ten others: what first-in-first-out and a random walk hardly ever do. */
async function loneTask(): Promise<Figure[]> {
  const chain = Array.from({ length: 10 }, (_, index) => `chain ${index}`)
  const drive = (world: World) => {
    const steps = chain.map((name) => {
      const task = world.source(name, [fulfils])
      return { op: 'next', run: () => task() as PromiseLike<unknown>, afterAnswer: true }
    })
    world.client('A', steps)
    const lone = world.source('lone', [fulfils])
    world.client('B', [{ op: 'lone', run: () => lone() as PromiseLike<unknown> }])
  }
  const suite = puzzle(drive, (order) => order.at(-1) === 'lone' && order.length === 11)
  const ours: number[] = []
  for (let seed = 0; seed < 200; seed++) {
    ours.push(foundAfter(await check(suite, { seed, runs: 1000, shrink: false })) ?? 1000)
  }
  return [most('a lone task after a chain of 10: runs on average over 200 seeds', mean(ours), 'runs', 15)]
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length

/** A race whose window opens only after so many microtasks: found as often as where there are none. */
async function behindMicrotasks(): Promise<Figure[]> {
  const SEEDS = 100
  const found = async (microtasks: number) => {
    const drive = (world: World) => {
      const [first, second, other] = ['first', 'second', 'other'].map((name) => world.source(name, [fulfils]))
      const slow = async () => {
        await first!()
        for (let n = 0; n < microtasks; n++) await null
        await second!()
      }
      world.client('A', [{ op: 'slow', run: slow }])
      world.client('B', [{ op: 'other', run: () => other!() as PromiseLike<unknown> }])
    }
    const suite = puzzle(drive, (order) => order.join() === 'first,second,other')
    let count = 0
    for (let seed = 0; seed < SEEDS; seed++) {
      if (foundAfter(await check(suite, { seed, runs: 4, shrink: false })) !== undefined) count++
    }
    return count
  }
  const none = await found(0)
  const figures: Figure[] = []
  for (const microtasks of [51, 200, 1000]) {
    const count = await found(microtasks)
    figures.push(
      figure(
        `a race behind ${microtasks} microtasks: found in ${SEEDS} seeds, against none`,
        count,
        'seeds',
        count / none,
        1,
      ),
    )
  }
  return figures
}

/** How far the explorer gets, in runs and schedules rather than in seconds. */
export async function explorerFigures(): Promise<Figure[]> {
  return [
    ...(await oneOrder()),
    ...(await loneTask()),
    ...(await behindMicrotasks()),
    ...(await enumerationFigures()),
  ]
}
