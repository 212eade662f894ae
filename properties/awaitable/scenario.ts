import {
  type Arbitrary,
  array,
  type Context,
  constantFrom,
  FALSY_NAMES,
  type Kind,
  kind,
  record,
  type SourceCall,
  type Step,
  sourceCall,
  TRUTHY_NAMES,
  valueName,
} from '../../src/core/index.js'
import {
  awaits,
  create,
  type Handlers,
  member,
  type Subject,
  subscribe,
  type Via,
  type World,
} from './client.js'
import type { AwaitableAdapter, AwaitablePolicy } from './contract.js'
import { claim, crowd, statics, traitsOf } from './oddity.js'

/** When a client comes: in the turn of creation, at the world's choice, or long after everything is over. */
type When = 'turn' | 'next' | 'late'
const LATE_MS = 60_000

/** How one client awaits the subject, passing on what it is told. */
interface Subscription {
  readonly via: Via
  readonly when: When
  /** Microtasks into the drain before it. */
  readonly inject: number
  /** Subscribe once more from inside the handler. */
  readonly nested: boolean
}

interface Subscribers {
  readonly task: readonly SourceCall[]
  readonly first: Via
  readonly others: readonly Subscription[]
}

/** One client that gives handlers which do something of their own. */
interface Reaction {
  readonly handlers: Handlers
  readonly when: When
}

interface Reactions {
  readonly task: readonly SourceCall[]
  readonly clients: readonly Reaction[]
}

interface Usage {
  readonly task: readonly SourceCall[]
  readonly uses: readonly (Reaction & { readonly op: 'catch' | 'finally' })[]
}

type Ctx = Context<AwaitablePolicy>
type Kinds = Readonly<Record<string, Kind<AwaitableAdapter, AwaitablePolicy>>>

const CLIENTS = ['A', 'B', 'C', 'D', 'E']

/** One plan where there is to be one run; several where the task may rightly run again. */
const task = ({ policy }: Ctx): Arbitrary<readonly SourceCall[]> =>
  array(sourceCall(policy.source), {
    minLength: 1,
    maxLength: policy.again === 'rerun' || policy.failure === 'retry' ? 3 : 1,
  })

/** How many clients there may be: a subject that refuses a second one is asked by a kind of its own. */
const atMost = (count: number, { policy }: Ctx): number => (policy.again === 'reject' ? 1 : count)

const when = (): Arbitrary<When> => constantFrom('turn', 'turn', 'next', 'late')

const subscribers = (context: Ctx): Arbitrary<Subscribers> =>
  record({
    task: task(context),
    first: constantFrom<Via>('then', 'then', 'await', 'resolve', 'all', 'return'),
    others: array(
      record({
        via: constantFrom<Via>('then', 'then', 'await', 'resolve', 'all', 'return'),
        when: when(),
        inject: constantFrom(0, 0, 0, 1, 2, 3),
        nested: constantFrom(false, false, false, true),
      }),
      { maxLength: atMost(5, context) - 1 },
    ),
  })

/** What a handler gives. Shrinks to a plain value, which a thenable is not. */
const response = (): Arbitrary<SourceCall> =>
  record({
    give: constantFrom<SourceCall['give']>('value', 'promise', 'thenable'),
    outcome: constantFrom<SourceCall['outcome']>('fulfil', 'reject'),
    value: valueName(),
  }).map((plan) =>
    plan.give === 'value' && plan.outcome === 'reject' ? { ...plan, give: 'throw' as const } : plan,
  )

const handlers = (given: Arbitrary<Handlers['given']>): Arbitrary<Handlers> =>
  record({
    given,
    blank: constantFrom(...FALSY_NAMES, ...TRUTHY_NAMES.filter((name) => name !== '() => 1')),
    gives: response(),
  })

const reactions = (context: Ctx): Arbitrary<Reactions> =>
  record({
    task: task(context),
    clients: array(
      record({
        handlers: handlers(constantFrom('both', 'both', 'both', 'fulfilled', 'rejected', 'neither')),
        when: when(),
      }),
      { minLength: 1, maxLength: atMost(3, context) },
    ),
  })

const uses = (context: Ctx): Arbitrary<Usage> => {
  const { traits } = context
  const ops = (['finally', 'catch'] as const).filter((op) => traits[op])
  const op = constantFrom(...(ops.length > 0 ? ops : (['finally'] as const)))
  const use = record({
    op,
    handlers: handlers(constantFrom('both', 'both', 'both', 'neither')),
    when: when(),
  })
  return record({ task: task(context), uses: array(use, { minLength: 1, maxLength: atMost(2, context) }) })
}

