import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { functionLengths, projectFile, sourceTexts } from './source-text.js'

const shipped = sourceTexts('src', 'properties')
const project = [...shipped, ...sourceTexts('fixtures', 'tests', 'bench', 'examples')]
const under = (folder: string) => shipped.filter(({ path }) => path.startsWith(folder))
const manifest = JSON.parse(projectFile('package.json'))
const thirdParty = Object.keys(
  JSON.parse(projectFile('fixtures/third-party/package.json')).dependencies,
).filter((name) => name !== manifest.name)

const own = (specifier: string) => /\.c?ts$/.test(specifier)
const packageOf = (specifier: string) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0]

/** Every import that a rule forbids, as `file → what it imports`. */
const forbidden = (
  files: readonly (typeof project)[number][],
  allowed: (specifier: string, path: string) => boolean,
) =>
  files.flatMap(({ path, imports }) =>
    imports.filter((specifier) => !allowed(specifier, path)).map((specifier) => `${path} → ${specifier}`),
  )

describe('dependencies', () => {
  it('src/core imports nothing of ours', () => {
    expect(forbidden(under('src/core/'), (to) => !own(to) || to.startsWith('src/core/'))).toEqual([])
  })

  it('src/core imports two packages, each in one place', () => {
    const outside = shipped.flatMap(({ path, imports }) =>
      imports.filter((to) => !own(to)).map((to) => ({ path, to })),
    )
    const users = (name: string) => outside.filter(({ to }) => packageOf(to) === name).map(({ path }) => path)
    expect(users('fast-check').filter((path) => path !== 'src/core/generate.ts')).toEqual([])
    expect(users('@sinonjs/fake-timers').filter((path) => !path.startsWith('src/core/world/'))).toEqual([])
    expect(
      forbidden(
        under('src/core/'),
        (to) => own(to) || ['fast-check', '@sinonjs/fake-timers'].includes(packageOf(to)),
      ),
    ).toEqual([])
  })

  it('a protocol imports the core and its own folder', () => {
    const folder = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
    expect(
      forbidden(
        under('properties/'),
        (to, path) => to === 'src/core/index.ts' || to.startsWith(folder(path)),
      ),
    ).toEqual([])
  })

  it('the awaitables stand alone, but for the pool of threads under one of them', () => {
    const allowed = (to: string, path: string) =>
      to.startsWith('src/awaitables/') || (to === 'workerpool' && path === 'src/awaitables/offload.ts')
    expect(forbidden(under('src/awaitables/'), allowed)).toEqual([])
  })

  it('renderers import the core and one another', () => {
    const inside = (to: string) => to.startsWith('src/core/') || to.startsWith('src/render/')
    expect(forbidden(under('src/render/'), (to) => !own(to) || inside(to))).toEqual([])
  })

  it('only composition roots bring the parts together', () => {
    const root = /^src\/(?:index|catalogue|setup)\.ts$|^src\/(?:runners|cli)\//
    const part = (path: string) => /^(?:properties\/[^/]+|src\/[^/]+)\//.exec(path)?.[0]
    const others = shipped.filter(({ path }) => !root.test(path))
    expect(
      forbidden(others, (to, path) => !own(to) || part(to) === part(path) || to.startsWith('src/core/')),
    ).toEqual([])
  })

  it('what is shipped never imports fixtures, tests or third-party packages', () => {
    const foreign = (to: string) =>
      /^(?:fixtures|tests|bench|examples)\//.test(to) || thirdParty.includes(packageOf(to))
    expect(forbidden(shipped, (to) => !foreign(to))).toEqual([])
  })

  it('third-party packages are no dependencies of the kit', () => {
    const own = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    expect(own.filter((name) => thirdParty.includes(name))).toEqual([])
  })

  it('every dependency is used, and everything used is one', () => {
    const used = shipped.flatMap(({ imports }) => imports.filter((to) => !own(to) && !to.startsWith('node:')))
    const named = new Set(used.map(packageOf).filter((name) => name !== manifest.name))
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    expect([...named].sort()).toEqual(declared.sort())
  })
})

