import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

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
