import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findings } from '../../fixtures/findings/index.js'

const FOLDER = fileURLToPath(new URL('../../fixtures/findings/scripts', import.meta.url))
/** A script ends by itself in a second or two; one that does not is reported instead of waited for. */
const LIMIT_MS = 30_000

interface Ended {
  readonly code: number | null
  readonly text: string
}

const run = (script: string) =>
  new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, ['--no-warnings', script], { cwd: FOLDER, timeout: LIMIT_MS })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        text += data
      })
    }
    child.on('close', (code) => resolve({ code, text }))
  })

/** As many at once as there are cores. */
async function runAll(scripts: readonly string[]): Promise<ReadonlyMap<string, Ended>> {
  const ended = new Map<string, Ended>()
  const queue = [...scripts]
  const worker = async () => {
    for (let script = queue.shift(); script !== undefined; script = queue.shift()) {
      ended.set(script, await run(script))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return ended
}

describe('the programs of the findings', () => {
  const scripts = readdirSync(FOLDER).filter((file) => file.endsWith('.mjs'))

  it('show their faults', async () => {
    const ended = await runAll(scripts)
    const failed = scripts.flatMap((script) => {
      const { code, text } = ended.get(script)!
      return code === 0 ? [] : [`${script} exits with ${code}:\n${text}`]
    })
    expect(failed).toEqual([])
  })

  it('are there for every fault, and each belongs to one', () => {
    const named = findings.flatMap(({ scripts = [] }) => scripts.map((script) => `${script}.mjs`))
    expect(scripts.filter((script) => !named.includes(script))).toEqual([])
    expect(named.filter((script) => !scripts.includes(script))).toEqual([])
    const without = findings.filter(({ kind, scripts = [] }) => kind === 'fault' && scripts.length === 0)
    expect(without.map(({ cause }) => cause)).toEqual([])
  })
})
