/** What runs in the worker of `lawful init`: loads a module through the test runner and tries its exports. */
import '../setup.js'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'vitest'
import { catalogue } from '../catalogue.js'
import type { Adapter } from '../core/protocol.js'
import { detectHost } from '../host/host.js'
import { type Findings, type ProbeRequest, probeModule } from '../init/probe.js'
import type { Evaluate } from '../init/search.js'

/** Why a module could not be looked at. `died`: it wanted to end the process, or never came to an end. */
export interface LoadTrouble {
  readonly died: boolean
  readonly message: string
}

export interface ProbeOutcome {
  readonly found?: Findings
  readonly trouble?: LoadTrouble
}

declare module 'vitest' {
  interface TaskMeta {
    /** What a probe of `lawful init` found. */
    lawfulInit?: ProbeOutcome
  }
}

/** A request, with what only the session needs. */
export interface SessionRequest extends ProbeRequest {
  /** Where texts of adapters are put in order to be run. */
  readonly folder: string
  /** How long the module may take to load. */
  readonly limitMs: number
}

type Load = (path: string) => Promise<unknown>

const host = detectHost()

/** Registers the one test of a session. The functions import: only where they are written does the runner compile. */
export function probeHere(request: SessionRequest, loadModule: () => Promise<unknown>, load: Load): void {
  it('probe', { timeout: 0 }, async ({ task }) => {
    task.meta.lawfulInit = await outcome(request, loadModule, load)
  })
}

async function outcome(
  request: SessionRequest,
  loadModule: () => Promise<unknown>,
  load: Load,
): Promise<ProbeOutcome> {
  const late = Symbol('late')
  let module: unknown
  try {
    module = await Promise.race([loadModule(), host.sleep(request.limitMs).then(() => late)])
  } catch (error) {
    return { trouble: loadTrouble(error) }
  }
  if (module === late) {
    const message = `it was still being loaded after ${request.limitMs} ms: does it await something that never comes?`
    return { trouble: { died: true, message } }
  }
  const exported = module as Readonly<Record<string, unknown>>
  return { found: await probeModule({ host, catalogue }, exported, request, evaluator(request, load)) }
}

/** Runs the very texts that are written in the end, as the runner compiles them. */
function evaluator({ folder, typed }: SessionRequest, load: Load): Evaluate {
  let count = 0
  return async (name, subject, texts) => {
    const path = join(folder, `adapters-${++count}.${typed ? 'ts' : 'mjs'}`)
    writeFileSync(path, `export default (${name}) => [\n${texts.join(',\n')}\n]\n`)
    const { default: make } = (await load(path)) as { default(subject: unknown): readonly Adapter[] }
    return make(subject)
  }
}

function loadTrouble(error: unknown): LoadTrouble {
  const [line = ''] = String((error as Error | undefined)?.message ?? error).split('\n')
  if (/process\.exit unexpectedly called/.test(line)) {
    return { died: true, message: 'it calls process.exit when it is loaded' }
  }
  return { died: false, message: `it could not be loaded: ${line}` }
}
