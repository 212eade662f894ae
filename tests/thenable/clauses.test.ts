import { expect, it } from 'vitest'
import { catalogue } from '../../src/index.js'
import { projectFile } from '../source-text.js'

it('the documentation lists every clause with its level', () => {
  const page = projectFile('docs/thenable.md')
  const missing = catalogue.laws.filter(
    ({ id, law }) =>
      id.startsWith('thenable/') && !page.includes(`| \`${id.slice('thenable/'.length)}\` | ${law.level} |`),
  )
  expect(missing).toEqual([])
})