describe('what the parts know', () => {
  const pure = [...under('src/core/'), ...under('src/render/'), ...under('properties/')]

  it('core, render and properties neither read the process nor print', () => {
    const found = pure.filter(({ code }) => /(?<![.\w])(?:process|console)\s*[.?[]/.test(code))
    expect(found.map(({ path }) => path)).toEqual([])
  })

  it('core, render and properties know no runtime module and no test runner', () => {
    const runners = ['vitest', 'jest', 'mocha', '@jest/globals']
    expect(forbidden(pure, (to) => !to.startsWith('node:') && !runners.includes(packageOf(to)))).toEqual([])
  })

  it('src and properties name no package that is plugged in, and no mutant', () => {
    // These are words of the language as well; importing them is caught above.
    const words = ['async', 'co', 'delay', 'effect', 'lie', 'memoize', 'promise', 'q', 'throat', 'when']
    const mutants = readdirSync(new URL('../fixtures/mutants', import.meta.url), {
      recursive: true,
      encoding: 'utf8',
    }).flatMap((path) => (path.endsWith('.ts') ? [basename(path, '.ts')] : []))
    const names = [...thirdParty.filter((name) => !words.includes(name)), ...mutants]
    const found = shipped.flatMap(({ path, text }) => {
      const said = new Set(text.toLowerCase().split(/[^\w@/-]+/))
      return names.filter((name) => said.has(name)).map((name) => `${path} names ${name}`)
    })
    expect(found).toEqual([])
  })
})

describe('files', () => {
  it('are kebab-case nouns, none of them a drawer for leftovers', () => {
    const parts = project.flatMap(({ path }) => path.split('/').map((part) => ({ path, part })))
    const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*$/
    const drawer = /^(?:utils?|helpers?|common|misc|shared)(?:\.|$)/
    expect(
      parts.filter(({ part }) => !kebab.test(part) || drawer.test(part)).map(({ path }) => path),
    ).toEqual([])
  })

  it('have at most 300 lines', () => {
    const lines = project.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    expect(lines.filter(({ lines }) => lines > 300)).toEqual([])
  })

  it('have functions of at most 70 lines', () => {
    const judged = project.filter(({ path }) => !path.startsWith('tests/'))
    const long = judged.flatMap(({ path, code }) =>
      functionLengths(code)
        .filter(({ length }) => length > 70)
        .map(({ line, length }) => `${path}:${line} has ${length}`),
    )
    expect(long).toEqual([])
  })

  it('leave nothing for later', () => {
    const marks = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''))
    expect(project.filter(({ text }) => marks.test(text)).map(({ path }) => path)).toEqual([])
  })

  it('are all in use', () => {
    const entries = [
      ...Object.values<{ default: string } | string>(manifest.exports),
      ...Object.values(manifest.bin),
    ]
      .map((entry) => (typeof entry === 'string' ? entry : (entry as { default: string }).default))
      .map((path) => path.replace('./dist/', '').replace(/\.js$/, '.ts'))
    const imported = new Set([...entries, ...shipped.flatMap(({ imports }) => imports)])
    // What a worker or another process loads is named by its path, in a string.
    const named = ({ path }: { path: string }) =>
      shipped.some(({ text }) => text.includes(`${basename(path, '.ts')}.js'`))
    expect(
      shipped.filter((file) => !imported.has(file.path) && !named(file)).map(({ path }) => path),
    ).toEqual([])
  })

  it('that are imported exist', () => {
    const exists = (path: string) => existsSync(new URL(`../${path}`, import.meta.url))
    // JavaScript has its declaration beside it.
    const known = (path: string) => exists(path) || exists(path.replace(/\.ts$/, '.d.ts'))
    const missing = project.flatMap(({ path, imports }) =>
      imports.filter((to) => own(to) && !known(to)).map((to) => `${path} → ${to}`),
    )
    expect(missing).toEqual([])
  })
})

describe('the scan behind these rules', () => {
  it('measures functions', () => {
    const code = ['const f = (a: number): number => {', '  if (a) {', '    return 1', '  }', '}'].join('\n')
    expect(functionLengths(code)).toEqual([
      { line: 1, length: 5 },
      { line: 2, length: 3 },
    ])
  })

  it('sees the imports of this very file', () => {
    const self = sourceTexts('tests').find(({ path }) => path === 'tests/architecture.test.ts')
    expect(self?.imports).toEqual(['node:fs', 'node:path', 'vitest', 'tests/source-text.ts'])
  })
})
