import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/index.js'
import { projectFile } from './source-text.js'

/** Headings as anchors, the way that code hosts make them. */
const anchors = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  )

const exists = (path: string) => existsSync(new URL(`../${path}`, import.meta.url))

describe('the documentation', () => {
  it("gives the reason for each law that is the kit's own judgement", () => {
    const missing = catalogue.laws.flatMap(({ id, law: { source } }) => {
      if (source.kind !== 'kit') return []
      const [path = '', anchor = ''] = source.why.split('#')
      return exists(path) && anchors(projectFile(path)).includes(anchor) ? [] : [`${id}: ${source.why}`]
    })
    expect(missing).toEqual([])
  })

  it('has a page for each protocol, with each of its policies', () => {
    const missing = catalogue.protocols.flatMap(({ name, policies }) => {
      const path = `docs/${name}.md`
      const page = exists(path) ? projectFile(path) : ''
      return ['', ...Object.keys(policies).map((key) => `\`${key}\``)].flatMap((word) =>
        page === '' || !page.includes(word) ? [`${path} ${word}`.trim()] : [],
      )
    })
    expect(missing).toEqual([])
  })

  it('names only laws that there are', () => {
    const ids = new Set(catalogue.laws.map(({ id }) => id))
    const protocols = new Set(catalogue.protocols.map(({ name }) => name))
    const unknown = readdirSync(new URL('../docs', import.meta.url)).flatMap((file) =>
      [...projectFile(`docs/${file}`).matchAll(/`(([a-z-]+)\/[a-z0-9.-]+)`/g)].flatMap(([, id, protocol]) =>
        protocols.has(protocol!) && !ids.has(id!) ? [`docs/${file}: ${id}`] : [],
      ),
    )
    expect(unknown).toEqual([])
  })
})
