import { renderKills, type SelfTestResult, shortcomings } from '../render/kills.js'
import type { Terminal } from './terminal.js'
import { CannotRun, EXIT, type ExitCode } from './usage.js'

interface SelfTestModule {
  selfTest(options: {
    laws?: string[]
    onProgress?(done: number, total: number, name: string): void
  }): Promise<SelfTestResult>
}

/** The package's own name for it: nothing in `src` may import the fixtures by path. */
const MODULE: string = 'lawful/self-test'

/** Lets every law loose on faults planted for it. */
export async function selfTest(
  { laws, json }: { readonly laws?: readonly string[]; readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const module: SelfTestModule = await import(MODULE)
  const result = await module.selfTest({
    ...(laws ? { laws: [...laws] } : {}),
    onProgress: (done, total, name) => terminal.progress(`lawful self-test  ${done} of ${total}  ${name}`),
  })
  terminal.progress('')
  if (laws && result.laws.length === 0) {
    throw new CannotRun(`there is no law ${laws.join(', ')}; \`lawful list\` names them all`)
  }
  terminal.out(json ? `${JSON.stringify(result, undefined, 2)}\n` : renderKills(result, terminal))
  return shortcomings(result).length === 0 ? EXIT.ok : EXIT.violated
}
