import { existsSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES, lawful, MAIN } from './run.js'

const SLOW = { timeout: 60_000 }
const ESC = '\u001b['

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error('the command line is tested as it is built: npm run build')
})
afterAll(() => rmSync(`${FIXTURES}/.lawful`, { recursive: true, force: true }))

describe('a run', SLOW, () => {
  it('exits with 0 when every required law holds, and says it without colour where nobody watches', async () => {
    const { code, out, err } = await lawful(['holds'])
    expect(err).toBe('')
    expect(out).toMatch(/^✓ KeptLazy \(lazy\)\n {4}1 violated \(1 not required\) · \d+ hold/)
    expect(out).not.toContain(ESC)
    expect(code).toBe(0)
  })

  it('exits with 1 when a recommended law is broken and --strict is given', async () => {
    const { code, out } = await lawful(['holds', '--strict', '--runs', '60'], { FORCE_COLOR: '1' })
    expect(out).toContain(ESC)
    expect(code).toBe(1)
  })

  it('exits with 1 when a law is broken; the string it prints shows the same again', async () => {
    const first = await lawful(['broken', '--law', 'lazy/single-flight'], { NO_COLOR: '1' })
    expect(first.err).toBe('')
    expect(first.code).toBe(1)
    expect(first.out).not.toContain(ESC)
    const [, string] = /npx lawful replay '(.*)'/.exec(first.out) ?? []
    const [, path] = /as code {2}(\S+)/.exec(first.out) ?? []
    expect(readFileSync(`${FIXTURES}/${path}`, 'utf8')).toMatch(
      /^import \{ ForgetfulLazy \} from '\.\.\/broken\/forgetful-lazy\.ts'$/m,
    )
    const again = await lawful(['replay', string!, 'broken'])
    expect(again.code).toBe(1)
    expect(history(again.out)).toBe(history(first.out))
  })

  it('prints the same JSON for the same seed, and nothing else on the standard output', async () => {
    const args = ['broken', '--reporter', 'default,json', '--runs', '60', '--seed', '7']
    const [one, two] = [await lawful(args), await lawful(args)]
    expect(one.out).toBe(two.out)
    expect(JSON.parse(one.out)).toMatchObject([{ subject: 'ForgetfulLazy', seed: 7 }])
    expect(one.err).toContain('✗ lazy/single-flight')
  })

  it('exits with 2 and a line for each file that could not be judged; the others stay', async () => {
    const { code, out, err } = await lawful(['bad', 'holds', '--reporter', 'matrix'])
    expect(err.split('\n')).toEqual([
      "lawful: bad/create-throws.laws.ts: Thrower: `create` threw Error('no database')",
      'lawful: bad/empty.laws.ts: there are no laws in it: call `describeLaws(…)` of lawful/vitest',
      'lawful: bad/no-laws.laws.ts: there are no laws in it: call `describeLaws(…)` of lawful/vitest',
      'lawful: bad/no-name.laws.ts: lazy: the adapter needs a `name`',
      'lawful: bad/non-thenable.laws.ts: Plain: `create` of Plain must return a thenable or a handle with `get`, not 42',
      '',
    ])
    expect(out).toMatch(/│ KeptLazy │ ✓ \d+/)
    expect(code).toBe(2)
  })

  it('exits with 3 when a subject hangs or ends its process; the others stay', async () => {
    const { code, out, err } = await lawful(['died', 'holds', '--hangLimitMs', '3000'])
    expect(err.split('\n')).toEqual([
      'lawful: died/crashes.laws.ts: its process ended, or hung and had to be ended, while Crasher (lazy) was being checked',
      'lawful: died/exits-on-import.laws.ts: it calls process.exit when it is loaded',
      'lawful: died/exits.laws.ts: Quitter: called process.exit(0), which would have ended its process',
      'lawful: died/loops-on-import.laws.ts: its process ended, or hung and had to be ended, while it was being loaded',
      '',
    ])
    expect(out).toContain('✗ hygiene/no-livelock')
    expect(out).toContain('the subject never gave control back')
    expect(out).toContain('✓ KeptLazy (lazy)')
    expect(code).toBe(3)
  })

  it('lists suites without running them', async () => {
    const { code, out } = await lawful(['broken', 'holds', '--list'])
    expect(out).toMatch(/^broken\/forgetful-lazy\.laws\.ts\n {2}ForgetfulLazy \(lazy\) {2}\d+ laws\n/)
    expect(code).toBe(0)
  })
})

describe('what cannot be run', SLOW, () => {
  it.concurrent.each([
    [['--sed', '3'], "unknown option '--sed'"],
    [['--seed', 'x'], "argument 'x' is invalid. It must be an integer."],
    [['--runs', '0'], "argument '0' is invalid. It must be at least 1."],
    [['--shard', '5/4'], "argument '5/4' is invalid. It must be like 1/4."],
    [['--reporter', 'nope'], "argument 'nope' is invalid. There are default, json, matrix, html, badge."],
    [['replay', 'nonsense'], "'nonsense' is no replay string; one looks like 'lazy/single-flight:42:0.3.1'"],
    [['explain', 'lazy/nope'], 'there is no law lazy/nope; `lawful list` names them all'],
    [['nowhere'], 'no laws file matches nowhere; a laws file is named *.laws.{ts,mts,js,mjs}'],
    [['holds', '--law', 'lazy/nope'], 'no suite here has a law lazy/nope; `lawful list` names all laws'],
    [
      ['replay', 'lazy/nope:42:0.1', 'holds'],
      'no suite here has the law lazy/nope, so there is nothing to replay',
    ],
  ])('%j is told in one line, and exits with 2', async (args, line) => {
    const { code, out, err } = await lawful(args)
    expect(err).toContain(line)
    expect(err).toMatch(/^lawful: .*\n$/)
    expect(out).toBe('')
    expect(code).toBe(2)
  })
})

describe('the laws themselves', () => {
  it('are listed, as text and as JSON', async () => {
    const { code, out } = await lawful(['list', '--json'])
    const laws: { law: string }[] = JSON.parse(out)
    expect(laws.find(({ law }) => law === 'lazy/single-flight')).toMatchObject({ level: 'required' })
    expect((await lawful(['list'])).out).toContain('lazy/single-flight\n')
    expect(code).toBe(0)
  })

  it('are explained', async () => {
    const { code, out } = await lawful(['explain', 'lazy/keeps-a-failure'])
    expect(out).toContain('not by default: ')
    expect(out).toContain('with policy failure: "cache"')
    expect(code).toBe(0)
  })
})

/** Everything between the claim and the hint: what happened, and who is to blame. */
const history = (text: string): string => text.slice(text.indexOf('✗ lazy'), text.indexOf('  hint'))
