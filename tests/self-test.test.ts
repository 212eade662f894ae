import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
// As it is built: it judges in processes of its own, which no test runner transforms.
import { selfTest } from '../dist/fixtures/self-test.js'
import type { Mutant } from '../fixtures/mutant.js'
import type { SelfTestResult } from '../fixtures/self-test.js'

let result: SelfTestResult

beforeAll(async () => {
  result = await selfTest()
})

describe('the self-test', () => {
  it('sees every mutant killed by the law that it was written for', () => {
    const survivors = result.mutants.filter(({ target, killedBy }) => !killedBy.includes(target))
    expect(survivors.map(({ protocol, name, target }) => `${protocol} ${name} survives ${target}`)).toEqual(
      [],
    )
  })

  it('has a mutant for every law', () => {
    const targets = new Set(result.mutants.map(({ target }) => target))
    expect(result.laws.filter((law) => !targets.has(law))).toEqual([])
  })

  it('has no mutant for a law that does not exist', () => {
    expect(result.mutants.map(({ target }) => target).filter((law) => !result.laws.includes(law))).toEqual([])
  })

  it('accuses no correct subject', () => {
    expect(result.references.filter(({ violated }) => violated.length > 0)).toEqual([])
  })

  it('has a correct subject for every protocol', () => {
    const protocols = new Set(result.references.map(({ protocol }) => protocol))
    const kept = new Set(result.laws.map((law) => law.split('/')[0]!))
    kept.delete('hygiene')
    expect([...kept].filter((protocol) => !protocols.has(protocol))).toEqual([])
  })

  it('gives the matrix of laws and mutants that is on record', async () => {
    await expect(matrix(result)).toMatchFileSnapshot('law-matrix.txt')
  })

  it('takes the laws that it is asked for', async () => {
    const law = 'lazy/nothing-before-the-first-await'
    const seen: string[] = []
    const one = await selfTest({
      laws: [law],
      onProgress: (done, total, name) => seen.push(`${done}/${total} ${name}`),
    })
    expect(one.laws).toEqual([law])
    expect(one.mutants).toEqual([
      { name: 'starts-in-the-constructor', protocol: 'lazy', target: law, killedBy: [law] },
    ])
    expect(one.references.every(({ violated }) => violated.length === 0)).toBe(true)
    const total = seen.length
    expect(seen.at(-1)).toMatch(new RegExp(`^${total}/${total} `))
    expect(seen.some((line) => line.endsWith('lazy/starts-in-the-constructor.js'))).toBe(true)
  })
})

describe('a mutant', () => {
  const root = new URL('../fixtures/mutants/', import.meta.url)
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )

  it.each(paths)('%s is named by its fault', async (path) => {
    const { default: mutant } = (await import(new URL(path, root).href)) as { default: Mutant }
    expect(mutant.suite.subject).toBe(basename(path, '.ts'))
    // What every protocol refines may be broken in the way of any of them.
    expect([path.split(/[/\\]/)[0], 'hygiene']).toContain(mutant.target.split('/')[0])
  })
})

/** Who kills whom, law by law: an over-broad law has a long list, and a blind one a short one. */
function matrix({ laws, mutants, references }: SelfTestResult): string {
  const lines = ['Each law with the mutants that it kills; the ones written for it are marked with *.', '']
  for (const law of laws) {
    const killed = mutants.filter(({ killedBy }) => killedBy.includes(law))
    lines.push(`${law} (${killed.length})`)
    for (const { name, target } of killed.sort(
      (a, b) => Number(b.target === law) - Number(a.target === law),
    )) {
      lines.push(`  ${target === law ? '*' : ' '} ${name}`)
    }
  }
  lines.push('', 'Correct subjects that do not follow a recommendation:', '')
  for (const { name, protocol, advised } of references) {
    if (advised.length > 0) lines.push(`${protocol}: ${name}`, ...advised.map((law) => `    ${law}`))
  }
  return `${lines.join('\n')}\n`
}
