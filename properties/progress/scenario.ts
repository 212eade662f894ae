import {
  AdapterError,
  type Arbitrary,
  array,
  constant,
  integer,
  isThenable,
  type Kind,
  kind,
  oneof,
  option,
  record,
  type SourceCall,
  type SourcePolicy,
  type Step,
  sourceCall,
  valueName,
  type World,
} from '../../src/core/index.js'
import type { ProgressAdapter, ProgressOptions, ProgressPolicy } from './contract.js'

interface Scenario {
  /** How each step goes. */
  readonly steps: readonly SourceCall[]
  /** Which report is answered with a throw, counted from 0, and of what; none where it is null. */
  readonly throws: { readonly at: number; readonly name: string } | null
}

const step = (source: SourcePolicy): Arbitrary<SourceCall> =>
  oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: sourceCall(source, { outcome: 'fulfil' }) },
    { weight: 1, arbitrary: sourceCall(source) },
  )

const reported = (source: SourcePolicy): Arbitrary<Scenario> =>
  record({ steps: array(step(source), { maxLength: 5 }), throws: constant(null) })

const interrupted = (source: SourcePolicy): Arbitrary<Scenario> =>
  record({
    steps: array(step(source), { minLength: 1, maxLength: 4 }),
    throws: option(record({ at: integer({ min: 0, max: 3 }), name: valueName() }), { freq: 8 }),
  })

/** What reports are answered with. */
interface Reply {
  readonly at: number
  readonly value: unknown
}

function drive(world: World<ProgressPolicy>, adapter: ProgressAdapter, { steps, throws }: Scenario): void {
  // Beyond the last step there is nothing to do; a subject that goes on is seen to do so.
  const plans: readonly SourceCall[] =
    steps.length > 0 ? steps : [{ give: 'promise', outcome: 'fulfil', value: 'fresh' }]
  const detail = ([index]: readonly unknown[]) => (typeof index === 'number' ? { index } : {})
  const source = world.source('step', plans, { detail })
  const reply = throws ? { at: throws.at, value: world.reason(throws.name) } : undefined
  world.client('A', [
    toStep(world, adapter, { steps: steps.length, step: source as ProgressOptions['step'] }, reply),
  ])
}

function toStep(
  world: World<ProgressPolicy>,
  adapter: ProgressAdapter,
  options: Omit<ProgressOptions, 'onProgress'>,
  reply: Reply | undefined,
): Step {
  const run = (id: number) => {
    let reports = 0
    const onProgress = (percent: number) => {
      const thrown = reply && reply.at === reports++ ? { throws: world.note(reply.value).id } : undefined
      const detail = typeof percent === 'number' ? { percent, ...thrown } : thrown
      world.record({ type: 'handler', actor: 'A', op: 'onProgress', id, value: world.note(percent), detail })
      if (thrown) throw reply?.value
    }
    return read(world, adapter.create({ ...options, onProgress }))
  }
  return {
    op: 'run',
    run,
    detail: { steps: options.steps },
    code: `adapter.create({ steps: ${options.steps}, step, onProgress: ${seen(world, reply)} })`,
    // Where a report's throw may be the outcome, that is not the outcome of a step.
    ...(reply ? {} : { from: 'step' }),
  }
}

function seen(world: World<ProgressPolicy>, reply: Reply | undefined): string {
  if (!reply) return `seen('A', 'onProgress')`
  const text = world.note(reply.value).text
  return `((reports) => seen('A', 'onProgress', () => { if (reports++ === ${reply.at}) throw ${text} }))(0)`
}

/** What a run gives, to be subscribed to as it is; each of its results is looked at as soon as they are there. */
const read = (world: World<ProgressPolicy>, run: PromiseLike<unknown>): unknown =>
  isThenable(run)
    ? { then: (tell: Tell, fail: Tell) => run.then((given) => look(world, given, tell), fail) }
    : run

type Tell = (outcome: unknown) => void

function look(world: World<ProgressPolicy>, results: unknown, tell: Tell): void {
  tell(results)
  if (!Array.isArray(results)) return
  const note = (op: string, value: unknown, detail: Readonly<Record<string, number>>) =>
    world.record({ type: 'read', actor: 'A', op, value: world.note(value), detail })
  note('length', results.length, { length: results.length })
  for (const [index, result] of results.entries()) note(`results[${index}]`, result, { index })
}

/** So many steps that the last but one rounds to 100. They are done at once where they may be, which is cheap. */
const many = (source: SourcePolicy): Arbitrary<Scenario> =>
  integer({ min: 201, max: 220 }).map((count) => ({
    steps: Array.from({ length: count }, () => ({
      give: source === 'any' ? 'value' : 'promise',
      outcome: 'fulfil',
      value: 'fresh',
    })),
    throws: null,
  }))

function driveMany(world: World<ProgressPolicy>, adapter: ProgressAdapter, scenario: Scenario): void {
  world.maxSteps = scenario.steps.length * 8
  drive(world, adapter, scenario)
}

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }

export const kinds: Readonly<Record<string, Kind<ProgressAdapter, ProgressPolicy>>> = {
  reported: kind({
    weight: 5,
    arbitrary: ({ policy }) => reported(policy.source),
    drive,
    scope: () => [0, 1, 3].map((count) => ({ steps: Array(count).fill(fulfils), throws: null })),
  }),
  interrupted: kind({
    weight: 3,
    arbitrary: ({ policy }) => interrupted(policy.source),
    drive,
  }),
  'many steps': kind({ weight: 0.1, arbitrary: ({ policy }) => many(policy.source), drive: driveMany }),
}

/** Makes sure that there is something to await. */
export function examine(world: World<ProgressPolicy>, adapter: ProgressAdapter): Record<string, boolean> {
  const made: unknown = world.create(() => adapter.create({ steps: 1, step: () => 1, onProgress() {} }))
  if (isThenable(made)) return {}
  throw new AdapterError(`\`create\` of ${adapter.name} must return a thenable, not ${world.note(made).text}`)
}
