/** Writes `docs/findings.md` from `report/atlas.json`, and what was judged by hand. Another report may be named. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { choices, findings, renderFindings } from '../dist/fixtures/findings/index.js'
import { catalogue } from '../dist/src/index.js'

const ADAPTERS = 'fixtures/third-party'
const [path = 'report/atlas.json'] = process.argv.slice(2)

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const adapters = readdirSync(new URL(`../${ADAPTERS}`, import.meta.url))
  .filter((file) => file.endsWith('.laws.ts'))
  .sort()
  .map((file) => ({ path: `${ADAPTERS}/${file}`, text: read(`${ADAPTERS}/${file}`) }))

try {
  const page = renderFindings({
    reports: JSON.parse(readFileSync(path, 'utf8')),
    findings,
    choices,
    laws: new Map(catalogue.laws.map(({ id, law }) => [id, law])),
    versions: JSON.parse(read(`${ADAPTERS}/package.json`)).dependencies,
    adapterOf: (subject) => adapters.find(({ text }) => text.includes(`'${subject}'`))?.path,
  })
  writeFileSync(new URL('../docs/findings.md', import.meta.url), page)
} catch (error) {
  const missing = error.code === 'ENOENT' ? `there is no ${path}: run \`npm run atlas\` first` : error.message
  console.error(`findings: ${missing}`)
  process.exitCode = 2
}
