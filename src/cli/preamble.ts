import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What functions taken out of a module need of it, as plain JavaScript: its imports, declarations, and what it does. */
export interface Preamble {
  readonly imports: readonly string[]
  /** In the order of the module, with the statements among them that do something. */
  readonly declarations: readonly string[]
  /** The functions themselves, with imported names as they were written. */
  readonly members: Readonly<Record<string, string>>
}

/** A module as vite has transformed it, and its syntax tree. */
export interface TransformedModule {
  readonly code: string
  readonly body: readonly Statement[]
}

/** As much of a syntax tree as is needed here: the top level of a module. */
export interface Statement {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly id?: { readonly name: string } | null
  readonly declarations?: readonly { readonly id: Pattern; readonly init?: unknown }[]
}

/** A name, or an object or array that is taken apart into names. */
export interface Pattern {
  readonly name?: string
  readonly properties?: readonly { readonly value?: Pattern; readonly argument?: Pattern }[]
  readonly elements?: readonly (Pattern | null)[]
  /** Of one with a default. */
  readonly left?: Pattern
  /** Of a rest. */
  readonly argument?: Pattern
}

/** A statement of the module; one that declares no names is there for what it does. */
interface Declared {
  readonly names: readonly string[]
  readonly text: string
}

/** `const __vite_ssr_import_0__ = await __vite_ssr_import__("/src/lazy.ts", …)`: an import, as vite writes it. */
const IMPORT = /^(?:const|let|var)\s+([\w$]+)\s*=\s*await\s+__vite_ssr_import__\(\s*("(?:[^"\\]|\\.)*")/

/** Takes what the members need out of the module that they come from. */
export function extractPreamble(
  module: TransformedModule,
  members: Readonly<Record<string, string>>,
  { cwd, from, path }: { readonly cwd: string; readonly from: string; readonly path: string },
): Preamble {
  const specifiers = new Map<string, string>()
  const declared: Declared[] = []
  for (const { start, end, id, declarations = [] } of module.body) {
    const text = module.code.slice(start, end)
    const [, local, specifier] = IMPORT.exec(text) ?? []
    if (local && specifier) {
      specifiers.set(local, locate(JSON.parse(specifier) as string, cwd, from))
      continue
    }
    if (text.includes('__vite_ssr_export')) continue
    declared.push({
      names: [...namesIn(id ?? {}), ...declarations.flatMap((each) => namesIn(each.id))],
      text,
    })
  }
  const suites = [...specifiers].flatMap(([local, specifier]) => (RUNNER.test(specifier) ? [local] : []))
  const runsNothing = ({ text }: Declared) => !suites.some((local) => text.includes(local))
  // What the module does to the subject or its surroundings the members rely on without saying so.
  const deeds = declared.filter(
    (each) => each.names.length === 0 && [each, ...reach([each.text], declared)].every(runsNothing),
  )
  const needed = reach([...Object.values(members), ...deeds.map(({ text }) => text)], declared, deeds)
  const imports = new Imports(
    specifiers,
    new Set(declared.flatMap(({ names }) => names)),
    rebased(path, from),
  )
  return {
    declarations: needed.map(({ text }) => imports.rewrite(text)),
    members: Object.fromEntries(
      Object.entries(members).map(([name, text]) => [name, imports.rewrite(text)] as const),
    ),
    // Last, as rewriting is what finds out which names are imported.
    imports: imports.lines(),
  }
}

/** What is not the subject's: that which runs suites. */
const RUNNER = /(?:^|\/)vitest(?:[/.]|$)/

function namesIn({ name, properties = [], elements = [], left, argument }: Pattern): string[] {
  if (name !== undefined) return [name]
  const parts = [...properties.map(({ value, argument }) => value ?? argument), ...elements, left, argument]
  return parts.flatMap((part) => (part ? namesIn(part) : []))
}

