import type { Arbitrary } from './generate.js'
import type { Context, Law, Laws, Policy } from './law.js'
import type { Recorder } from './recorder.js'
import type { Retold, Transcript } from './transcript.js'
import { AdapterError } from './world/clients.js'
import type { World } from './world/world.js'

/** What every adapter has, whatever its protocol. */
export interface Adapter {
  /** How reports name the subject. */
  readonly name: string
  readonly policy?: object
  /** Addresses of where the subject documents what its policies say. */
  readonly docs?: string | readonly string[]
}

/** One policy of a protocol: the default, which values are allowed, and how to say so. */
export interface PolicySpec<T = unknown> {
  readonly default: T
  accepts(value: unknown): boolean
  readonly expected: string
  /** All values, where they are few: what an undeclared behaviour is compared with. */
  readonly values?: readonly T[]
}

/** A policy that is one of a few words. The first is the default. */
export function oneOf<const T extends string | boolean>(first: T, ...others: readonly T[]): PolicySpec<T> {
  const values: readonly T[] = [first, ...others]
  return {
    default: first,
    values,
    accepts: (value) => (values as readonly unknown[]).includes(value),
    expected: values.map((value) => JSON.stringify(value)).join(', '),
  }
}

/** A policy of any other type; `expected` says what is allowed. */
export const policyOf = <T>(
  first: T,
  expected: string,
  accepts: (value: unknown) => boolean,
): PolicySpec<T> => ({
  default: first,
  accepts,
  expected,
})

/** The policies of a protocol. */
export type PolicySpecs<P> = { readonly [K in keyof P]-?: PolicySpec<P[K]> }

/** How large the scenarios of an enumeration are, as far as their kind can scale. */
export interface ScopeSize {
  readonly clients?: number
  /** How many calls of a source fail before one succeeds. */
  readonly failures?: number
  readonly keys?: number
  /** How many microtasks into a drain actions are injected, beside coming after it. Default 0. */
  readonly injection?: number
}

/** One kind of scenario: how to draw it, and how to play it on a subject. */
export interface Kind<A, P> {
  /** How often it is drawn, relative to the protocol's other kinds. */
  readonly weight: number
  /**
   * Drawn last and seldom, and judged by its own protocol alone: for what a legal subject may spin on for ever, so that
   * a run which had to be terminated says nothing about the rest.
   */
  readonly apart: boolean
  /** Not drawn at all where this gives a reason. */
  appliesWhen(context: Context<P>): true | string
  arbitrary(context: Context<P>): Arbitrary<unknown>
  drive(world: World<P>, adapter: A, scenario: unknown): void
  /** Small scenarios of this kind whose schedules are all tried; larger ones where a size is asked for. */
  scope(context: Context<P>, size: ScopeSize): readonly unknown[]
  epochMs(scenario: unknown): number
}

/** How a protocol author writes a kind down; `S` is the type of its scenario. */
export interface KindDefinition<A, P, S> {
  readonly weight?: number
  readonly apart?: boolean
  readonly appliesWhen?: (context: Context<P>) => true | string
  readonly arbitrary: (context: Context<P>) => Arbitrary<S>
  readonly drive: (world: World<P>, adapter: A, scenario: S) => void
  readonly scope?: (context: Context<P>, size: ScopeSize) => readonly S[]
  /** The wall clock at the beginning of a run, in ms since the epoch. Default 0. */
  readonly epochMs?: (scenario: S) => number
}

/** Turns a definition into a kind whose scenario type only its own functions know. */
export function kind<A, P, S>(definition: KindDefinition<A, P, S>): Kind<A, P> {
  const { weight = 1, apart = false, appliesWhen = () => true as const } = definition
  const { arbitrary, drive, scope = () => [] } = definition
  return {
    weight,
    apart,
    appliesWhen,
    arbitrary,
    scope,
    drive: (world, adapter, scenario) => drive(world, adapter, scenario as S),
    epochMs: (scenario) => definition.epochMs?.(scenario as S) ?? 0,
  }
}

/** A protocol that another one refines: every subject of the one is, through `as`, a subject of the other. */
export interface Refinement<A, P> {
  readonly protocol: string
  /**
   * The subject as the ancestor sees it. Absent for law sets without scenarios, which judge every history. It stands
   * alone, using nothing but its arguments: stand-alone reproductions take it along as text.
   */
  as?(adapter: A, policy: P): Adapter
}

/** A protocol: the adapter's contract, its scenarios, how they are played, and its laws. */
export interface Protocol<A extends Adapter, P = Policy> {
  readonly name: string
  /** What the protocol is about, in a line. */
  readonly summary: string
  readonly policies: PolicySpecs<P>
  /** Members an adapter must have, by `typeof`. */
  readonly members: Readonly<Record<string, 'function' | 'string'>>
  readonly refines: readonly Refinement<A, P>[]
  readonly kinds: Readonly<Record<string, Kind<A, P>>>
  readonly laws: Laws<P>
  /** `real` for subjects that need real threads or real I/O. Default `virtual`. */
  readonly time?: 'virtual' | 'real'
  /** The most runs that a check draws, where each takes real time. */
  readonly maxRuns?: number
  /**
   * Looks at a subject once, before anything else: which optional members it has. Throws an `AdapterError` where
   * the adapter does not fit the contract. It runs inside a world, so sources may be made.
   */
  examine?(world: World<P>, adapter: A): Traits | PromiseLike<Traits>
  /**
   * The scenario that a printed run tells, so that it can be played by its lanes and steps whatever is drawn by now;
   * undefined for a run of another protocol. Throws an `UnplayableError` where something cannot be made again, or is not
   * to be asked of a subject with these policies.
   */
  retell?(transcript: Transcript, context: Context<P>): Retold | undefined
  /** Makes a live subject whose calls are recorded; `sources` are what the adapter's `create` takes. */
  observe?(recorder: Recorder, adapter: A, ...sources: readonly never[]): unknown
  /** Policies that are judged less strictly where time is real: a clock is read a little before or after. */
  observedPolicy?(policy: P): Partial<P>
}

