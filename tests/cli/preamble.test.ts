import { expect, it } from 'vitest'
import { extractPreamble } from '../../src/cli/preamble.js'

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
