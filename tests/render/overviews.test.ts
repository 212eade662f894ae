import type { Report } from 'lawful'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { renderJson } from '../../src/render/json.js'
import { renderKills, shortcomings } from '../../src/render/kills.js'
import { renderMatrix } from '../../src/render/matrix.js'
import { renderSummary } from '../../src/render/summary.js'
import { checkForgetful } from './counterexamples.js'

const verdicts: Report['verdicts'] = [
  { law: 'lazy/a', level: 'required', verdict: 'holds', exercised: 9 },
  { law: 'lazy/b', level: 'required', verdict: 'violated', exercised: 9 },
  { law: 'lazy/c', level: 'recommended', verdict: 'violated', exercised: 9 },
  { law: 'lazy/d', level: 'required', verdict: 'not-applicable', exercised: 0, reason: 'it has no `reset`' },
  { law: 'lazy/e', level: 'required', verdict: 'unknown', exercised: 0, reason: 'the subject hung' },
  { law: 'lazy/f', level: 'untested', verdict: 'unexercised', exercised: 0, reason: 'nobody can see it' },
]

const report = (more: Partial<Report> = {}): Report => ({
  subject: 'MyLazy',
  protocol: 'lazy',
  seed: 42,
  runtime: 'node 20.20.2',
  drain: 'sync',
  clock: 'virtual',
  runs: 300,
  schedules: { explored: 300, total: null, complete: false, bound: '300 drawn' },
  verdicts,
  ...more,
})

const wide = (text: string): string[] => text.split('\n').filter((line) => stringWidth(line) > 80)

describe('the summary of a subject', () => {
  it('counts the verdicts and names what is unknown', () => {
    expect(renderSummary(report())).toMatchInlineSnapshot(`
      "✗ MyLazy (lazy)
          2 violated (1 not required) · 1 hold · 1 unknown · 1 not applicable
          1 untested
          300 drawn · seed 42 · node 20.20.2 · sync drain · virtual clock
          unknown, the subject hung:
            lazy/e
      "
    `)
  })

  it('names everything that was not judged when asked to', () => {
    const text = renderSummary(report(), { verbose: true })
    expect(text).toContain('not applicable, it has no `reset`:\n      lazy/d')
    expect(text).toContain('untested, nobody can see it:\n      lazy/f')
  })
})

describe('the matrix', () => {
  it('lays subjects against protocols, with what is violated below', () => {
    const kept = verdicts.filter(({ verdict }) => verdict === 'holds')
    const text = renderMatrix([
      report(),
      report({ protocol: 'awaitable', verdicts: kept }),
      report({ subject: 'Other', protocol: 'future', verdicts: kept }),
    ])
    expect(text).toMatchInlineSnapshot(`
      "┌─────────┬────────┬───────────┬────────┐
      │ subject │ lazy   │ awaitable │ future │
      ├─────────┼────────┼───────────┼────────┤
      │ MyLazy  │ ✗ 1 +1 │ ✓ 1       │ ·      │
      │ Other   │ ·      │ ·         │ ✓ 1    │
      └─────────┴────────┴───────────┴────────┘
      ✓ n laws hold · ✗ n required laws violated, +n not required · ? n unknown
      · not held to this protocol

      MyLazy (lazy)
        ✗ lazy/b
        ✗ lazy/c (recommended)
      "
    `)
  })

  it('goes on below where the protocols do not fit beside each other', () => {
    const names = Array.from({ length: 14 }, (_, n) => `protocol-${n}`)
    const text = renderMatrix(names.map((protocol) => report({ protocol })))
    for (const name of names) expect(text).toContain(name)
    expect(wide(text)).toEqual([])
  })
})

describe('the JSON of reports', () => {
  it('is the reports, the same bytes for the same seed', async () => {
    const text = renderJson([await checkForgetful()])
    expect(text).toBe(renderJson([await checkForgetful()]))
    expect(text.endsWith(']\n')).toBe(true)
    expect(JSON.parse(text)).toMatchObject([{ subject: 'ForgetfulLazy', protocol: 'lazy', seed: 42 }])
  })
})

describe('the law × mutant matrix', () => {
  const result = {
    laws: ['lazy/a', 'lazy/b', 'lazy/c'],
    mutants: [
      { name: 'keeps-nothing', protocol: 'lazy', target: 'lazy/a', killedBy: ['lazy/a', 'lazy/b'] },
      { name: 'starts-twice', protocol: 'lazy', target: 'lazy/b', killedBy: [] },
    ],
    references: [{ name: 'Lazy', protocol: 'lazy', violated: ['lazy/a'] }],
  }

  it('shows who is killed by what', () => {
    expect(renderKills(result)).toMatchInlineSnapshot(`
      "lazy
      ┌────────┬───┬───┐
      │ law    │ 1 │ 2 │
      ├────────┼───┼───┤
      │ lazy/a │ ✓ │   │
      │ lazy/b │ + │ ✗ │
      └────────┴───┴───┘
        1 keeps-nothing
        2 starts-twice

      ✓ killed by the law it was written for · + also killed by · ✗ survives
      3 laws, 2 mutants, 1 references
      ✗ mutant starts-twice survives lazy/b
      ✗ law lazy/c has no mutant
      ✗ reference Lazy violates lazy/a
      "
    `)
  })

  it('finds survivors, laws without mutants and bitten references', () => {
    expect(shortcomings(result)).toEqual([
      'mutant starts-twice survives lazy/b',
      'law lazy/c has no mutant',
      'reference Lazy violates lazy/a',
    ])
  })

  it('fits 80 columns however many mutants there are', () => {
    const mutants = Array.from({ length: 120 }, (_, n) => ({
      name: `a-mutant-with-a-long-and-telling-name-number-${n}`,
      protocol: 'lazy',
      target: 'lazy/a-law-whose-name-is-rather-longer-than-most-of-them',
      killedBy: ['lazy/a-law-whose-name-is-rather-longer-than-most-of-them'],
    }))
    expect(wide(renderKills({ laws: [mutants[0]!.target], mutants, references: [] }))).toEqual([])
  })
})