/** Brings clients to the subject, each at its time; those of the first turn come in it. */
function bring(
  world: World,
  clients: readonly { readonly when: When; readonly inject?: number; readonly step: Step }[],
) {
  for (const [index, { when: time, inject = 0, step }] of clients.entries()) {
    const name = CLIENTS[index]!
    if (index === 0 || time === 'turn') world.call(name, step)
    else world.client(name, [{ ...step, inject, ...(time === 'late' ? { dueMs: LATE_MS } : {}) }])
  }
}

function driveSubscribers(
  world: World,
  adapter: AwaitableAdapter,
  { task, first, others }: Subscribers,
): void {
  const subject = create(world, adapter, world.source('task', task))
  if (!subject) return
  const steps = [{ via: first, when: 'turn' as const, inject: 0, nested: false }, ...others].map(
    ({ via, when, inject, nested }, index) => {
      const name = CLIENTS[index]!
      const again = () => void world.call(`${name}2`, then2(world, `${name}2`, subject))
      return { when, inject, step: awaits(world, name, subject, via, nested ? again : undefined) }
    },
  )
  bring(world, steps)
}

const then2 = (world: World, name: string, subject: Subject): Step => awaits(world, name, subject, 'then')

function driveReactions(world: World, adapter: AwaitableAdapter, { task, clients }: Reactions): void {
  const subject = create(world, adapter, world.source('task', task))
  if (!subject) return
  const steps = clients.map(({ handlers, when }, index) => ({
    when,
    step: subscribe(world, CLIENTS[index]!, subject, handlers),
  }))
  bring(world, steps)
}

function driveUses(world: World, adapter: AwaitableAdapter, { task, uses }: Usage): void {
  const subject = create(world, adapter, world.source('task', task))
  if (!subject) return
  const steps = uses.map(({ op, handlers, when }, index) => ({
    when,
    step: member(world, CLIENTS[index]!, subject, op, handlers),
  }))
  bring(world, steps)
}

/** The subject is made and left alone for a while: that shows when it starts. */
function driveCreation(
  world: World,
  adapter: AwaitableAdapter,
  { task }: { readonly task: SourceCall },
): void {
  const subject = create(world, adapter, world.source('task', [task]))
  if (subject) world.client('A', [{ ...awaits(world, 'A', subject, 'then'), dueMs: LATE_MS }])
}

/** Subscribers beyond the first, of a subject that is documented to refuse them. */
function driveRefused(
  world: World,
  adapter: AwaitableAdapter,
  { task, when }: { readonly task: SourceCall; readonly when: When },
): void {
  const subject = create(world, adapter, world.source('task', [task]))
  if (!subject) return
  const { from: _, ...second } = awaits(world, 'B', subject, 'then')
  bring(world, [
    { when: 'turn', step: awaits(world, 'A', subject, 'then') },
    { when, step: { ...second, op: 'again' } },
  ])
}

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }
const fails: SourceCall = { give: 'promise', outcome: 'reject', value: 'fresh' }
const comes: Subscription = { via: 'then', when: 'next', inject: 0, nested: false }

export const kinds: Kinds = {
  subscribers: kind({
    weight: 4,
    arbitrary: subscribers,
    drive: driveSubscribers,
    scope: ({ policy }) =>
      [fulfils, fails].map((plan) => ({
        task: [plan],
        first: 'then',
        others: policy.again === 'reject' ? [] : [comes, { ...comes, via: 'await' }],
      })),
  }),
  handlers: kind({ weight: 4, arbitrary: reactions, drive: driveReactions }),
  members: kind({
    weight: 3,
    appliesWhen: ({ traits }) =>
      traits.catch || traits.finally || 'the subject has neither `catch` nor `finally`',
    arbitrary: uses,
    drive: driveUses,
  }),
  creation: kind({
    weight: 0.3,
    arbitrary: ({ policy }) => record({ task: sourceCall(policy.source, { outcome: 'fulfil' }) }),
    drive: driveCreation,
  }),
  refused: kind({
    weight: 1,
    appliesWhen: ({ policy }) =>
      policy.again === 'reject' || 'a second subscriber is not documented to be refused',
    arbitrary: ({ policy }) => record({ task: sourceCall(policy.source), when: when() }),
    drive: driveRefused,
  }),
  crowd,
  claim,
  statics,
}

/** Which optional members the subject has, and what it claims to be. */
export function examine(world: World, adapter: AwaitableAdapter): Record<string, boolean> {
  const subject = create(world, adapter, world.source('task', [fulfils]))
  if (!subject) return {}
  world.keep(subject)
  return traitsOf(subject)
}
