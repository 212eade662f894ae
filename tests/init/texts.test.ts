import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../src/core/index.js'
import { detectHost } from '../../src/host/host.js'
import { catalogue } from '../../src/index.js'
import { adapterText, functionName, lawsText } from '../../src/init/laws-file.js'
import { localNames } from '../../src/init/names.js'
import { keepsAValue, keepsValuesByKey } from '../../src/init/plain-use.js'
import { KNOWN } from '../../src/init/shapes.js'
import { ADAPTABLE, skeleton } from '../../src/init/skeletons.js'
import { attempt } from '../../src/init/trial.js'
import { Settings } from './fixtures/settings.js'

const evaluate = (text: string, name: string, subject: unknown) =>
  new Function(name, `return (${text})`)(subject)

describe('what is known of protocols', () => {
  it('is marked by required laws that there are', () => {
    const required = new Set(catalogue.laws.flatMap(({ id, law }) => (law.level === 'required' ? [id] : [])))
    const marks = Object.entries(KNOWN).flatMap(([name, known]) =>
      known.marks.flat().map((law) => ({ name, law })),
    )
    expect(marks.filter(({ name, law }) => !required.has(law) || !law.startsWith(`${name}/`))).toEqual([])
  })

  it('covers every protocol that takes an adapter, by a skeleton at least', () => {
    const adaptable = catalogue.protocols.filter(({ kinds }) => Object.keys(kinds).length > 0)
    expect([...ADAPTABLE].sort()).toEqual(adaptable.map(({ name }) => name).sort())
    expect(Object.keys(KNOWN).filter((name) => !ADAPTABLE.includes(name))).toEqual([])
  })
})

describe('a skeleton', () => {
  it.each(ADAPTABLE)('of %s has every member that the protocol asks for', (name) => {
    const protocol = catalogue.protocols.find((each) => each.name === name)!
    const text = adapterText('Box', skeleton(name, 'Box'), {})
    expect(() => catalogue.suite(protocol, evaluate(text, 'Box', Settings))).not.toThrow()
  })
})

describe('a laws file', () => {
  const suite = { subject: 'x', protocol: 'lazy', members: ['create: (factory) => x(factory)'], policy: {} }

  it('gives way where the kit and the module use the same name', () => {
    const text = lawsText([{ ...suite, path: 'lazy', name: 'lazy' }], './box.js')
    expect(text).toContain('import { lazy as lazyLaws } from ')
    expect(text).toContain('import { lazy } from ')
    expect(text).toContain('  lazyLaws({\n')
  })

  it('reaches whatever a module exports', () => {
    const paths = ['default.Box', 'Box', 'default']
    const suites = paths.map((path, index) => ({ ...suite, path, name: `x${index}` }))
    const text = lawsText(suites, 'boxes')
    expect(text).toContain("import x2, { Box as x1 } from 'boxes'\n\nconst { Box: x0 } = x2\n")
    expect(lawsText([suites[0]!], 'boxes')).toContain("import all from 'boxes'\n\nconst { Box: x0 } = all\n")
  })

  it('says what a policy is worth, and quotes what it must', () => {
    const text = adapterText("it's", ['create: (task) => x(task)'], {
      start: 'lazy',
      adopts: false,
      capacity: 1,
    })
    expect(text).toMatch(/^ {2}name: 'it\\'s',$/m)
    expect(text).toMatch(/\/\/ [^\n]+\n {2}policy: \{ start: 'lazy', adopts: false, capacity: 1 \},\n\}$/)
    expect(functionName('ttl-cache')).toBe('ttlCache')
  })
})

describe('the name of an export', () => {
  const names = (...paths: readonly string[]) => [
    ...localNames(new Map(paths.map((path) => [path, () => {}])), '4-my-cache').values(),
  ]

  it('is its own, or that of its module', () => {
    expect(names('default', 'Mutex', 'default.Promise')).toEqual(['its4MyCache', 'Mutex', 'PromiseExport'])
    expect([...localNames(new Map([['default', Settings]]), 'settings').values()]).toEqual(['Settings'])
  })

  it('clashes with no word of the language, of an adapter, or of another export', () => {
    expect(names('try', 'load', 'default.Mutex', 'Mutex')).toEqual([
      'tryExport',
      'loadExport',
      'Mutex',
      'Mutex2',
    ])
  })
})

describe('a trial', () => {
  const bench = { host: detectHost(), catalogue }
  const protocol = catalogue.protocols.find(({ name }) => name === 'lazy')!

  it('counts what holds and what is broken', async () => {
    const create = (factory: () => Promise<unknown>) => new Settings(factory)
    const trial = await attempt(bench, protocol, { name: 'Settings', create } as Adapter, 20)
    expect(trial?.own.broken).toContain('lazy/single-flight')
    expect(trial?.own.held).toContain('lazy/a-failure-is-not-a-value')
    // What it is for shows in the simplest use, whatever a race breaks.
    expect(await keepsAValue({ create } as never)).toBe(true)
  })

  it('is none where the adapter fits no contract', async () => {
    const adapter = { name: 'Box', create: () => 42 }
    expect(await attempt(bench, protocol, adapter, 20)).toBeUndefined()
    expect(await keepsAValue({ create: () => ({ get: () => new Promise(() => {}) }) })).toBe(false)
    expect(await keepsValuesByKey({ create: (load: (key: never) => unknown) => ({ get: load }) })).toBe(false)
  })
})
