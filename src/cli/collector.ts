import type { Reporter, SerializedError, TestModule, TestSpecification } from 'vitest/node'
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

export interface FileTrouble {
  readonly exit: typeof EXIT.cannotRun | typeof EXIT.died
  readonly message: string
}

/** Collects the records that suites leave on their tests, and shows how far a run has come. */
export class Collector implements Reporter {
  #files: readonly string[] = []
  readonly #running = new Map<string, string>()
  #done = 0

  constructor(
    readonly cwd: string,
    readonly terminal: Terminal,
    /** Gets the results of every run: of one, or in watch mode of each. */
    readonly finished: (results: readonly FileResult[]) => Promise<void>,
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

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): Promise<void> {
    this.terminal.progress('')
    const byId = new Map(modules.map((module) => [module.moduleId, module]))
    await this.finished(this.#files.map((id) => this.#result(id, byId.get(id), errors)))
  }

  #show(): void {
    if (this.#files.length === 0) return
    const now = [...this.#running.values()].join(', ')
    this.terminal.progress(`lawful  ${this.#done} of ${this.#files.length} files  ${now}`)
  }

  #result(id: string, module: TestModule | undefined, errors: readonly SerializedError[]): FileResult {
    const file = module?.relativeModuleId ?? relative(this.cwd, id)
    const tests = module ? [...module.children.allTests()] : []
    const records = tests.flatMap((test) => test.meta().lawful ?? [])
    const trouble = fileTrouble(module, tests.length > 0, records, errors)
    return { file, records, module, ...(trouble ? { trouble } : {}) }
  }
}

const relative = (cwd: string, path: string): string =>
  path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path

function fileTrouble(
  module: TestModule | undefined,
  hasTests: boolean,
  records: readonly SuiteRecord[],
  errors: readonly SerializedError[],
): FileTrouble | undefined {
  const [error] = module?.errors() ?? []
  if (error) return collectionTrouble(error)
  const state = module?.state()
  if (state === undefined || state === 'queued' || state === 'pending' || errors.some(killed)) {
    if (records.length === 0 || state !== 'passed') return { exit: EXIT.died, message: 'its process ended in the middle of a check' }
  }
  if (!hasTests || records.length === 0) return NO_LAWS
  return undefined
}

const NO_LAWS: FileTrouble = {
  exit: EXIT.cannotRun,
  message: 'has no laws: call describeLaws(…) of lawful/vitest in it',
}

function collectionTrouble({ name, message }: { name?: string; message: string }): FileTrouble {
  const [line = ''] = message.split('\n')
  if (/^No test suite found/.test(line)) return NO_LAWS
  if (/process\.exit unexpectedly called/.test(line)) return { exit: EXIT.died, message: 'calls process.exit' }
  if (name === 'AdapterError') return { exit: EXIT.cannotRun, message: line }
  return { exit: EXIT.cannotRun, message: `could not be loaded: ${line}` }
}

const killed = ({ message }: { message: string }): boolean => /Worker|exited/.test(message)
