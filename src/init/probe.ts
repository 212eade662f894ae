import { callables, type Look, lookAt } from './look.js'
import { localNames } from './names.js'
import { type Evaluate, type Fit, Search } from './search.js'
import { KNOWN } from './shapes.js'
import type { Bench } from './trial.js'

/** What to look at, and how to write about it. */
export interface ProbeRequest {
  /** What the module is called where a name is needed: `my-lazy`. */
  readonly module: string
  /** The package that it is, whose name then stands in reports. */
  readonly package?: string
  /** Whether texts are TypeScript. */
  readonly typed: boolean
  readonly exported?: string
  readonly protocol?: string
}

/** An export and what it might be, the best first. */
export interface Finding {
  readonly path: string
  /** What it is called in the file. */
  readonly name: string
  /** What it is called in reports. */
  readonly subject: string
  readonly kind: Look['kind']
  readonly fits: readonly Fit[]
}

/** How long a single call of an export may take. */
const LOOK_LIMIT_MS = 500

/** Everything that was found, and how many exports were left alone because there are so many. */
export interface Findings {
  readonly exports: readonly string[]
  readonly findings: readonly Finding[]
  readonly untried: number
}

/** Of a module that exports more, only what is called like a subject is tried: each takes seconds. */
const MOST_EXPORTS = 12

/** Looks at everything that a module exports. */
export async function probeModule(
  bench: Bench,
  module: Readonly<Record<string, unknown>>,
  request: ProbeRequest,
  evaluate: Evaluate,
): Promise<Findings> {
  const all = callables(module)
  const names = localNames(all, request.module)
  const wanted = [...all.keys()].filter((path) => !request.exported || isCalled(path, request.exported))
  const telling = (path: string) => Object.values(KNOWN).some((known) => known.names.test(names.get(path)!))
  const tried = wanted.length > MOST_EXPORTS ? wanted.filter(telling).slice(0, MOST_EXPORTS) : wanted
  const findings: Finding[] = []
  // What exports leave behind when they are only looked at is nobody's concern.
  const stop = bench.host.listen({ unhandled() {}, handled() {}, uncaught() {} })
  try {
    for (const path of tried) {
      const value = all.get(path)
      const look = await lookAt(bench.host, path, value, LOOK_LIMIT_MS)
      const named = { name: names.get(path)!, subject: subjectName(path, names.get(path)!, request) }
      const fits = await new Search(bench, look, value, { ...request, ...named }, evaluate).run()
      findings.push({ path, ...named, kind: look.kind, fits })
    }
  } finally {
    stop()
  }
  return { exports: [...all.keys()], findings, untried: wanted.length - tried.length }
}

const isCalled = (path: string, name: string): boolean => path === name || path === `default.${name}`

/** What an export is called in reports, whatever the file has to call it. */
const subjectName = (path: string, local: string, { package: of }: ProbeRequest): string => {
  const name = path === 'default' ? undefined : path.split('.').at(-1)!
  if (of === undefined) return name ?? local
  return name === undefined ? of : `${of} ${name}`
}
