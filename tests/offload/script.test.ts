import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { check, offload } from '../../src/index.js'
import { renderScript } from '../../src/render/script.js'

const folder = mkdtempSync(join(tmpdir(), 'lawful-script-'))
afterAll(() => rmSync(folder, { recursive: true }))

const cases = createRequire(import.meta.url).resolve('lawful/offload-cases')

/** A worker for each call, which is told of errors and not of exits, and which goes on when its call is aborted. */
const DECLARATION = `const { Worker } = process.getBuiltinModule('node:worker_threads')
const code = \`
  const { parentPort, workerData } = require('node:worker_threads')
  const { caseName, input } = workerData
  Promise.resolve()
    .then(() => require(${JSON.stringify(cases)})(caseName, input))
    .then((value) => parentPort.postMessage({ value }))
    .catch((reason) => parentPort.postMessage({ reason }))\`
class OneEach {
  workers = []
  run(caseName, input, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const worker = new Worker(code, { eval: true, workerData: { caseName, input } })
      this.workers.push(worker)
      worker.on('error', reject)
      worker.once('message', (answer) => ('value' in answer ? resolve(answer.value) : reject(answer.reason)))
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }
  async destroy() {
    await Promise.all(this.workers.map((worker) => worker.terminate()))
  }
}`
const OneEach = new Function(`${DECLARATION}\nreturn OneEach`)()

describe('a reproduction in real time', async () => {
  const laws = ['an-exit-settles-its-call', 'never-more-than-its-threads', 'abort-stops-the-work']
  const suite = offload({ name: 'OneEach', create: () => new OneEach() })
  const { verdicts } = await check(suite, { laws: laws.map((law) => `offload/${law}`) })

  it.each(laws)(
    'of offload/%s goes as it was recorded',
    (claim) => {
      const verdict = verdicts.find(({ law }) => law === `offload/${claim}`)
      expect(verdict?.verdict).toBe('violated')
      const text = renderScript({
        subject: 'OneEach',
        law: `offload/${claim}`,
        statement: 'A statement.',
        counterexample: verdict!.counterexample!,
        members: { create: '() => new OneEach()' },
        imports: [],
        declarations: [DECLARATION],
      })
      const path = join(folder, `${claim}.mjs`)
      writeFileSync(path, text)
      let output = ''
      try {
        execFileSync(process.execPath, [path], { encoding: 'utf8' })
      } catch (error) {
        output = (error as { stdout: string }).stdout
      }
      expect(output).toMatch(/\nREPRODUCED\n$/)
    },
    30_000,
  )
})
