import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** One TypeScript file of the project, as far as rules about files need to know it. */
export interface SourceText {
  /** From the project's root, with slashes. */
  readonly path: string
  readonly text: string
  /** The text with comments and the contents of strings blanked out, line by line as it was. */
  readonly code: string
  /** What it imports: project files as paths from the root, ending in `.ts` or `.cts`; everything else as written. */
  readonly imports: readonly string[]
}

/** Every TypeScript file under some folders of the project. */
export const sourceTexts = (...folders: readonly string[]): readonly SourceText[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /(?<!\.d)\.c?ts$/.test(path) && !path.includes('node_modules'))
      .sort()
      .map(read),
  )

/** A file of the project that is no TypeScript. */
export const projectFile = (path: string): string => readFileSync(join(root, path), 'utf8')

function read(path: string): SourceText {
  const text = projectFile(path)
  const bare = blank(text, false)
  const specifiers = [...bare.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)
  return { path, text, code: blank(text, true), imports: specifiers.map((one) => resolve(path, one)) }
}

function resolve(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const target = join(root, dirname(path), specifier).replace(/\.(c?)js$/, '.$1ts')
  return relative(root, target).replaceAll('\\', '/')
}

/** Everything that may hide braces or words: comments, regular expressions, templates, strings. */
const HIDDEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|`(?:\\[\s\S]|[^\\`])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=[=(,:!&|?[{};\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\//g

function blank(text: string, strings: boolean): string {
  return text.replace(HIDDEN, (found) => {
    const kept = !strings && (found.startsWith("'") || found.startsWith('"'))
    return kept ? found : found.replace(/[^\n]/g, ' ')
  })
}

/** How many lines each function body takes, with the number of its first line. */
export function functionLengths(code: string): readonly { readonly line: number; readonly length: number }[] {
  const found: { line: number; length: number }[] = []
  for (const { index } of code.matchAll(/(?:=>|\)(?:\s*:\s*[^={};]+)?)\s*\{/g)) {
    const start = code.indexOf('{', index)
    const line = lineOf(code, start)
    found.push({ line, length: lineOf(code, closing(code, start)) - line + 1 })
  }
  return found
}

const lineOf = (code: string, index: number): number => code.slice(0, index).split('\n').length

function closing(code: string, start: number): number {
  let depth = 0
  for (let index = start; index < code.length; index++) {
    if (code[index] === '{') depth++
    else if (code[index] === '}' && --depth === 0) return index
  }
  return code.length
}