/** Optional members that a subject was seen to have. */
export type Traits = Readonly<Record<string, boolean>>

/** A protocol whose adapter type has been forgotten, as registries and checks handle them. */
export type AnyProtocol = Protocol<Adapter, Policy>

/** One protocol of a suite with the subject as that protocol sees it. */
export interface Part {
  readonly protocol: AnyProtocol
  readonly adapter: Adapter
  readonly policy: Policy
  /** Of a protocol that is refined: the part that refines it, and how the adapter came from that one's. */
  readonly refinedBy?: { readonly part: Part; readonly as: AnyRefinement['as'] }
}

type AnyRefinement = Refinement<Adapter, Policy>

/** A law of a suite under its id. */
export interface SuiteLaw {
  readonly id: string
  readonly law: Law
  readonly part: Part
}

/** A subject together with everything it is held to: what `check` takes. */
export interface Suite {
  readonly subject: string
  readonly protocol: string
  readonly parts: readonly Part[]
  readonly laws: readonly SuiteLaw[]
}

/** The protocols that know each other by name. */
export class Catalogue {
  readonly #protocols: ReadonlyMap<string, AnyProtocol>

  constructor(protocols: readonly AnyProtocol[]) {
    this.#protocols = new Map(protocols.map((protocol) => [protocol.name, protocol]))
  }

  get protocols(): readonly AnyProtocol[] {
    return [...this.#protocols.values()]
  }

  /** Every law of the catalogue under its id. */
  get laws(): readonly { readonly id: string; readonly law: Law }[] {
    return this.protocols.flatMap(({ name, laws }) =>
      Object.entries(laws).map(([claim, law]) => ({ id: `${name}/${claim}`, law })),
    )
  }

  /** The suite of a subject: its protocol and all those refined, an ancestor reached twice taken once. */
  suite(protocol: AnyProtocol, adapter: Adapter): Suite {
    const parts = new Map<string, Part>()
    this.#collect(protocol, adapter, parts)
    return {
      subject: adapter.name,
      protocol: protocol.name,
      parts: [...parts.values()],
      laws: [...parts.values()].flatMap((part) =>
        Object.entries(part.protocol.laws).map(([claim, law]) => ({
          id: `${part.protocol.name}/${claim}`,
          law,
          part,
        })),
      ),
    }
  }

  #collect(
    protocol: AnyProtocol,
    adapter: Adapter,
    parts: Map<string, Part>,
    refinedBy?: Part['refinedBy'],
  ): void {
    if (parts.has(protocol.name)) return
    const policy = resolvePolicy(protocol, adapter)
    const part = { protocol, adapter, policy, ...(refinedBy ? { refinedBy } : {}) }
    parts.set(protocol.name, part)
    for (const { protocol: name, as } of protocol.refines) {
      const ancestor = this.#protocols.get(name)
      if (!ancestor)
        throw new RangeError(`protocol ${protocol.name} refines ${name}, which is not in the catalogue`)
      this.#collect(ancestor, as ? as(adapter, policy) : adapter, parts, { part, as })
    }
  }
}

/** Forgets the adapter type of a protocol. Safe because a part always pairs a protocol with an adapter of its own. */
export const anyProtocol = <A extends Adapter, P>(protocol: Protocol<A, P>): AnyProtocol =>
  protocol as unknown as AnyProtocol

function resolvePolicy(protocol: AnyProtocol, adapter: Adapter): Policy {
  const { name, policies, members, kinds } = protocol
  const fail = (what: string): never => {
    throw new AdapterError(`${name}: ${what}`)
  }
  if (typeof adapter !== 'object' || adapter === null) fail('the adapter must be an object')
  if (typeof adapter.name !== 'string' || adapter.name === '') fail('the adapter needs a `name`')
  for (const [member, type] of Object.entries(members)) {
    const found = typeof (adapter as unknown as Record<string, unknown>)[member]
    if (found !== type) fail(`\`${member}\` of ${adapter.name} must be a ${type}, not ${found}`)
  }
  const declared = (adapter.policy ?? {}) as Record<string, unknown>
  const judged = Object.keys(kinds).length > 0
  for (const [key, value] of Object.entries(declared)) {
    const spec = policies[key]
    if (!spec && judged)
      fail(`${adapter.name} declares a policy \`${key}\`; there are ${Object.keys(policies).join(', ')}`)
    if (spec && value !== undefined && !spec.accepts(value)) {
      fail(`policy \`${key}\` of ${adapter.name} is ${JSON.stringify(value)}; allowed: ${spec.expected}`)
    }
  }
  const entries = Object.entries(policies).map(([key, spec]) => [key, declared[key] ?? spec.default])
  return { ...Object.fromEntries(entries) }
}
