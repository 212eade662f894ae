import { beforeAll, describe, expect, it } from 'vitest'
import { type TypeFaults, typeFaults } from '../../fixtures/type-faults.js'
import { compareMembers } from '../../src/types/claims.js'
import { type Examined, examine } from '../../src/types/examine.js'
import { parseSubject } from '../../src/types/subject.js'

const root = new URL('../..', import.meta.url).pathname

let faults: TypeFaults
let examined: Map<string, Examined>

/** Published declarations, and what awaiting each gives. */
const RIGHT: readonly [name: string, of: string | undefined, advised: readonly string[]][] = [
  ['bluebird#default<number>', 'number', ['recovering-keeps-the-value', 'then-needs-no-handler']],
  ['execa#ResultPromise<{}>', 'Result<{}>', []],
  [
    'neverthrow#ResultAsync<number, Error>',
    'Result<number, Error>',
    [
      'a-missing-handler-adds-nothing',
      'recovering-keeps-the-value',
      'then-needs-no-handler',
      'then-takes-null',
    ],
  ],
  [
    'true-myth#Task<number, Error>',
    'Result<number, Error>',
    ['a-missing-handler-adds-nothing', 'recovering-keeps-the-value', 'then-needs-no-handler'],
  ],
  ['zx#ProcessPromise', 'ProcessOutput', ['a-missing-handler-adds-nothing', 'reasons-may-be-anything']],
  ['superagent#SuperAgentRequest', undefined, []],
  ['./src/awaitables/lazy.ts#Lazy', 'number', []],
  ['./src/awaitables/immediate.ts#Immediate', 'number', []],
]

beforeAll(async () => {
  faults = await typeFaults()
  const subjects = RIGHT.map(([name, of]) => ({ ...parseSubject(name, root), ...(of ? { of } : {}) }))
  examined = new Map(examine(subjects).map((each) => [each.report.subject, each]))
})

describe('wrong declarations', () => {
  it('are each killed by the law that it was written for', () => {
    expect(faults.mutants.length).toBeGreaterThanOrEqual(20)
    expect(faults.mutants.filter(({ target, killedBy }) => !killedBy.includes(target))).toEqual([])
  })

  it('leave no law without one', () => {
    const targets = new Set(faults.mutants.map(({ target }) => target))
    expect(faults.laws.filter((law) => !targets.has(law))).toEqual([])
  })
})

describe('right declarations', () => {
  it('are not accused: Promise and PromiseLike', () => {
    expect(faults.references).toEqual([
      { name: 'Promise', protocol: 'types', violated: [], advised: [] },
      { name: 'PromiseLike', protocol: 'types', violated: [], advised: [] },
    ])
  })

  it.each(RIGHT)('are not accused: %s', (name, _of, advised) => {
    const broken = examined.get(name)!.report.verdicts.filter(({ verdict }) => verdict === 'violated')
    expect(broken.filter(({ level }) => level === 'required')).toEqual([])
    expect(broken.map(({ law }) => law.replace('types/', '')).sort()).toEqual(advised)
  })
})

describe('a comparison with a value', () => {
  it('finds the member that superagent says it has: there is no finally', async () => {
    const { claimed } = examined.get('superagent#SuperAgentRequest')!
    const { default: superagent } = await import('superagent')
    const request = { made: superagent.get('http://localhost/') }
    expect(compareMembers(claimed, request.made)).toEqual([
      {
        law: 'types/claims-no-absent-member',
        level: 'required',
        verdict: 'violated',
        counterexample: { code: 'x.finally', gives: 'undefined at run time' },
      },
      { law: 'types/hides-no-member', level: 'optional', verdict: 'holds' },
    ])
  })

  it('accuses nobody whose type says what there is', () => {
    expect(
      compareMembers(['then', 'catch', 'finally'], Promise.resolve(1)).map(({ verdict }) => verdict),
    ).toEqual(['holds', 'holds'])
  })
})

describe('what cannot be judged', () => {
  it.each([
    ['./nope.ts#X', undefined, 'there is no file ./nope.ts'],
    [
      'no-such-package#X',
      undefined,
      'there is no no-such-package with types; look at the name, or install its types',
    ],
    ['./src/types/laws.ts#X', undefined, './laws.ts has no export X; it has typeLaws, Claim, allTypeLaws'],
    ['neverthrow', undefined, 'neverthrow names no export; write <file>#<Export> or <package>#<Export>'],
    ['zx#ProcessPromise', 'Nope', "zx#ProcessPromise cannot be judged: Cannot find name 'Nope'."],
  ])('is told in one line: %s of %s', (name, of, line) => {
    expect(() => examine([{ ...parseSubject(name, root), ...(of ? { of } : {}) }])).toThrow(line)
  })
})
