import { type CheckOptions, check } from '../core/check.js'
import type { Suite } from '../core/protocol.js'
import { parseReplay } from '../core/replay.js'
import { replay } from '../core/replayed.js'
import { detectHost } from '../host/host.js'
import { type Asked, describeSuite, type SuiteRecord, type Trouble } from './record.js'

const host = detectHost()
/** Checks share the process's clock: whatever the test runner does at once, they take turns. */
let turn: Promise<unknown> = Promise.resolve()

/** Runs what was asked of a suite, and never rejects: what went wrong is part of the record. */
export function runSuite(suite: Suite, options: CheckOptions, asked: Asked): Promise<SuiteRecord> {
  const run = turn.then(() => record(suite, options, asked))
  turn = run
  return run
}

/** Ids of the laws that a suite is to be judged by; without `asked`, all of them. */
export function wantedLaws(suite: Suite, options: CheckOptions, asked: Asked): readonly string[] {
  const ids = suite.laws.map(({ id }) => id)
  if (asked.replay !== undefined) {
    const law = parseReplay(asked.replay)?.law
    return ids.filter((id) => id === law)
  }
  if (asked.laws) return ids.filter((id) => asked.laws?.includes(id))
  // Unknown ids in the options of one suite are a mistake, which the check itself points out.
  return options.laws ?? ids
}

async function record(suite: Suite, options: CheckOptions, asked: Asked): Promise<SuiteRecord> {
  const known = describeSuite(suite)
  const guard = guardProcess()
  let outcome: Pick<SuiteRecord, 'report' | 'replayed' | 'trouble'>
  try {
    outcome = asked.replay === undefined ? await checked() : await replayed(asked.replay)
  } catch (error) {
    outcome = { trouble: trouble(error) }
  } finally {
    guard.release()
  }
  const died = guard.died()
  return { ...known, ...(died ? { trouble: died } : outcome) }

  async function checked(): Promise<Pick<SuiteRecord, 'report'>> {
    const { seed = options.seed, runs = options.runs } = asked
    const { exhaustive = options.exhaustive, scope = options.scope } = asked
    const laws = asked.laws || options.laws ? wantedLaws(suite, options, asked) : undefined
    return {
      report: await check(host, suite, {
        ...(seed === undefined ? {} : { seed }),
        ...(runs === undefined ? {} : { runs }),
        ...(laws ? { laws } : {}),
        ...(exhaustive === undefined ? {} : { exhaustive }),
        ...(scope === undefined ? {} : { scope }),
      }),
    }
  }

  async function replayed(text: string): Promise<Pick<SuiteRecord, 'replayed'>> {
    const { law, counterexample } = await replay(host, suite, text)
    const seed = parseReplay(text)?.seed ?? 0
    return { replayed: { law: law.id, seed, ...(counterexample ? { counterexample } : {}) } }
  }
}

/** By name: the law file and this runner may come from two copies of the kit. */
function trouble(error: unknown): Trouble {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  if (name === 'AdapterError') return { kind: 'adapter', message }
  if (name === 'UsageError') return { kind: 'usage', message }
  return { kind: 'internal', message: stack ?? message }
}

/** A subject that exits would take the results of everybody else along. */
function guardProcess(): { died(): Trouble | undefined; release(): void } {
  const { process } = globalThis as { process?: NodeJS.Process }
  if (typeof process?.exit !== 'function') return { died: () => undefined, release() {} }
  const { exit } = process
  let died: Trouble | undefined
  process.exit = (code) => {
    died ??= { kind: 'died', message: `called process.exit(${code ?? ''})` }
    throw new Error(`process.exit(${code ?? ''}) is not for a subject to call`)
  }
  return {
    died: () => died,
    release() {
      process.exit = exit
    },
  }
}
