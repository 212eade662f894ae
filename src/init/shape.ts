import type { Given, Look } from './look.js'

/** What an adapter declares, as far as a probe can tell. */
export type Declared = Readonly<Record<string, string | number | boolean>>

/** One way in which an export might be a subject of a protocol: the members of its adapter, as text. */
export interface Shape {
  readonly protocol: string
  /** Every member complete, some of several lines. The first line tells the call. */
  readonly members: readonly string[]
  /** What follows from how it is called: no signal is handed on, there is one permit. */
  readonly policy?: Declared
  /** Shapes that say more of the same; what fits best of them takes its place, unless it fits less. */
  readonly more?: () => Iterable<Shape>
}

/** What shapes are written with. */
export interface Words {
  /** The name of the export in the file. */
  readonly X: string
  /** An expression as another type, where there are types. */
  as(expression: string, type: string): string
  /** A parameter with its type, where there are types. */
  of(parameter: string, type: string): string
}

/** All ways in which an export might be a subject of one protocol, those that ask for more first. */
export type Shapes = (look: Look, words: Words) => Iterable<Shape>

export const TASK = '() => Promise<unknown>'
export const LOAD = '(key: unknown) => Promise<unknown>'
export const CALL = '(...args: unknown[]) => Promise<unknown>'

export const words = (name: string, typed: boolean): Words => ({
  X: name,
  as: (expression, type) => (typed ? `${expression} as ${type}` : expression),
  of: (parameter, type) => (typed ? `${parameter}: ${type}` : parameter),
})

/** The calls that gave something when they were handed `args`, without the arguments: `new X`, `X.from`. */
export function makers(
  look: Look,
  args: string,
): readonly { readonly call: string; readonly given: Given }[] {
  const end = `(${args})`
  return [...look.calls].flatMap(([written, given]) =>
    written.endsWith(end) ? [{ call: written.slice(0, -end.length), given }] : [],
  )
}

/** A maker as it reads in the file. */
export const written = (call: string, { X }: Words): string => call.replace(/\bX\b/, X)

/** The first of some names that is a method of what was given, optionally with a number of parameters. */
export const method = (
  { members }: Given,
  names: readonly string[],
  parameters: (count: number) => boolean = () => true,
): string | undefined =>
  names.find((name) => members.has(name) && parameters(members.get(name) ?? Number.NaN))

/** A member that makes something and gives a handle on it. */
export function handle(
  head: string,
  made: string,
  entries: Readonly<Record<string, string | undefined>>,
): string {
  const present = Object.entries(entries).filter(([, text]) => text !== undefined)
  const lines = present.map(([name, text]) => `    ${name}: ${text},`)
  return [`create(${head}) {`, `  const subject = ${made}`, '  return {', ...lines, '  }', '}'].join('\n')
}
