import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from '@tsd/typescript'
import { expect, it, vi } from 'vitest'
import { projectFile } from './source-text.js'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

it('the examples run: the latch keeps its laws, and the lazy value breaks the one it is there to break', () => {
  const { stdout, status } = spawnSync(process.execPath, [at('dist/src/cli/main.js'), 'examples/'], {
    cwd: at('.'),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toContain('✓ latch of a promise (latch)')
  expect(stdout).toContain('✗ MyLazy (lazy)')
  expect(stdout).toContain('factory #1 is still in flight')
  expect(status).toBe(1)
}, 60_000)

/** Programs that a person runs say by their exit code whether all went as it should. */
const programs = readdirSync(at('examples')).filter(
  (name) => name.endsWith('.ts') && projectFile(`examples/${name}`).includes('process.exitCode ='),
)

it.each(programs)(
  'examples/%s runs, and all goes as it should',
  async (name) => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {})
    try {
      await import(lowered(name) ?? `../examples/${name}`)
      expect(process.exitCode).toBe(0)
      expect(print).toHaveBeenCalled()
    } finally {
      process.exitCode = undefined
      print.mockRestore()
    }
  },
  60_000,
)

/** Where a program uses decorators, which neither engines nor the transform of these tests read: it, without them. */
function lowered(name: string): string | undefined {
  const source = projectFile(`examples/${name}`)
  if (!/^\s*@\w/m.test(source)) return undefined
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  const built = new URL('../dist/src/awaitables/index.js', import.meta.url).href
  const code = outputText.replace("'lawful/awaitables'", `'${built}'`)
  return `data:text/javascript,${encodeURIComponent(code)}`
}
