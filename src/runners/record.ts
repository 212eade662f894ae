import type { Level } from '../core/law.js'
import type { Part, ScopeSize, Suite } from '../core/protocol.js'
import type { Counterexample, Report } from '../core/report.js'

/** What the command line asks of every suite that it runs. */
export interface Asked {
  readonly seed?: number
  readonly runs?: number
  readonly laws?: readonly string[]
  readonly strict?: boolean
  /** Try every schedule of a scope of this size, and draw none. */
  readonly exhaustive?: boolean
  readonly scope?: ScopeSize
  /** A process that shows no sign of life for so long is ended. */
  readonly hangLimitMs?: number
  /** Play this run alone. */
  readonly replay?: string
}

/** Why there is no report of a suite. */
export interface Trouble {
  /** `died`: the subject tried to end its process. The rest: the adapter, the options, or the kit are at fault. */
  readonly kind: 'adapter' | 'usage' | 'died' | 'internal'
  readonly message: string
}

/** A law as far as a reader needs it; the law itself lives in the process that ran it. */
export interface LawRecord {
  readonly level: Level
  readonly statement: string
  readonly hint?: string
}

/** All that one suite's run leaves behind: plain data that a test runner can carry from its worker to a reporter. */
export interface SuiteRecord {
  readonly subject: string
  readonly protocol: string
  readonly laws: Readonly<Record<string, LawRecord>>
  /** Source text of the adapter's members. */
  readonly members: Readonly<Record<string, string>>
  /** For each kind of scenario, as replay strings count them: the functions that make its adapter of that one. */
  readonly views: readonly (readonly string[])[]
  /** What the subject declares otherwise than by default, as JavaScript, and where it documents that. */
  readonly policy: Readonly<Record<string, string>>
  readonly docs: readonly string[]
  readonly report?: Report
  /** What a replay showed; `counterexample` is absent when the law holds on that run. */
  readonly replayed?: {
    readonly law: string
    readonly seed: number
    readonly counterexample?: Counterexample
  }
  readonly trouble?: Trouble
}

/** What can be recorded of a suite before it runs. */
export function describeSuite({ subject, protocol, laws, parts }: Suite): SuiteRecord {
  const { policy = {}, docs = [] } = parts[0]!.adapter
  return {
    subject,
    protocol,
    policy: Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, literal(value)])),
    docs: typeof docs === 'string' ? [docs] : docs,
    laws: Object.fromEntries(
      laws.map(({ id, law }) => {
        const hint = law.level === 'untested' ? {} : { hint: law.hint }
        return [id, { level: law.level, statement: law.statement, ...hint }]
      }),
    ),
    members: sources(parts[0]!.adapter),
    views: parts.flatMap((part) => Object.keys(part.protocol.kinds).map(() => views(part))),
  }
}

/** From the first part's adapter to this one's. */
function views({ refinedBy }: Part): string[] {
  if (!refinedBy) return []
  const { part, as } = refinedBy
  const before = views(part)
  return as ? [...before, `(adapter) => (${as})(adapter, ${literal(part.policy)})`] : before
}

/** Plain data as JavaScript: JSON would lose `undefined` and infinities. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${key}: ${literal(member)}`)
    .join(', ')} }`
}

function sources(adapter: object): Record<string, string> {
  const functions = Object.entries(adapter).filter(([, member]) => typeof member === 'function')
  return Object.fromEntries(functions.map(([name, member]) => [name, String(member)]))
}
