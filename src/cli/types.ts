import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { breaksTypes, type TypeReport } from '../core/type-report.js'
import { renderTypes } from '../render/types.js'
import { compareMembers } from '../types/claims.js'
import { allTypeLaws } from '../types/laws.js'
import { parseSubject, type TypeSubject, TypeSubjectError } from '../types/subject.js'
import type { Terminal } from './terminal.js'
import { CannotRun, EXIT, type ExitCode } from './usage.js'

export interface TypesOptions {
  readonly cwd: string
  /** What awaiting must give. */
  readonly of?: string
  readonly settles?: readonly string[]
  readonly cancels?: readonly string[]
  /** `<file or package>#<function>` that makes a value of the type, to compare with. */
  readonly against?: string
  readonly strict: boolean
  readonly verbose: boolean
  readonly json: boolean
}

interface TypesFlags {
  readonly of?: string
  readonly settle?: readonly string[]
  readonly signal?: readonly string[]
  readonly against?: string
  readonly json?: boolean
  // Two options that the program has too, and so takes wherever they stand.
  readonly strict?: boolean
  readonly verbose?: boolean
}

/** Adds `lawful types` to the program. */
export function addTypesCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('types <declaration>')
    .description('judge the type of an export: <file>#<Export>, or <package>#<Export>')
    .option('--of <type>', 'what awaiting it must give')
    .option('--settle <methods...>', 'methods that settle it by adopting what they are given')
    .option('--signal <methods...>', 'methods that an AbortSignal cancels')
    .option('--against <file#function>', 'what makes a value of it, to compare its members with')
    .option('--json', 'as JSON')
    .action(async (declaration: string, _: unknown, command: Command) => {
      const { of, settle, signal, against, json, strict, verbose } = command.optsWithGlobals<TypesFlags>()
      const options: TypesOptions = {
        cwd: process.cwd(),
        strict: strict ?? false,
        verbose: verbose ?? false,
        json: json ?? false,
        ...(of === undefined ? {} : { of }),
        ...(settle === undefined ? {} : { settles: settle }),
        ...(signal === undefined ? {} : { cancels: signal }),
        ...(against === undefined ? {} : { against }),
      }
      done(await types(declaration, options, terminal))
    })
}

/** Judges one declaration by the type laws. */
export async function types(text: string, options: TypesOptions, terminal: Terminal): Promise<ExitCode> {
  const report = await found(text, options)
  const lawOf = (id: string) => allTypeLaws.find((law) => law.id === id)?.law
  const { verbose, strict, json } = options
  terminal.out(
    json
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : renderTypes(report, lawOf, { width: terminal.width, colour: terminal.colour, verbose }),
  )
  return breaksTypes(report, strict) ? EXIT.violated : EXIT.ok
}

async function found(
  text: string,
  { cwd, of, settles, cancels, against }: TypesOptions,
): Promise<TypeReport> {
  try {
    const subject: TypeSubject = {
      ...parseSubject(text, cwd),
      ...(of === undefined ? {} : { of }),
      ...(settles ? { settles } : {}),
      ...(cancels ? { cancels } : {}),
    }
    // It loads a compiler, which takes longer than anything else that the command line does.
    const { examine } = await import('../types/examine.js')
    const [examined] = examine([subject])
    const { report, claimed } = examined!
    if (against === undefined) return report
    const compared = compareMembers(claimed, (await make(against, cwd)).made)
    return { ...report, verdicts: [...report.verdicts, ...compared] }
  } catch (error) {
    if (error instanceof TypeSubjectError) throw new CannotRun(error.message)
    throw error
  }
}

/** Makes a value, wrapped so that nothing waits for it. */
async function make(against: string, cwd: string): Promise<{ readonly made: unknown }> {
  const { module, type: name } = parseSubject(against, cwd)
  const file = resolve(cwd, against.slice(0, against.lastIndexOf('#')))
  let path = file
  if (!existsSync(file)) {
    try {
      path = createRequire(join(cwd, 'package.json')).resolve(module!)
    } catch {
      throw new CannotRun(`there is no ${module} to compare with`)
    }
  }
  let exported: Record<string, unknown>
  try {
    exported = await import(pathToFileURL(path).href)
  } catch (error) {
    throw new CannotRun(`${against} cannot be loaded: ${String((error as Error)?.message ?? error)}`)
  }
  const factory =
    name in exported ? exported[name] : (exported.default as Record<string, unknown> | undefined)?.[name]
  if (typeof factory !== 'function') throw new CannotRun(`${against} is no function that makes a value`)
  try {
    return { made: factory() }
  } catch (error) {
    throw new CannotRun(
      `${against} makes no value, but throws: ${String((error as Error)?.message ?? error)}`,
    )
  }
}
