import type { Level } from '../core/law.js'
import type { Suite } from '../core/protocol.js'
import type { Counterexample, Report } from '../core/report.js'

/** What the command line asks of every suite that it runs. */
export interface Asked {
  readonly seed?: number
  readonly runs?: number
  readonly laws?: readonly string[]
  readonly strict?: boolean
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
  /** Of each protocol of the suite, as its laws see the subject: source text of the adapter's members. */
  readonly adapters: Readonly<Record<string, Readonly<Record<string, string>>>>
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
  return {
    subject,
    protocol,
    laws: Object.fromEntries(
      laws.map(({ id, law }) => {
        const hint = law.level === 'untested' ? {} : { hint: law.hint }
        return [id, { level: law.level, statement: law.statement, ...hint }]
      }),
    ),
    adapters: Object.fromEntries(
      parts.map((part) => [part.protocol.name, sources(part.adapter as unknown as Record<string, unknown>)]),
    ),
  }
}

function sources(adapter: Readonly<Record<string, unknown>>): Record<string, string> {
  const functions = Object.entries(adapter).filter(([, member]) => typeof member === 'function')
  return Object.fromEntries(functions.map(([name, member]) => [name, String(member)]))
}
