import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MyLazy } from '../examples/my-lazy.js'
import { check, lazy } from '../src/index.js'
import { renderFailure } from '../src/render/text.js'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const readme = read('README.md')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, body]) => body!)

describe('the README', () => {
  it('shows the example as it is', () => {
    expect(blocks('ts')[0]).toBe(`// examples/my-lazy.laws.ts\n${read('examples/my-lazy.laws.ts')}`)
  })

  it('shows what the example prints', async () => {
    const suite = lazy({ name: 'MyLazy', create: (factory) => new MyLazy(factory) })
    const { seed, verdicts } = await check(suite)
    const verdict = verdicts.find(({ law }) => law === 'lazy/single-flight')!
    const law = suite.laws.find(({ id }) => id === verdict.law)!.law
    const printed = renderFailure({ subject: 'MyLazy', seed, verdict, law })
    expect(printed).toContain(blocks('text')[0]!.trimEnd())
  })

  it('names every option that there is, and no other', () => {
    const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))
    const help = execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' })
    const flags = (text: string) => [...new Set(text.match(/--[a-z][A-Za-z-]+/g))].sort()
    const table = readme.slice(readme.indexOf('| option |'), readme.indexOf('The exit code'))
    expect(flags(table)).toEqual(flags(help).filter((flag) => flag !== '--help'))
  })

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path!)
    expect(links.length).toBeGreaterThan(5)
    for (const link of links) expect(() => read(link), link).not.toThrow()
  })
})
