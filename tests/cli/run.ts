import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
export const FIXTURES = fileURLToPath(new URL('./fixtures', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built command line as a script would, nobody watching: in the folder of the fixtures, or in another one. */
export function lawful(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = FIXTURES,
): Promise<Ended> {
  // What the test runner says about colour in its own workers must not reach the command.
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...inherited, ...env } })
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (part) => (text.out += part))
  child.stderr.setEncoding('utf8').on('data', (part) => (text.err += part))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text })))
}
