import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choices, findings, listBroken, renderFindings, unmatched } from '../../fixtures/findings/index.js'
import { catalogue, type Report } from '../../src/index.js'
import { projectFile } from '../source-text.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const ADAPTERS = 'fixtures/third-party'
/** The run that `npm run atlas` makes, without its pictures. */
const ATLAS = [
  '../dist/src/cli/main.js',
  'third-party',
  '--report-only',
  '--reporter',
  'json',
  '--outputFile',
]

const folder = mkdtempSync(join(tmpdir(), 'lawful-findings-'))
let reports: readonly Report[] = []

beforeAll(async () => {
  const path = join(folder, 'atlas.json')
  await promisify(execFile)(process.execPath, [...ATLAS, path], { cwd: join(ROOT, 'fixtures') })
  reports = JSON.parse(readFileSync(path, 'utf8'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the findings', () => {
  it('are those on record, no more and no fewer', async () => {
    await expect(`${listBroken(reports).join('\n')}\n`).toMatchFileSnapshot('findings.txt')
  })

  it('are all judged by hand, and nothing is judged that is not found any more', () => {
    expect(unmatched(reports, findings)).toEqual([])
  })

  it('stand in the documentation as the generator writes them', () => {
    const adapters = readdirSync(join(ROOT, ADAPTERS)).filter((file) => file.endsWith('.laws.ts'))
    const files = adapters.sort().map((file) => `${ADAPTERS}/${file}`)
    const page = renderFindings({
      reports,
      findings,
      choices,
      laws: new Map(catalogue.laws.map(({ id, law }) => [id, law])),
      versions: JSON.parse(projectFile(`${ADAPTERS}/package.json`)).dependencies,
      adapterOf: (subject) => files.find((file) => projectFile(file).includes(`'${subject}'`)),
    })
    expect(projectFile('docs/findings.md')).toBe(page)
  })
})
