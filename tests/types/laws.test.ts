import { describe, expect, it } from 'vitest'
import { allTypeLaws } from '../../src/types/laws.js'
import { projectFile } from '../source-text.js'

describe('the type laws', () => {
  it('have ids that are claims in words', () => {
    expect(allTypeLaws.map(({ id }) => id).filter((id) => !/^types\/[a-z]+(-[a-z]+)+$/.test(id))).toEqual([])
  })

  it('are one sentence each', () => {
    const odd = allTypeLaws.filter(({ law }) => !law.statement.endsWith('.') || law.statement.includes('. '))
    expect(odd).toEqual([])
  })

  it("have a reason where they are the kit's own judgement", () => {
    const page = projectFile('docs/types.md')
    const missing = allTypeLaws.flatMap(({ id, law: { source } }) => {
      const [path, anchor] = source.kind === 'kit' ? source.why.split('#') : []
      return anchor === undefined || (path === 'docs/types.md' && page.includes(`\n### ${anchor}\n`))
        ? []
        : [id]
    })
    expect(missing).toEqual([])
  })

  it('that only a call can judge say what the call must give', () => {
    const dumb = allTypeLaws.filter(({ law }) => law.by === 'calls' && (!law.code || !law.gives))
    expect(dumb).toEqual([])
  })
})
