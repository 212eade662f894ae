import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { functionName, lawsText, type WrittenSuite } from '../init/laws-file.js'
import type { Finding, Findings } from '../init/probe.js'
import { ADAPTABLE, skeleton } from '../init/skeletons.js'
import { WORKFLOW, WORKFLOW_PATH } from '../init/workflow.js'
import { probe } from './init-probe.js'
import { type InitTarget, initTarget, isInstalled } from './init-target.js'
import type { Terminal } from './terminal.js'
import { CannotRun, EXIT, type ExitCode } from './usage.js'

export interface InitOptions {
  readonly cwd: string
  readonly exported?: string
  readonly protocol?: string
  readonly out?: string
  readonly ci: boolean
  readonly force: boolean
  readonly dryRun: boolean
  readonly hangLimitMs?: number
}

interface InitFlags {
  readonly export?: string
  readonly protocol?: string
  readonly out?: string
  readonly ci?: string
  readonly force?: boolean
  readonly dryRun?: boolean
  // An option that the program has too, and so takes wherever it stands.
  readonly hangLimitMs?: number
}

/** Adds `lawful init` to the program. */
export function addInitCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('init [module]')
    .description('write a first laws file for a file or a package, by trying what its exports are')
    .option('--export <name>', 'only this export')
    .option(
      '--protocol <name>',
      'the protocol that is meant; where nothing fits it, there is a skeleton to fill in',
    )
    .option('--out <path>', 'the laws file (beside the module; for a package, here)')
    .addOption(
      new Option('--ci <service>', 'also write a workflow that runs all laws files').choices(['github']),
    )
    .option('--force', 'overwrite what is there')
    .option('--dry-run', 'print what would be written')
    .action(async (module: string | undefined, _: unknown, command: Command) => {
      const flags = command.optsWithGlobals<InitFlags>()
      const { export: exported, protocol, out, hangLimitMs } = flags
      const options: InitOptions = {
        cwd: process.cwd(),
        ci: flags.ci !== undefined,
        force: flags.force ?? false,
        dryRun: flags.dryRun ?? false,
        ...(exported === undefined ? {} : { exported }),
        ...(protocol === undefined ? {} : { protocol: protocolName(protocol) }),
        ...(out === undefined ? {} : { out }),
        ...(hangLimitMs === undefined ? {} : { hangLimitMs }),
      }
      done(await init(module, options, terminal))
    })
}

/** Takes the name of the kit's function too: `ttlCache` is `ttl-cache`. */
function protocolName(text: string): string {
  const found = ADAPTABLE.find((name) => name === text || functionName(name) === text)
  if (found) return found
  throw new CannotRun(`there is no protocol ${text}; there are ${ADAPTABLE.join(', ')}`)
}

/** Writes a first laws file, a workflow, or both. */
export async function init(
  module: string | undefined,
  options: InitOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (module === undefined && !options.ci) {
    throw new CannotRun('say which file or package: lawful init src/cache.ts; or lawful init --ci github')
  }
  const target = module === undefined ? undefined : initTarget(module, options)
  if (target) refuseToOverwrite(target.out, options)
  if (options.ci) refuseToOverwrite(resolve(options.cwd, WORKFLOW_PATH), options)
  if (target) await initLaws(target, options, terminal)
  if (options.ci) put(resolve(options.cwd, WORKFLOW_PATH), WORKFLOW, 'runs all laws files', options, terminal)
  return EXIT.ok
}

async function initLaws(target: InitTarget, options: InitOptions, terminal: Terminal): Promise<void> {
  terminal.progress(`lawful init  trying what ${target.shown} exports`)
  const found = await probe(target, options)
  terminal.progress('')
  requireExport(found, target, options)
  const say = options.dryRun ? terminal.err : terminal.out
  for (const finding of found.findings) say(evidence(finding))
  if (found.untried > 0) say(`${found.untried} more exports were not tried: name one with --export\n`)
  const suites = chosen(found, target, options)
  const text = lawsText(suites, target.specifier)
  const what = suites.map(({ subject, protocol }) => `${subject} as ${protocol}`).join(', ')
  put(target.out, text, what, options, terminal)
  if (options.dryRun) return
  if (!isInstalled('lawful/vitest', target.out)) terminal.out('next  npm install --save-dev lawful vitest\n')
  terminal.out(`next  npx lawful ${relative(options.cwd, target.out).replaceAll('\\', '/')}\n`)
}

