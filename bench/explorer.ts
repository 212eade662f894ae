import { Lazy } from '../src/awaitables/index.js'
import type { SourceCall, World } from '../src/core/index.js'
import type { Report } from '../src/core/report.js'
import { blame, check, defineProtocol, kind, lazy, recordOf, type Suite } from '../src/index.js'
import { compare, type Figure, figure, most, type Side } from './measure.js'

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

/** Everything that five clients and two failures can do to a lazy value, with and without symmetry. */
async function symmetry(): Promise<Figure[]> {
  const suite = lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) })
  const scope = { clients: 5, failures: 2 }
  const all = await check(suite, { exhaustive: true, scope, reduce: false })
  const once = await check(suite, { exhaustive: true, scope })
  const factor = all.schedules.explored / once.schedules.explored
  const { explored } = once.schedules
  const complete = all.schedules.complete && once.schedules.complete
  const name = `lazy, 5 clients, 2 failures: schedules, of ${all.schedules.explored} without symmetry`
  return [{ ...figure(name, explored, 'schedules', factor, 1), met: complete && factor > 1 }]
}

/** Schedules of a lazy value enumerated per second, against the same orders played by bare code. */
async function enumerated(): Promise<Figure[]> {
  const clients = 5
  const suite = lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) })
  const ours: Side = async () => {
    const scope = { clients, failures: 2 }
    return (await check(suite, { exhaustive: true, scope, reduce: false })).schedules.explored
  }
  const bare: Side = () => bareSchedules(clients, 2)
  // Bare code is to be at most four times as fast.
  const { rate, ratio } = await compare(ours, bare)
  return [figure('lazy: schedules enumerated, against bare code', rate, 'schedules/s', ratio, 0.25)]
}

/** Every order in which clients come and flights end, each on a new lazy value, judged by hand for single flight. */
async function bareSchedules(clients: number, failures: number): Promise<number> {
  let count = 0
  const play = async (picks: readonly number[]): Promise<readonly number[]> => {
    const pending: ((() => void) | undefined)[] = []
    let calls = 0
    let open = 0
    let overlap = false
    const subject = new Lazy(() => {
      const fails = calls++ < failures
      if (++open > 1) overlap = true
      return new Promise<number>((resolve, reject) => {
        pending.push(() => {
          open--
          if (fails) reject(new Error('no'))
          else resolve(calls)
        })
      })
    })
    const arities: number[] = []
    let left = clients
    for (let at = 0; left > 0 || pending.length > 0; at++) {
      const enabled = left + pending.length
      const pick = picks[at] ?? 0
      arities.push(enabled)
      if (pick < left) {
        left--
        subject.then(
          () => {},
          () => {},
        )
      } else {
        pending.splice(pick - left, 1)[0]!()
      }
      await null
      await null
      await null
      await null
    }
    if (overlap) throw new Error('two at once')
    return arities
  }
  const queue: number[][] = [[]]
  for (let picks = queue.pop(); picks; picks = queue.pop()) {
    const arities = await play(picks)
    count++
    for (let at = picks.length; at < arities.length; at++) {
      for (let pick = 1; pick < arities[at]!; pick++) {
        queue.push([...picks, ...Array<number>(at - picks.length).fill(0), pick])
      }
    }
  }
  return count
}

/** How far the explorer gets, in runs and schedules rather than in seconds. */
export async function explorerFigures(): Promise<Figure[]> {
  return [
    ...(await oneOrder()),
    ...(await loneTask()),
    ...(await behindMicrotasks()),
    ...(await symmetry()),
    ...(await enumerated()),
  ]
}