/** The declarations that texts lead to, in the order of the module. A name in a string is one too many, no harm. */
function reach(
  texts: readonly string[],
  declared: readonly Declared[],
  besides: readonly Declared[] = [],
): readonly Declared[] {
  const found = new Set<Declared>(besides)
  const queue = [...texts]
  for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
    const words = new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))
    for (const each of declared) {
      if (found.has(each) || !each.names.some((name) => words.has(name))) continue
      found.add(each)
      queue.push(each.text)
    }
  }
  return declared.filter((each) => found.has(each))
}

/** A module's path as vite knows it, as it reads from a folder. Packages keep their names. */
function locate(specifier: string, cwd: string, from: string): string {
  const [path = ''] = specifier.split('?')
  const absolute = path.startsWith('/@fs/') ? path.slice('/@fs'.length) : path
  if (!absolute.startsWith('/')) return path
  const file = existsSync(join(cwd, absolute)) && !path.startsWith('/@fs/') ? join(cwd, absolute) : absolute
  return rebased(file, from)
}

function rebased(path: string, from: string): string {
  const result = relative(from, path).replaceAll('\\', '/')
  return result.startsWith('.') ? result : `./${result}`
}

/** Gives imported names back the form in which they were written, and remembers which are used. */
class Imports {
  readonly #used = new Map<string, Map<string, string>>()

  constructor(
    readonly specifiers: ReadonlyMap<string, string>,
    readonly taken: Set<string>,
    /** The module itself, as it reads from the folder of the script. */
    readonly self: string,
  ) {}

  rewrite(text: string): string {
    return text
      .replace(/\(0,\s*(__vite_ssr_import_\d+__)\.([\w$]+)\)/g, (_, local, name) => this.#name(local, name))
      .replace(/\b(__vite_ssr_import_\d+__)\.([\w$]+)/g, (_, local, name) => this.#name(local, name))
      .replace(/\b__vite_ssr_import_\d+__\b/g, (local) => this.#name(local, '*'))
      .replace(/\b__vite_ssr_import_meta__\.url\b/g, `new URL('${this.self}', import.meta.url).href`)
      .replace(/\b__vite_ssr_import_meta__\b/g, 'import.meta')
  }

  lines(): string[] {
    return [...this.#used].flatMap(([local, names], index) => {
      const specifier = this.specifiers.get(local) ?? local
      const packaged = /^[^.]|\/node_modules\//.test(specifier) && !specifier.startsWith('node:')
      return packaged ? packageLines(specifier, names, `module${index + 1}`) : moduleLines(specifier, names)
    })
  }

  #name(local: string, name: string): string {
    const names = this.#used.get(local) ?? new Map<string, string>()
    this.#used.set(local, names)
    const known = names.get(name)
    if (known) return known
    const wish = name === 'default' || name === '*' ? 'imported' : name
    let alias = wish
    for (let n = 2; this.taken.has(alias); n++) alias = `${wish}${n}`
    this.taken.add(alias)
    names.set(name, alias)
    return alias
  }
}

function moduleLines(specifier: string, names: ReadonlyMap<string, string>): string[] {
  const whole = names.get('*')
  const clauses = [...names]
    .filter(([name]) => name !== '*')
    .map(([name, alias]) => (name === alias ? name : `${name} as ${alias}`))
  return [
    ...(whole ? [`import * as ${whole} from '${specifier}'`] : []),
    ...(clauses.length > 0 ? [`import { ${clauses.join(', ')} } from '${specifier}'`] : []),
  ]
}

/** A package may be CommonJS, whose names Node does not always see from outside; vite does. */
function packageLines(specifier: string, names: ReadonlyMap<string, string>, local: string): string[] {
  const all = `{ ...${local}.default, ...${local} }`
  const lines = [...names].map(([name, alias]) => {
    if (name === '*') return `const ${alias} = ${all}`
    if (name !== 'default') return `const { ${name === alias ? name : `${name}: ${alias}`} } = ${all}`
    return `const ${alias} = ${local}.default?.__esModule ? ${local}.default.default : ${local}.default`
  })
  return [`import * as ${local} from '${specifier}'`, ...lines]
}
