import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Reporter, TestModule } from 'vitest/node'
import type { Findings } from '../init/probe.js'
import { loadTrouble } from './collector.js'
import { HANG_LIMIT_MS, runFiles } from './files.js'
import type { LoadTrouble, ProbeOutcome, SessionRequest } from './init-session.js'
import type { InitTarget } from './init-target.js'
import { CannotRun, Died } from './usage.js'

/** What the probe is told of the command's options. */
export interface ProbeOptions {
  readonly cwd: string
  readonly exported?: string
  readonly protocol?: string
  readonly hangLimitMs?: number
}

const SESSION = fileURLToPath(new URL('./init-session.js', import.meta.url))

/** Tries a module's exports in a process of its own, where the test runner compiles what needs it. */
export async function probe(target: InitTarget, options: ProbeOptions): Promise<Findings> {
  const { cwd, exported, protocol, hangLimitMs = HANG_LIMIT_MS } = options
  const folder = join(cwd, '.lawful', `init-${process.pid}`)
  const file = join(folder, 'probe.laws.mjs')
  const request: SessionRequest = {
    module: target.module,
    typed: target.typed,
    folder,
    limitMs: hangLimitMs,
    ...(target.package === undefined ? {} : { package: target.package }),
    ...(exported === undefined ? {} : { exported }),
    ...(protocol === undefined ? {} : { protocol }),
  }
  const listener = new Listener()
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, entry(request, target.source))
    await runFiles({ cwd, globs: [relative(cwd, file)], asked: { hangLimitMs }, reporter: listener })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const { found, trouble } = listener.outcome
  if (found) return found
  const line = `${target.shown}: ${trouble?.message}`
  throw trouble?.died ? new Died(line) : new CannotRun(line)
}

/** The file that is run. Imports stand in it, as only here does the runner compile what they load. */
const entry = (request: SessionRequest, source: string): string =>
  [
    `import { probeHere } from ${JSON.stringify(SESSION)}`,
    `probeHere(${JSON.stringify(request)}, () => import(${JSON.stringify(source)}), (path) => import(path))`,
    '',
  ].join('\n')

/** Takes what the session left behind, or what became of it. */
class Listener implements Reporter {
  outcome: ProbeOutcome = {}

  onTestRunEnd([module]: readonly TestModule[]): void {
    const [test] = module ? [...module.children.allTests()] : []
    this.outcome = test?.meta().lawfulInit ?? { trouble: troubleOf(module) }
  }
}

function troubleOf(module: TestModule | undefined): LoadTrouble {
  const [error] = module?.errors() ?? []
  if (error) return { died: false, message: loadTrouble(error).message }
  const [test] = module ? [...module.children.allTests()] : []
  const [failure] = test?.result().errors ?? []
  if (failure) return { died: false, message: failure.message }
  return {
    died: true,
    message: 'its process ended, or hung and had to be ended, while it was loaded or tried',
  }
}
