import { describe, expect, it } from 'vitest'
import { allReferences } from '../../fixtures/gallery.js'
import { type Adapter, anyProtocol, Catalogue, type Protocol } from '../../src/core/protocol.js'

const protocol = (name: string, refines: Protocol<Adapter, object>['refines'] = []) =>
  anyProtocol<Adapter, object>({
    name,
    summary: name,
    policies: {},
    members: {},
    refines,
    kinds: {},
    laws: {
      'is-kept': {
        level: 'untested',
        statement: `${name} is kept.`,
        source: { kind: 'kit', why: 'a test' },
        reason: 'a test',
      },
    },
  })

describe('refinement', () => {
  const base = protocol('base')
  const left = protocol('left', [{ protocol: 'base' }])
  const right = protocol('right', [
    { protocol: 'base', as: (adapter) => ({ name: `${adapter.name} as base` }) },
  ])
  const both = protocol('both', [{ protocol: 'left' }, { protocol: 'right' }])
  const catalogue = new Catalogue([base, left, right, both])

  it('runs an ancestor that is reached twice once', () => {
    const { laws, protocol: own } = catalogue.suite(both, { name: 'mine' })
    expect(own).toBe('both')
    expect(laws.map(({ id }) => id)).toEqual([
      'both/is-kept',
      'left/is-kept',
      'base/is-kept',
      'right/is-kept',
    ])
  })

  it('hands the ancestor the subject as that one sees it', () => {
    const { parts } = catalogue.suite(right, { name: 'mine' })
    expect(parts.map(({ adapter }) => adapter.name)).toEqual(['mine', 'mine as base'])
  })

  it('says which protocol is missing', () => {
    const orphan = protocol('orphan', [{ protocol: 'nowhere' }])
    expect(() => catalogue.suite(orphan, { name: 'mine' })).toThrow(/orphan refines nowhere/)
  })
})

describe('what makes a subject one of a refined protocol', () => {
  it('stands alone as text, so that a reproduction can take it along', async () => {
    const suites = await allReferences()
    const views = suites.flatMap(({ parts }) => parts).filter(({ refinedBy }) => refinedBy?.as)
    expect(new Set(views.map(({ protocol }) => protocol.name)).size).toBeGreaterThan(2)
    for (const { refinedBy, adapter } of views) {
      const { as, part } = refinedBy!
      const alone = new Function(`return ${as}`)() as NonNullable<typeof as>
      expect(Object.keys(alone(part.adapter, part.policy))).toEqual(Object.keys(adapter))
    }
  })
})
