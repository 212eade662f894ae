import type { Reporter, TestModule, TestSpecification } from 'vitest/node'
import type { Report } from '../core/report.js'
import type { SuiteRecord } from '../runners/record.js'
import type { Terminal } from './terminal.js'
import { EXIT } from './usage.js'

/** What came of one laws file. */
export interface FileResult {
  /** Relative to where the command runs. */
  readonly file: string
  readonly records: readonly SuiteRecord[]
  /** Why the file gave nothing, or not all. */
  readonly trouble?: FileTrouble
  readonly module: TestModule | undefined
}

/** The reports of all suites that were checked. */
export const reportsOf = (results: readonly FileResult[]): readonly Report[] =>
  results.flatMap(({ records }) => records.flatMap(({ report }) => report ?? []))

export interface FileTrouble {
  readonly exit: typeof EXIT.cannotRun | typeof EXIT.died
  readonly message: string
}

/** Collects the records that suites leave on their tests, and shows how far a run has come. */
export class Collector implements Reporter {
  #files: readonly string[] = []
  readonly #running = new Map<string, string>()
  #done = 0
  /** What went wrong while results were handled; a test runner would swallow it. */
  failure: unknown

  constructor(
    readonly cwd: string,
    readonly terminal: Terminal,
    /** Gets the results of every run: of one, or in watch mode of each. */
    readonly finished: (results: readonly FileResult[]) => Promise<void>,
    /** Whether only a part of the files is run: which ones, the runner does not tell before it runs them. */
    readonly sharded = false,
  ) {}
  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#files = [...new Set(specifications.map(({ moduleId }) => moduleId))].sort()
    this.#done = 0
    this.#running.clear()
    this.#show()
  }

  onTestModuleStart(module: TestModule): void {
    this.#running.set(module.moduleId, module.relativeModuleId)
    this.#show()
  }

  onTestSuiteReady(suite: { readonly name: string; readonly module: TestModule }): void {
    this.#running.set(suite.module.moduleId, suite.name)
    this.#show()
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(module.moduleId)
    this.#done++
    this.#show()
  }

  onUserConsoleLog(log: { readonly content: string }): void {
    this.terminal.err(log.content)
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    this.terminal.progress('')
    const byId = new Map(modules.map((module) => [module.moduleId, module]))
    try {
      const files = this.sharded ? this.#files.filter((id) => byId.has(id)) : this.#files
      const results = files.map((id) => this.#result(id, byId.get(id)))
      await this.finished(results)
    } catch (error) {
      this.failure = error
    }
  }

  #show(): void {
    if (this.#files.length === 0) return
    const now = [...this.#running.values()].join(', ')
    this.terminal.progress(`lawful  ${this.#done} of ${this.#files.length} files  ${now}`)
  }

  #result(id: string, module: TestModule | undefined): FileResult {
    const file = module?.relativeModuleId ?? relative(this.cwd, id)
    const tests = module ? [...module.children.allTests()] : []
    const records = tests.flatMap((test) => test.meta().lawful ?? [])
    const trouble = fileTrouble(module, records)
    return { file, records, module, ...(trouble ? { trouble } : {}) }
  }
}

const relative = (cwd: string, path: string): string =>
  path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path

function fileTrouble(
  module: TestModule | undefined,
  records: readonly SuiteRecord[],
): FileTrouble | undefined {
  const [error] = module?.errors() ?? []
  if (error) return loadTrouble(error)
  const state = module?.state()
  // Of a worker that went away nothing more is heard: what it was running is left as it was.
  if (state === undefined || state === 'queued' || state === 'pending') {
    // A file's suites run one after the other, and each leaves one record: the next one is where it ended.
    const suite = [...(module?.children.suites() ?? [])][records.length]?.name
    const when = suite === undefined ? 'while it was being loaded' : `while ${suite} was being checked`
    return { exit: EXIT.died, message: `its process ended, or hung and had to be ended, ${when}` }
  }
  return records.length > 0 ? undefined : NO_LAWS
}

const NO_LAWS: FileTrouble = {
  exit: EXIT.cannotRun,
  message: 'there are no laws in it: call `describeLaws(…)` of lawful/vitest',
}

/** Why a file could not even be loaded. */
export function loadTrouble({ name, message }: { name?: string; message: string }): FileTrouble {
  const [line = ''] = message.split('\n')
  if (/^No test suite found/.test(line)) return NO_LAWS
  if (/process\.exit unexpectedly called/.test(line)) {
    return { exit: EXIT.died, message: 'it calls process.exit when it is loaded' }
  }
  if (name === 'AdapterError') return { exit: EXIT.cannotRun, message: line }
  return { exit: EXIT.cannotRun, message: `it could not be loaded: ${line}` }
}
