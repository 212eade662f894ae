import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lawful } from '../cli/run.js'

// Inside the project, so that `lawful` and `vitest` are found, and where nothing else looks.
const parent = fileURLToPath(new URL('../../.lawful/', import.meta.url))
let folder = ''

const run = (...args: readonly string[]) => lawful(args, { NO_COLOR: '1' }, folder)
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

beforeAll(() => {
  mkdirSync(parent, { recursive: true })
  folder = mkdtempSync(join(parent, 'init-test-'))
  cpSync(fileURLToPath(new URL('fixtures', import.meta.url)), folder, { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a module that has a subject', { timeout: 300_000 }, () => {
  it.each([
    {
      module: 'settings.ts',
      laws: 'settings.laws.ts',
      what: 'Settings as lazy',
      text: 'create: (factory) => new Settings(factory as () => Promise<unknown>)',
      code: 1,
      shown: '✗ lazy/single-flight',
    },
    {
      module: 'once-per-key.js',
      laws: 'once-per-key.laws.js',
      what: 'oncePerKey as memo',
      text: "policy: { source: 'promise', syncThrow: 'throw', failure: 'cache' }",
      code: 0,
      shown: '✓ oncePerKey (memo)',
    },
    {
      module: 'gate.ts',
      laws: 'gate.laws.ts',
      what: 'gate as future',
      text: "'./gate.js'\n",
      code: 0,
      shown: '✓ gate (future)',
    },
    {
      module: 'at-most.ts',
      laws: 'at-most.laws.ts',
      what: 'atMost as lock',
      text: 'create: ({ permits }) => ({ run: atMost(permits) })',
      code: 0,
      shown: '✓ atMost (lock)',
    },
    {
      module: './again.ts',
      laws: 'again.laws.ts',
      what: 'again as retry',
      text: 'delay: (k: number) => Math.min(maxMs, baseMs * factor ** k),',
      code: 0,
      shown: '✓ again (retry)',
    },
  ])('$module is written as $what, and runs', async ({ module, laws, what, text, code, shown }) => {
    const first = await run('init', module)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/ fits: \d+ of \d+ required laws hold/)
    expect(first.out).toContain(`wrote  ${laws}  ${what}\nnext  npx lawful ${laws}\n`)
    expect(read(laws)).toContain(text)
    const second = await run(laws, '--runs', '60')
    expect(second).toMatchObject({ code, err: '' })
    expect(second.out).toContain(shown)
    expect(existsSync(join(folder, '.lawful', 'init'))).toBe(false)
  })

  it('is not written over what is there, unless that is asked for', async () => {
    const refused = await run('init', 'again.ts')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toBe('lawful: again.laws.ts is there already: --force overwrites it\n')
    const printed = await run(
      'init',
      'gate.ts',
      '--dry-run',
      '--protocol',
      'future',
      '--out',
      'other.laws.js',
    )
    expect(printed.out).toContain("'./gate.ts'\n\ndescribeLaws(\n  future({\n")
    expect(existsSync(join(folder, 'other.laws.js'))).toBe(false)
  })
})

describe('a module that fits nothing', { timeout: 120_000 }, () => {
  it('is told so, and how to go on', async () => {
    const { code, out, err } = await run('init', 'greeter.ts')
    expect(out).toBe('Greeter (class) is like nothing that there is a protocol for\n')
    expect(err).toMatch(
      /^lawful: nothing that greeter\.ts exports fits by itself: say what it is with --protocol \(.*\)\n$/,
    )
    expect(code).toBe(2)
  })

  it('gets a skeleton of the protocol that is asked for, which says what is missing', async () => {
    expect(await run('init', 'greeter.ts', '--protocol', 'ttlCache')).toMatchObject({ code: 0, err: '' })
    expect(read('greeter.laws.ts')).toContain('// (load, { ttlMs }) => ({ get })')
    const { code, err } = await run('greeter.laws.ts')
    expect(err).toContain("`create` threw Error('Greeter is not plugged in yet: fill in create')")
    expect(code).toBe(2)
  })
})

describe('what cannot be looked at', { timeout: 120_000 }, () => {
  it.each([
    [['init'], 2, 'say which file or package: lawful init src/cache.ts; or lawful init --ci github'],
    [['init', 'nowhere.ts'], 2, 'there is no file nowhere.ts'],
    [['init', 'no-such-package'], 2, 'there is neither a file no-such-package nor an installed package'],
    [['init', 'gate.ts', '--protocol', 'nope'], 2, 'there is no protocol nope; there are awaitable, '],
    [['init', 'gate.ts', '--export', 'nope'], 2, 'exports no nope that can be called; it exports default'],
    [['init', 'gate.ts', '--out', 'gate.ts'], 2, '--out must name a laws file'],
    [['init', 'constant.js'], 2, 'constant.js exports nothing that can be called'],
    [['init', 'throws.js'], 2, 'throws.js: it could not be loaded: no database'],
    [['init', 'exits.js'], 3, 'exits.js: it calls process.exit when it is loaded'],
    [['init', 'waits.js', '--hangLimitMs', '1000'], 3, 'waits.js: it was still being loaded after 1000 ms'],
    [['init', 'loops.js', '--hangLimitMs', '1000'], 3, 'loops.js: its process ended, or hung'],
  ])('%j is told in one line', async (args, code, line) => {
    // The order of the tests is that of the file, and these come last: a laws file that is there would be told first.
    rmSync(join(folder, 'gate.laws.ts'), { force: true })
    const ended = await run(...args)
    expect(ended.err).toMatch(/^lawful: [^\n]+\n$/)
    expect(ended.err).toContain(line)
    expect(ended).toMatchObject({ code, out: '' })
  })
})

describe('a workflow', () => {
  it('is written on request, once', async () => {
    const { code, out } = await run('init', '--ci', 'github')
    expect({ code, out }).toEqual({
      code: 0,
      out: 'wrote  .github/workflows/lawful.yml  runs all laws files\n',
    })
    expect(read('.github/workflows/lawful.yml')).toMatch(
      /on: \[push, pull_request\][\s\S]*npm ci[\s\S]*npx lawful/,
    )
    expect(await run('init', '--ci', 'github')).toMatchObject({ code: 2 })
  })
})
