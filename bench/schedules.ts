import * as fc from 'fast-check'
import { Fixed } from '../src/core/choices.js'
import type { SourceCall } from '../src/core/world/source.js'
import { type Run, Stage } from '../src/core/world/stage.js'
import { detectHost } from '../src/host/host.js'
import { compare, type Figure, figure, type Side } from './measure.js'

const host = detectHost()
const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }

/** Runs in which a client waits for `tasks` tasks that finish in a random order. */
function* runs(tasks: number, count: number): Generator<Run> {
  const random = fc.sample(fc.array(fc.nat(tasks), { minLength: tasks, maxLength: tasks }), {
    seed: 42,
    numRuns: 256,
  })
  for (let index = 0; index < count; index++) {
    yield {
      context: { policy: {}, traits: {} },
      scheduler: new Fixed(random[index % random.length]!),
      drive(world) {
        const task = world.source('task', [fulfils])
        const all = Promise.all(Array.from({ length: tasks }, () => task()))
        world.client('A', [{ op: 'await', run: () => all }])
      },
    }
  }
}

const world =
  (tasks: number, count: number): Side =>
  async () => {
    let played = 0
    await new Stage(host).playAll(runs(tasks, count), () => played++)
    return played
  }

const scheduler =
  (tasks: number, count: number, wait: 'waitFor' | 'waitAll'): Side =>
  async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (s) => {
      const all = Promise.all(Array.from({ length: tasks }, (_, index) => s.schedule(Promise.resolve(index))))
      if (wait === 'waitFor') await s.waitFor(all)
      else await s.waitAll()
      await all
    })
    await fc.assert(property, { numRuns: count, seed: 42 })
    return count
  }

/** Runs per second of a schedule of a few tasks, recorded, against fast-check's scheduler. */
export async function scheduleFigures(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const tasks of [3, 10]) {
    for (const [wait, goal] of [
      ['waitFor', 8],
      ['waitAll', 3],
    ] as const) {
      const { rate, ratio } = await compare(world(tasks, 4000), scheduler(tasks, 1500, wait))
      figures.push(
        figure(`schedules of ${tasks} tasks, against fc.scheduler ${wait}`, rate, 'runs/s', ratio, goal),
      )
    }
  }
  return figures
}
