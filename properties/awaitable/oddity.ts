import {
  type Arbitrary,
  constantFrom,
  type Kind,
  kind,
  record,
  type SourceCall,
  valueName,
} from '../../src/core/index.js'
import { awaits, create, type Subject, type World } from './client.js'
import type { AwaitableAdapter, AwaitablePolicy } from './contract.js'

type AwaitableKind = Kind<AwaitableAdapter, AwaitablePolicy>

/** Enough for the smaller crowd if each is told in a turn of its own. */
const STEPS = 3000

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }

/** The static methods whose meaning follows from one value. */
const STATICS = ['resolve', 'reject', 'all', 'race'] as const
type Static = (typeof STATICS)[number]
type Statics = Readonly<Record<Static, (value: unknown) => PromiseLike<unknown>>>

/** What a subject claims to be, and has. */
export function traitsOf(subject: Subject): Record<string, boolean> {
  const has = (member: 'catch' | 'finally') =>
    typeof (subject as { readonly [name in typeof member]?: unknown })[member] === 'function'
  return {
    catch: has('catch'),
    finally: has('finally'),
    claims: claimOf(subject) !== undefined,
    statics: inherited(subject).length > 0,
    species: speciesOf(subject) !== undefined,
  }
}

/** By what the subject says that it is a promise. */
function claimOf(subject: Subject): string | undefined {
  if (subject instanceof Promise) return 'instanceof Promise'
  return Object.prototype.toString.call(subject) === '[object Promise]' ? 'Symbol.toStringTag' : undefined
}

/** The statics that the subject's class has from `Promise` as they are. */
function inherited(subject: Subject): readonly Static[] {
  if (!(subject instanceof Promise) || subject.constructor === Promise) return []
  const own = subject.constructor as unknown as Statics
  return STATICS.filter((name) => own[name] === (Promise as unknown as Statics)[name])
}

/** The constructor of derived promises, where the subject's class declares one of its own. */
function speciesOf(subject: Subject): (abstract new () => unknown) | undefined {
  if (!(subject instanceof Promise) || !Object.hasOwn(subject.constructor, Symbol.species)) return undefined
  const species: unknown = (subject.constructor as PromiseConstructor)[Symbol.species]
  return typeof species === 'function' ? (species as abstract new () => unknown) : undefined
}

interface Crowd {
  readonly outcome: 'fulfil' | 'reject'
  readonly thousands: number
}

/**
 * Thousands of subscribers in one turn. The history keeps one event for all of them, whose figures go up as they are
 * told; an event for each would cost more than the whole check.
 */
function driveCrowd(world: World, adapter: AwaitableAdapter, { outcome, thousands }: Crowd): void {
  const subject = create(world, adapter, world.source('task', [{ ...fulfils, outcome }]))
  if (!subject) return
  const subscribers = thousands * 1000
  const tally = { subscribers, told: 0, otherwise: 0 }
  let first: { readonly as: string; readonly value: unknown } | undefined
  let served = () => {}
  const handler = (as: string) => (value: unknown) => {
    first ??= { as, value }
    if (first.as !== as || !Object.is(first.value, value)) tally.otherwise++
    if (++tally.told === subscribers) served()
  }
  const run = () => {
    for (let n = 0; n < subscribers; n++) subject.then(handler('fulfilled'), handler('rejected'))
    return {
      then(answer: (value: unknown) => void) {
        served = () => answer(subscribers)
        if (tally.told >= subscribers) served()
      },
    }
  }
  const code = `Promise.all(Array.from({ length: ${subscribers} }, () => subject.then((value) => value)))`
  world.maxSteps = STEPS
  world.record({ type: 'read', actor: 'A', op: 'tally', detail: tally })
  world.call('A', { op: 'crowd', run, code })
}

export const crowd: AwaitableKind = kind({
  apart: true,
  appliesWhen: ({ policy }) => policy.again === 'share' || 'each of thousands would be a run of its own',
  arbitrary: ({ policy }): Arbitrary<Crowd> =>
    record({
      outcome: constantFrom('fulfil', policy.failure === 'cache' ? 'reject' : 'fulfil'),
      // Recursion over the subscribers overflows somewhere beyond ten thousand.
      thousands: constantFrom(2, 15),
    }),
  drive: driveCrowd,
})

/** What the subject says that it is, and what it has to show for it. */
function driveClaim(world: World, adapter: AwaitableAdapter): void {
  const subject = create(world, adapter, world.source('task', [fulfils]))
  if (!subject) return
  const { catch: catches, finally: cleansUp } = traitsOf(subject)
  const species = speciesOf(subject)
  const run = () => {
    const derived = subject.then((value) => value)
    const bySpecies = species ? { bySpecies: derived instanceof species } : {}
    const detail = { claim: claimOf(subject) ?? null, catch: catches!, finally: cleansUp!, ...bySpecies }
    world.record({ type: 'read', actor: 'A', op: 'class', detail })
    return derived
  }
  world.call('A', { op: 'then', run, detail: { given: 'fulfilled' }, code: 'subject.then((value) => value)' })
}

export const claim: AwaitableKind = kind({
  apart: true,
  appliesWhen: ({ traits }) => traits.claims || 'the subject does not claim to be a `Promise`',
  arbitrary: () => record({}),
  drive: driveClaim,
})

interface Combination {
  readonly value: string
  readonly tried: Readonly<Record<Static, boolean>>
}

/** The statics of the subject's class, each called for one value. */
function driveStatics(world: World, adapter: AwaitableAdapter, { value: name, tried }: Combination): void {
  const subject = create(world, adapter, world.source('task', [fulfils]))
  if (!subject) return
  const given = world.value(name)
  const value = world.note(given)
  const all = (made: Statics) => Promise.resolve(made.all([given])).then((values) => (values as unknown[])[0])
  const run = (member: Static) => () => {
    const made = subject.constructor as unknown as Statics
    if (member === 'all') return all(made)
    return made[member](member === 'race' ? [given] : given)
  }
  world.call('A', awaits(world, 'A', subject, 'then'))
  for (const member of inherited(subject).filter((each) => tried[each])) {
    const argument = member === 'all' || member === 'race' ? `[${value.text}]` : value.text
    const first = member === 'all' ? '.then(([value]) => value)' : ''
    const code = `subject.constructor.${member}(${argument})${first}`
    world.call(member, { op: 'static', run: run(member), value, detail: { member }, code })
  }
}

export const statics: AwaitableKind = kind({
  // A constructor of another signature may do anything when `Promise` calls it: that is no matter for other laws.
  apart: true,
  appliesWhen: ({ traits }) =>
    traits.statics || 'the subject is of no class that inherits statics of `Promise`',
  arbitrary: (): Arbitrary<Combination> => {
    const often = constantFrom(false, true, true, true)
    return record({
      value: valueName(),
      tried: record({ resolve: often, reject: often, all: often, race: often }),
    })
  },
  drive: driveStatics,
})
