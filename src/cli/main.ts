#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { ScopeSize } from '../core/protocol.js'
import { verify } from './certificate.js'
import { addInitCommand } from './init.js'
import { explainLaw, listLaws } from './laws.js'
import { REPORTERS, type ReporterName } from './outputs.js'
import { replay } from './replay.js'
import { listSuites, type RunOptions, run } from './run.js'
import { selfTest } from './self-test.js'
import { SHARDS } from './shards.js'
import { openTerminal } from './terminal.js'
import { addTypesCommand } from './types.js'
import { CannotRun, Died, EXIT, type ExitCode } from './usage.js'

interface RunFlags {
  readonly seed?: number
  readonly runs?: number
  readonly law?: readonly string[]
  readonly exhaustive?: boolean
  readonly scope?: ScopeSize
  readonly strict?: boolean
  readonly reportOnly?: boolean
  readonly verbose?: boolean
  readonly reporter: readonly ReporterName[]
  readonly outputFile?: string
  readonly page?: string
  readonly title?: string
  readonly list?: boolean
  readonly watch?: boolean
  readonly shard?: string
  readonly hangLimitMs?: number
}

const terminal = openTerminal(process)
const cwd = process.cwd()

function program(done: (code: ExitCode) => void): Command {
  const command = new Command('lawful')
    .description(
      'Which laws hold of what you await, which are broken, and the shortest run that breaks each.',
    )
    .argument('[files...]', 'laws files, folders or globs (default: every *.laws.{ts,mts,js,mjs})')
    .option('--seed <integer>', 'where the draws begin', integer)
    .option('--runs <count>', 'how many scenarios to draw per subject', positive)
    .addOption(lawOption())
    .option('--exhaustive', 'try every schedule of the small scenarios, draw none, and certify what holds')
    .option('--scope <sizes>', 'how large these are: clients=5,failures=2,keys=3,injection=1', scopeSize)
    .option('--strict', 'a broken recommended law fails the run too')
    .option('--report-only', 'a broken law does not fail the run')
    .option('--verbose', 'also name the laws that were not judged, with the reasons')
    .option('--reporter <names>', `some of ${REPORTERS.join(', ')}, separated by commas`, reporters, [
      'default',
    ])
    .option('--outputFile <path>', 'where the json reporter writes')
    .option('--page <path>', 'where the html reporter writes (beside the JSON, or .lawful/report.html)')
    .option('--title <text>', 'the heading of that page')
    .option('--list', 'name the suites instead of running them')
    .option('--watch', 'run again when a file changes')
    .option('--shard <index/count>', 'run one part of the files', shard)
    .option('--hangLimitMs <ms>', 'end a process that shows no sign of life for so long (20000)', positive)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .action(async (globs: string[], flags: RunFlags) => {
      const options = runOptions(globs, flags)
      done(await (flags.list ? listSuites(options, terminal) : run(options, terminal)))
    })
  command
    .command('list')
    .description('name all laws')
    .option('--json', 'as JSON')
    .action((flags: { json?: boolean }) => listLaws({ json: flags.json ?? false }, terminal))
  command
    .command('explain <law>')
    .description('what a law says, where it comes from, and what usually breaks it')
    .action((law: string) => explainLaw(law, terminal))
  command
    .command('replay <string> [files...]')
    .description('play a counterexample again')
    .action(async (text: string, globs: string[]) => done(await replay(text, { cwd, globs }, terminal)))
  command
    .command('verify <certificate>')
    .description('run what a certificate says once more')
    .action(async (path: string) => done(await verify(path, cwd, terminal)))
  command
    .command('merge [folder]')
    .description(`tell of all shards as of one run (default: ${SHARDS}); reporters and strictness as above`)
    .action(async (folder: string | undefined, _: unknown, own: Command) => {
      done(
        await run({ ...runOptions([], own.optsWithGlobals<RunFlags>()), merge: folder ?? SHARDS }, terminal),
      )
    })
  command
    .command('self-test')
    .description('let every law loose on faults planted for it')
    .option('--json', 'as JSON')
    .addOption(lawOption())
    .action(async (_: unknown, own: Command) => {
      // The program has an option of this name too, and takes what stands anywhere on the line.
      const { json = false, law } = own.optsWithGlobals<{ json?: boolean; law?: string[] }>()
      done(await selfTest({ json, ...(law ? { laws: law } : {}) }, terminal))
    })
  addInitCommand(command, terminal, done)
  addTypesCommand(command, terminal, done)
  return command
}

const lawOption = (): Option =>
  new Option('--law <id>', 'only this law; may be given several times').argParser(
    (id: string, before: string[] | undefined) => [...(before ?? []), ...id.split(',')],
  )

function runOptions(globs: readonly string[], flags: RunFlags): RunOptions {
  const { seed, runs, law, outputFile, page, title, shard, hangLimitMs, exhaustive, scope } = flags
  if (scope && !exhaustive) throw new CannotRun('--scope is the size of an exhaustive run: add --exhaustive')
  if (exhaustive && runs !== undefined) {
    throw new CannotRun('an exhaustive run draws nothing: leave out --runs or --exhaustive')
  }
  return {
    cwd,
    globs,
    strict: flags.strict ?? false,
    reportOnly: flags.reportOnly ?? false,
    verbose: flags.verbose ?? false,
    watch: flags.watch ?? false,
    reporters: flags.reporter,
    ...(seed === undefined ? {} : { seed }),
    ...(runs === undefined ? {} : { runs }),
    ...(law === undefined ? {} : { laws: law }),
    ...(exhaustive ? { exhaustive: { scope: scope ?? {} } } : {}),
    ...(outputFile === undefined ? {} : { outputFile }),
    ...(page === undefined ? {} : { page }),
    ...(title === undefined ? {} : { title }),
    ...(shard === undefined ? {} : { shard }),
    ...(hangLimitMs === undefined ? {} : { hangLimitMs }),
  }
}

function integer(text: string): number {
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It must be an integer.')
  }
  return Number(text)
}

function positive(text: string): number {
  const value = integer(text)
  if (value < 1) throw new InvalidArgumentError('It must be at least 1.')
  return value
}

const SIZES = ['clients', 'failures', 'keys', 'injection'] as const

function scopeSize(text: string): ScopeSize {
  const entries = text.split(',').map((part) => {
    const [, name, count] = /^([a-z]+)=(\d{1,3})$/.exec(part.trim()) ?? []
    if (!SIZES.some((size) => size === name)) {
      throw new InvalidArgumentError(`It must be like clients=5,failures=2; there are ${SIZES.join(', ')}.`)
    }
    return [name, Number(count)]
  })
  return Object.fromEntries(entries)
}

function shard(text: string): string {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (!index || Number(index) < 1 || Number(index) > Number(count)) {
    throw new InvalidArgumentError('It must be like 1/4.')
  }
  return text
}

function reporters(text: string): ReporterName[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !(REPORTERS as readonly string[]).includes(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`There are ${REPORTERS.join(', ')}.`)
  return names as ReporterName[]
}

async function main(): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok
  try {
    await program((result) => {
      code = result
    }).parseAsync()
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok
    const line = error instanceof CommanderError ? error.message.replace(/^error: /, '') : undefined
    if (line === undefined && !(error instanceof CannotRun || error instanceof Died)) throw error
    const message = (line ?? (error as Error).message).replaceAll(/\s*\n\s*/g, ' ')
    terminal.err(`lawful: ${message}${line === undefined ? '' : '; see lawful --help'}\n`)
    return error instanceof Died ? EXIT.died : EXIT.cannotRun
  }
}

process.exitCode = await main()
