import { catalogue } from '../catalogue.js'
import type { Context, Source, TestedLaw } from '../core/law.js'
import type { AnyProtocol } from '../core/protocol.js'
import { wrap } from '../render/columns.js'
import { palette } from '../render/palette.js'
import type { Judge, TypeLaw } from '../types/law.js'
import { allTypeLaws, typeLaws } from '../types/laws.js'
import type { Terminal } from './terminal.js'
import { CannotRun } from './usage.js'

/** Every law that the kit ships, as `lawful list` prints it. */
export function listLaws({ json }: { readonly json: boolean }, terminal: Terminal): void {
  if (json) {
    const all = [...catalogue.laws, ...allTypeLaws].map(({ id, law }) => ({
      law: id,
      level: law.level,
      statement: law.statement,
      source: sourceText(law.source),
      ...(law.level === 'untested' ? { reason: law.reason } : { hint: law.hint }),
    }))
    terminal.out(`${JSON.stringify(all, undefined, 2)}\n`)
    return
  }
  const colours = palette(terminal.colour)
  const types = { name: 'types', summary: 'declarations: what a type says of an awaitable', laws: typeLaws }
  for (const { name, summary, laws } of [...catalogue.protocols, types]) {
    terminal.out(`${colours.bold(name)}  ${summary}\n`)
    for (const [claim, law] of Object.entries(laws)) {
      const level = law.level === 'required' ? '' : colours.dim(` (${law.level})`)
      terminal.out(`  ${name}/${claim}${level}\n`)
      for (const line of wrap(law.statement, terminal.width - 6)) terminal.out(`      ${line}\n`)
    }
    terminal.out('\n')
  }
}

/** Everything that is known of one law. */
export function explainLaw(id: string, terminal: Terminal): void {
  const typeLaw = allTypeLaws.find((law) => law.id === id)?.law
  const found = catalogue.laws.find((law) => law.id === id)
  const protocol = catalogue.protocols.find(({ name }) => id.startsWith(`${name}/`))
  if (!typeLaw && !(found && protocol))
    throw new CannotRun(`there is no law ${id}; \`lawful list\` names them all`)
  const law = typeLaw ?? found!.law
  const colours = palette(terminal.colour)
  const entries: [label: string, text: string][] = [
    ['level', law.level],
    ['source', sourceText(law.source)],
    ...(law.level === 'untested'
      ? [['untested', law.reason] as [string, string]]
      : [
          ['hint', law.hint] as [string, string],
          ...(typeLaw ? inCode(typeLaw) : applicability(found!.law as TestedLaw, protocol!)),
        ]),
  ]
  const lines = [colours.bold(id), ...wrap(law.statement, terminal.width - 2).map((line) => `  ${line}`), '']
  for (const [label, text] of entries) {
    for (const [index, line] of wrap(text, terminal.width - 13).entries()) {
      lines.push(`  ${colours.dim((index === 0 ? label : '').padEnd(9))}  ${line}`)
    }
  }
  terminal.out(`${lines.join('\n')}\n`)
}

const JUDGES: Readonly<Record<Judge, string>> = {
  types: 'expectLawful in code, and lawful types',
  calls: 'lawful types',
  compiler: 'lawful types',
  values: 'lawful types with --against',
}

function inCode({ by, code, gives }: TypeLaw): [label: string, text: string][] {
  const entries: [string, string][] = [['judged by', JUDGES[by]]]
  if (code !== undefined) entries.push(['code', code])
  if (gives !== undefined && gives !== 'unknown') entries.push(['gives', gives])
  return entries
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case 'ecma-262':
      return `ECMA-262 ${source.clause}`
    case 'promises-aplus':
      return `Promises/A+ ${source.clause}`
    case 'dom':
      return `DOM ${source.clause}`
    case 'node':
      return `Node.js ${source.clause}`
    case 'kit':
      return source.why
  }
}

/** Asks the law itself which declared policies switch it off, one policy at a time. */
function applicability(law: TestedLaw, { policies }: AnyProtocol): [label: string, text: string][] {
  const { appliesWhen } = law
  if (!appliesWhen) return [['applies', 'always']]
  const defaults = Object.fromEntries(Object.entries(policies).map(([key, spec]) => [key, spec.default]))
  const ask = (policy: Context['policy'], trait: boolean): true | string =>
    appliesWhen({ policy, traits: new Proxy({}, { get: () => trait }) })
  const entries: [string, string][] = []
  const byDefault = ask(defaults, true)
  entries.push(['applies', byDefault === true ? 'by default' : `not by default: ${byDefault}`])
  const bare = ask(defaults, false)
  if (byDefault === true && bare !== true) entries.push(['not when', bare])
  for (const [key, { expected }] of Object.entries(policies)) {
    for (const value of expected.split(', ').map(parse)) {
      const answer = value === undefined ? byDefault : ask({ ...defaults, [key]: value }, true)
      if ((answer === true) === (byDefault === true)) continue
      const policy = `policy ${key}: ${JSON.stringify(value)}`
      entries.push(answer === true ? ['applies', `with ${policy}`] : ['not when', `${policy} (${answer})`])
    }
  }
  return entries
}

/** A policy says in words what it expects; where those words are values, they can be tried. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
