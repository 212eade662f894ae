import {
  AdapterError,
  type Arbitrary,
  array,
  constant,
  constantFrom,
  isThenable,
  type Kind,
  kind,
  oneof,
  record,
  type SourceCall,
  type Step,
  tuple,
  valueName,
  type World,
} from '../../src/core/index.js'
import { Compiler } from './body.js'
import type { CoroutineAdapter, CoroutinePolicy, ManualCoroutine } from './contract.js'
import { many } from './many.js'
import {
  awaits,
  awaitsValue,
  awaitsWild,
  drivenProgram,
  type Instruction,
  manualProgram,
  type Program,
} from './program.js'

interface Driven {
  /** How the tasks that bodies await go, one after the other. */
  readonly tasks: readonly SourceCall[]
  /** A body for each client. */
  readonly programs: readonly Program[]
}

const CLIENTS = ['A', 'B', 'C']

const task = (): Arbitrary<SourceCall> =>
  record({
    give: constantFrom('promise', 'thenable'),
    outcome: constantFrom('fulfil', 'fulfil', 'reject'),
    value: valueName(),
  })

const tasks = array(task(), { minLength: 1, maxLength: 5 })

const driven = (program: Arbitrary<Program>, clients: number): Arbitrary<Driven> =>
  record({ tasks, programs: array(program, { minLength: 1, maxLength: clients }) })

/** Awaits of one kind, some of them in a block, and controlled ones between them: there a thenable's manners show. */
const some = (instruction: Arbitrary<Instruction>): Arbitrary<Program> =>
  array(
    tuple(
      oneof(
        { withCrossShrink: true },
        { weight: 1, arbitrary: awaits() as Arbitrary<Instruction> },
        { weight: 3, arbitrary: instruction },
      ),
      constantFrom('bare', 'bare', 'cleaned up', 'caught'),
    ),
    { minLength: 1, maxLength: 3 },
  ).map((awaits) => awaits.map(([one, how]) => (how === 'bare' ? one : inBlock(one, how === 'caught'))))

const inBlock = (one: Instruction, catches: boolean): Instruction => ({
  do: 'try',
  block: [one],
  catches,
  cleanUp: [],
})

/** Whether a body gives what one of its tasks gave, and nothing else. */
const echoes = (program: Program): boolean =>
  program.length > 0 && program.every((each) => each.do === 'await')

function drive(world: World<CoroutinePolicy>, adapter: CoroutineAdapter, { tasks, programs }: Driven): void {
  let calling = { of: '', at: 0 }
  const task = world.source('task', tasks, { detail: () => calling })
  for (const [index, program] of programs.entries()) {
    const client = CLIENTS[index]!
    const compiler = new Compiler({
      world,
      adapter,
      client,
      task: (at) => {
        calling = { of: client, at }
        return task()
      },
    })
    const { generator, code } = compiler.body(program)
    const step: Step = {
      op: 'run',
      run: () => adapter.run(generator),
      code: compiler.around(`adapter.run(${code})`),
      ...(echoes(program) && programs.length === 1 ? { from: 'task' } : {}),
    }
    world.client(client, [step])
  }
}

/** What a client does with a coroutine that it drives by hand. */
type Move = { readonly op: 'send' | 'throw'; readonly name: string } | { readonly op: 'close' | 'state' }

interface ByHand {
  readonly program: Program
  readonly moves: readonly Move[]
}

const move = (): Arbitrary<Move> =>
  oneof(
    { withCrossShrink: true },
    { weight: 8, arbitrary: record({ op: constant('send' as const), name: valueName() }) },
    { weight: 2, arbitrary: record({ op: constant('throw' as const), name: valueName() }) },
    { weight: 2, arbitrary: constant({ op: 'close' as const }) },
    { weight: 2, arbitrary: constant({ op: 'state' as const }) },
  )

const byHand = (): Arbitrary<ByHand> =>
  record({ program: manualProgram(), moves: array(move(), { minLength: 1, maxLength: 9 }) })

function driveByHand(
  world: World<CoroutinePolicy>,
  adapter: CoroutineAdapter,
  { program, moves }: ByHand,
): void {
  let handle: ManualCoroutine | undefined
  const compiler = new Compiler({ world, adapter, client: 'A', task: () => undefined, handle: () => handle })
  const { generator, code } = compiler.body(program)
  const made = world.create(() => adapter.manual!(generator), compiler.around(`adapter.manual(${code})`))
  handle = made
  // What the first `send` brings has nowhere to go, so nothing is brought.
  const first = moves.findIndex(({ op }) => op === 'send')
  world.client(
    'A',
    moves.map((move, index) => toStep(world, made, move, index === first)),
  )
}

function toStep(world: World<CoroutinePolicy>, handle: ManualCoroutine, move: Move, isFirst: boolean): Step {
  if (move.op === 'throw' || (move.op === 'send' && !isFirst)) {
    const { op, name } = move
    const live = op === 'send' ? world.value(name) : world.reason(name)
    const value = world.note(live)
    return { op, run: () => handle[op](live), answers: 'value', value, code: `subject.${op}(${value.text})` }
  }
  const { op } = move
  return { op, run: () => handle[op](), answers: 'value', code: `subject.${op}()` }
}

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const rejects: SourceCall = { give: 'promise', outcome: 'reject', value: 'fresh' }
const one: Program = [{ do: 'await' }]
const caught: Program = [inBlock({ do: 'await' }, true)]

/** As many generators deep as native delegation goes in every engine. */
const DEEP = 500

export const kinds: Readonly<Record<string, Kind<CoroutineAdapter, CoroutinePolicy>>> = {
  awaiting: kind({
    weight: 4,
    arbitrary: () => driven(drivenProgram(), CLIENTS.length),
    drive,
    scope: () => [
      { tasks: [fulfils], programs: [one, one] },
      { tasks: [rejects], programs: [caught, one] },
    ],
  }),
  plain: kind({
    weight: 1,
    arbitrary: () => driven(array(awaits(), { minLength: 1, maxLength: 2 }), 1),
    drive,
  }),
  'thenables with manners': kind({
    weight: 3,
    arbitrary: () => driven(some(awaitsWild()), 1),
    drive,
  }),
  'no awaitables': kind({
    weight: 1,
    arbitrary: () => driven(some(awaitsValue()), 1),
    drive,
  }),
  deep: kind({
    weight: 0.2,
    arbitrary: () =>
      record({ tasks, programs: constant([[{ do: 'delegate' as const, block: one, depth: DEEP }]]) }),
    drive,
  }),
  'by hand': kind({
    weight: 4,
    appliesWhen: ({ traits }) => traits.manual || 'nothing is driven by hand (`manual` is absent)',
    arbitrary: byHand,
    drive: driveByHand,
  }),
  'many promises': kind({ apart: true, arbitrary: () => constant({ at: 'later' as const }), drive: many }),
  'many at once': kind({ apart: true, arbitrary: () => constant({ at: 'once' as const }), drive: many }),
}

/** Which optional members the subject has. */
export function examine(world: World<CoroutinePolicy>, adapter: CoroutineAdapter): Record<string, boolean> {
  const made: unknown = world.create(() => adapter.run(function* () {}))
  if (!isThenable(made))
    throw new AdapterError(`\`run\` of ${adapter.name} must return a thenable, not ${world.note(made).text}`)
  return { manual: typeof adapter.manual === 'function' }
}
