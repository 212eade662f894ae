import type { Declared } from './shape.js'

/** A suite of a laws file. */
export interface WrittenSuite {
  /** How the export is reached from the module. */
  readonly path: string
  /** What it is called in the file, and in reports. */
  readonly name: string
  readonly subject: string
  readonly protocol: string
  readonly members: readonly string[]
  readonly policy: Declared
}

const SEEN = [
  '// As it is called here, and as it was seen to behave. Keep what is documented: without the rest, the laws show',
  '// the difference.',
]

/** The text of an adapter. */
export function adapterText(subject: string, members: readonly string[], policy: Declared): string {
  const declared = Object.entries(policy).map(([key, value]) => `${key}: ${literal(value)}`)
  const lines = [`name: ${literal(subject)},`, ...members.map((member) => `${member},`)]
  if (declared.length > 0) lines.push(...SEEN, `policy: { ${declared.join(', ')} },`)
  return ['{', ...lines.map(indent), '}'].join('\n')
}

/** A laws file: what it imports, and a suite for each subject. */
export function lawsText(suites: readonly WrittenSuite[], specifier: string): string {
  const functions = new Map(
    suites.map(({ protocol }) => {
      const name = functionName(protocol)
      return [protocol, suites.some((suite) => suite.name === name) ? `${name}Laws` : name]
    }),
  )
  const imported = [...functions].map(([protocol, name]) => as(functionName(protocol), name)).sort()
  const described = suites.map((suite) => {
    const adapter = adapterText(suite.subject, suite.members, suite.policy)
    return `describeLaws(\n${indent(`${functions.get(suite.protocol)}(${adapter}),`)}\n)\n`
  })
  const head = [
    `import { ${imported.join(', ')} } from 'lawful'`,
    "import { describeLaws } from 'lawful/vitest'",
    ...importLines(suites, specifier),
  ]
  return `${head.join('\n')}\n\n${described.join('\n')}`
}

function importLines(suites: readonly WrittenSuite[], specifier: string): readonly string[] {
  const whole = suites.find(({ path }) => path === 'default')?.name
  const named = suites.flatMap(({ path, name }) => (/^default(?:\.|$)/.test(path) ? [] : [as(path, name)]))
  const members = suites.filter(({ path }) => path.startsWith('default.'))
  const clauses = [
    ...(whole ? [whole] : members.length > 0 ? ['all'] : []),
    ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : []),
  ]
  const taken = members.map(({ path, name }) => as(path.slice('default.'.length), name).replace(' as ', ': '))
  return [
    `import ${clauses.join(', ')} from ${literal(specifier)}`,
    ...(taken.length > 0 ? ['', `const { ${taken.join(', ')} } = ${whole ?? 'all'}`] : []),
  ]
}

const as = (name: string, local: string): string => (name === local ? name : `${name} as ${local}`)

/** What the kit's function for a protocol is called. */
export const functionName = (protocol: string): string =>
  protocol.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : String(value)

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ')
