import { expect, it } from 'vitest'
import { parseAst } from 'vitest/node'
import { extractPreamble, type Statement } from '../../src/cli/preamble.js'

it('a module that asks where it lies is told the same from where the script lies', () => {
  const code = [
    'const worker = new URL("./worker.js", __vite_ssr_import_meta__.url)',
    'const cases = __vite_ssr_import_meta__.resolve("lawful/offload-cases")',
  ]
  const body = code.map((text, index) => {
    const start = index === 0 ? 0 : code[0]!.length + 1
    const [, name] = /const (\w+)/.exec(text)!
    return {
      type: 'VariableDeclaration',
      start,
      end: start + text.length,
      declarations: [{ id: { name: name! } }],
    }
  })
  const { declarations } = extractPreamble(
    { code: code.join('\n'), body },
    { create: '() => new Pool(worker, cases)' },
    { cwd: '/project', from: '/project/.lawful', path: '/project/laws/pool.laws.ts' },
  )
  expect(declarations).toEqual([
    'const worker = new URL("./worker.js", new URL(\'../laws/pool.laws.ts\', import.meta.url).href)',
    'const cases = import.meta.resolve("lawful/offload-cases")',
  ])
})

const RUNNER = `const __vite_ssr_import_0__ = await __vite_ssr_import__("/node_modules/vitest/dist/index.js");
const __vite_ssr_import_1__ = await __vite_ssr_import__("subject");
`

/** What a member that is made by `create` needs of a module. */
const preamble = (code: string, create: string) =>
  extractPreamble(
    { code, body: parseAst(code).body as unknown as readonly Statement[] },
    { create },
    { cwd: '/project', from: '/project/.lawful', path: '/project/laws/pool.laws.ts' },
  ).declarations

it('knows the names that a value is taken apart into', () => {
  const code = `const { Deferred, of: [first, ...others], ...rest } = __vite_ssr_import_1__.make()
const { unused = 1 } = rest`
  const [declaration] = preamble(RUNNER + code, '() => new Deferred()')
  expect(declaration).toContain('const { Deferred, of: [first, ...others], ...rest } = make()')
  for (const name of ['first', 'others', 'rest']) expect(preamble(RUNNER + code, name)).toHaveLength(1)
  expect(preamble(RUNNER + code, 'unused')).toHaveLength(2)
})

it('takes over what the module does, but for the suites that it runs', () => {
  const code = `const native = globalThis.Promise
globalThis.Promise = undefined;
(0, __vite_ssr_import_1__.configure)({ quiet: true })
const run = (create) => (0, __vite_ssr_import_0__.describe)(create)
globalThis.Promise = native
const unused = 1
run(() => 2);
(0, __vite_ssr_import_0__.describe)(() => 3)
Object.defineProperty(__vite_ssr_exports__, "native", { value: native })`
  expect(preamble(RUNNER + code, '() => 1')).toEqual([
    'const native = globalThis.Promise',
    'globalThis.Promise = undefined;',
    'configure({ quiet: true })',
    'globalThis.Promise = native',
  ])
})
