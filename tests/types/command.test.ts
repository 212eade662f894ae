import { describe, expect, it } from 'vitest'
import { type TypesOptions, types } from '../../src/cli/types.js'

const root = new URL('../..', import.meta.url).pathname

/** What the command prints in eighty columns, and its exit code. */
async function lawfulTypes(declaration: string, options: Partial<TypesOptions> = {}) {
  let out = ''
  const terminal = {
    width: 80,
    colour: false,
    out: (text: string) => {
      out += text
    },
    err: () => {},
    progress: () => {},
  }
  const asked = { cwd: root, strict: false, verbose: false, json: false, ...options }
  return { code: await types(declaration, asked, terminal), out }
}

const fault = (name: string) => `fixtures/type-mutants/${name}.d.ts#Subject`

describe('lawful types', () => {
  it('shows each broken law by a line of code, what that gives and what it must give', async () => {
    const { code, out } = await lawfulTypes(fault('catch-forgets-what-recovers'), { of: 'number' })
    expect(code).toBe(1)
    expect(out).toBe(`✗ types/catch-recovers-with-another-type  fixtures/type-mutants/catc… · required
  What catch gives is a promise of T or of what its handler returns.

  code     x.catch(() => 'a')
  gives    Promise<number>
  expected PromiseLike<T | string>
  hint     Declare catch<B = never>(…): Promise<T | B>.

✗ fixtures/type-mutants/catch-forgets-what-recovers.d.ts#Subject (types)
    1 violated · 24 hold · 4 not applicable
    T is number · TypeScript 5.9.3
`)
  })

  it('fails for a recommended law only where that was asked for', async () => {
    const declaration = fault('refuses-null-handlers')
    expect((await lawfulTypes(declaration)).code).toBe(0)
    expect((await lawfulTypes(declaration, { strict: true })).code).toBe(1)
  })

  it('gives the report as data', async () => {
    const { code, out } = await lawfulTypes('src/awaitables/lazy.ts#Lazy', { json: true, of: 'string' })
    const report = JSON.parse(out)
    expect(code).toBe(0)
    expect(report).toMatchObject({
      protocol: 'types',
      of: 'string',
      typescript: expect.stringMatching(/^5\.9/),
    })
    expect(report.verdicts).toContainEqual({ law: 'types/all-infers', level: 'required', verdict: 'holds' })
  })

  it('compares with a value', async () => {
    const against = 'fixtures/third-party/superagent.mjs#request'
    const { code, out } = await lawfulTypes('superagent#SuperAgentRequest', { against })
    expect(code).toBe(1)
    expect(out).toContain('x.finally\n  gives    undefined at run time')
  })

  it.each([
    ['src/nope.ts#X', {}, 'there is no file src/nope.ts'],
    ['superagent', {}, 'superagent names no export; write <file>#<Export> or <package>#<Export>'],
    [
      'superagent#SuperAgentRequest',
      { against: 'fixtures/third-party/superagent.mjs#nope' },
      'fixtures/third-party/superagent.mjs#nope is no function that makes a value',
    ],
  ])('says in one line what it cannot judge: %s %o', async (declaration, options, line) => {
    await expect(lawfulTypes(declaration, options)).rejects.toMatchObject({
      name: 'CannotRun',
      message: line,
    })
  })
})
