import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import type { Asked } from '../runners/record.js'
import { shardFile } from './shards.js'
import { CannotRun } from './usage.js'

/** Which files to run, and what to ask of them. */
export interface FilesOptions {
  readonly cwd: string
  /** Files, folders or globs; without any, every laws file below `cwd`. */
  readonly globs: readonly string[]
  readonly asked: Asked
  readonly watch?: boolean
  readonly shard?: string
  /** Take what sharded runs have left in this folder, and run nothing. */
  readonly merge?: string
  readonly reporter: Reporter
}

/** A check ends a hanging subject after two seconds; whatever is silent for this long is not in a check. */
export const HANG_LIMIT_MS = 20_000
const LAWS = '*.laws.{ts,mts,js,mjs}'

/** Runs laws files through vitest; results go to the reporter. Resolves once everything is closed again. */
export async function runFiles(options: FilesOptions): Promise<void> {
  const vitest = await open(options)
  try {
    if (options.merge !== undefined) {
      await vitest.mergeReports(options.merge)
      return
    }
    await requireFiles(vitest, options)
    await vitest.start()
    if (options.watch) await new Promise(() => {})
  } finally {
    await vitest.close()
  }
}

/** The suites of laws files, without running them. */
export async function collectFiles(options: FilesOptions): Promise<readonly TestModule[]> {
  const vitest = await open(options)
  try {
    await requireFiles(vitest, options)
    const { testModules } = await vitest.collect()
    return testModules
  } finally {
    await vitest.close()
  }
}

async function open(options: FilesOptions): Promise<Vitest> {
  const { cwd, globs, asked, watch = false, shard, reporter } = options
  const { createVitest } = await importVitest(cwd)
  // What vitest would print, the reporter tells in its own words.
  const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() })
  try {
    return await createVitest(
      'test',
      {
        root: cwd,
        watch,
        include: globs.length > 0 ? globs.map(toPattern) : [`**/${LAWS}`],
        exclude: ['**/node_modules/**', '**/.git/**'],
        // What a shard leaves, another process puts together with the rest.
        reporters: shard === undefined ? [reporter] : [reporter, ['blob', { outputFile: shardFile(shard) }]],
        pool: 'forks',
        provide: { lawful: { hangLimitMs: HANG_LIMIT_MS, ...asked } },
        cache: false,
        coverage: { enabled: false },
        typecheck: { enabled: false },
        ...(shard === undefined ? {} : { shard }),
      },
      { plugins: [setupFirst()], logLevel: 'silent', ...(watch ? {} : { server: { watch: null } }) },
      { stdout: silent(), stderr: silent() },
    )
  } catch (error) {
    throw new CannotRun(`vitest could not be started: ${firstLine(error)}`)
  }
}

/** Vitest as the user has it, or else as the kit finds it. */
export async function importVitest(cwd: string): Promise<typeof import('vitest/node')> {
  const places = [pathToFileURL(join(cwd, 'package.json')), new URL(import.meta.url)]
  for (const place of places) {
    let path: string
    try {
      path = createRequire(place).resolve('vitest/node')
    } catch {
      continue
    }
    return import(pathToFileURL(path).href)
  }
  throw new CannotRun(
    'vitest is needed to run laws files and is not installed: npm install --save-dev vitest',
  )
}

/** What is changed of how the user runs tests. */
interface TestConfig {
  setupFiles?: string | string[]
  maxWorkers?: number | string
  projects?: unknown
  workspace?: unknown
}

/** Puts the trampolines in place before any setup file of the user, and leaves aside how the user runs other tests. */
function setupFirst() {
  const setup = fileURLToPath(new URL('./watchdog.js', import.meta.url))
  return {
    name: 'lawful:setup',
    enforce: 'pre' as const,
    config(config: { test?: TestConfig }) {
      config.test ??= {}
      // Checks do nothing but compute, and nobody waits for a response of the terminal meanwhile.
      config.test.maxWorkers ??= availableParallelism()
      config.test.setupFiles = [setup, ...[config.test.setupFiles ?? []].flat()]
      delete config.test.projects
      delete config.test.workspace
    },
  }
}

/** A folder stands for the laws files in it. */
function toPattern(glob: string): string {
  const path = glob.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '')
  return /[*?{}[\]]|\.[cm]?[jt]sx?$/.test(path) ? path : `${path}/**/${LAWS}`
}

async function requireFiles(vitest: Vitest, { globs, shard }: FilesOptions): Promise<void> {
  const found = await vitest.globTestSpecifications()
  if (found.length > 0 || shard !== undefined) return
  throw new CannotRun(
    globs.length > 0
      ? `no laws file matches ${globs.join(' ')}; a laws file is named ${LAWS}`
      : `there are no laws files here: name one ${LAWS}, or say which to run`,
  )
}

const firstLine = (error: unknown): string => String((error as Error)?.message ?? error).split('\n')[0]!