function requireExport(
  { exports, findings }: Findings,
  { shown }: InitTarget,
  { exported }: InitOptions,
): void {
  if (exports.length === 0) throw new CannotRun(`${shown} exports nothing that can be called`)
  if (findings.length > 0 || exported === undefined) return
  throw new CannotRun(`${shown} exports no ${exported} that can be called; it exports ${exports.join(', ')}`)
}

/** More of what an export is not would say nothing. */
const MOST_MISFITS = 3

/** What each export was tried as, the best first. */
function evidence({ subject, kind, fits: all }: Finding): string {
  if (all.length === 0) return `${subject} (${kind}) is like nothing that there is a protocol for\n`
  const misfits = all.filter(({ fits }) => !fits).slice(0, MOST_MISFITS)
  const shown = [...all.filter(({ fits }) => fits), ...misfits]
  const width = Math.max(...shown.map(({ protocol }) => protocol.length))
  const lines = shown.map(({ protocol, fits, held, broken, why }, index) => {
    const laws = `${held} of ${held + broken.length} required laws hold`
    const besides = index === 0 && fits && broken.length > 0 ? `, not ${broken.join(', ')}` : ''
    return `  ${protocol.padEnd(width)}  ${fits ? `fits: ${laws}${besides}` : `does not: ${why}`}\n`
  })
  return `${subject} (${kind})\n${lines.join('')}`
}

/** A suite for each export that something fits; where a protocol is asked for, a skeleton if need be. */
function chosen(
  { findings, exports }: Findings,
  { shown }: InitTarget,
  { protocol }: InitOptions,
): readonly WrittenSuite[] {
  const fitting = findings.flatMap((finding) => {
    const [best] = finding.fits
    return best?.fits ? [{ finding, best }] : []
  })
  // What only has the name of something is for where there is nothing better.
  const marked = fitting.filter(({ best }) => best.marked)
  const kept = marked.length > 0 ? marked : fitting
  if (kept.length > 0) return kept.map(({ finding, best }) => suite(finding, best))
  if (protocol === undefined) {
    throw new CannotRun(
      `nothing that ${shown} exports fits by itself: say what it is with --protocol (${ADAPTABLE.join(', ')})`,
    )
  }
  const [finding, ...others] = findings
  if (!finding || others.length > 0) {
    throw new CannotRun(
      `no export of ${shown} fits ${protocol}: name one with --export (${exports.join(', ')})`,
    )
  }
  return [suite(finding, { protocol, members: skeleton(protocol, finding.name), policy: {} })]
}

const suite = (
  { path, name, subject }: Finding,
  { protocol, members, policy }: Pick<WrittenSuite, 'protocol' | 'members' | 'policy'>,
): WrittenSuite => ({ path, name, subject, protocol, members, policy })

function refuseToOverwrite(path: string, { cwd, force, dryRun }: InitOptions): void {
  if (force || dryRun || !existsSync(path)) return
  throw new CannotRun(`${relative(cwd, path)} is there already: --force overwrites it`)
}

function put(
  path: string,
  text: string,
  what: string,
  { cwd, dryRun }: InitOptions,
  terminal: Terminal,
): void {
  if (dryRun) {
    terminal.out(text)
    return
  }
  const same = existsSync(path) && readFileSync(path, 'utf8') === text
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  terminal.out(`${same ? 'same' : 'wrote'}  ${relative(cwd, path).replaceAll('\\', '/')}  ${what}\n`)
}
