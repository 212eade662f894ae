import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { choices, findings } from '../../fixtures/findings/index.js'
import { projectFile } from '../source-text.js'

const ADAPTERS = new URL('../../fixtures/third-party/', import.meta.url)
const pinned: Readonly<Record<string, string>> = JSON.parse(
  projectFile('fixtures/third-party/package.json'),
).dependencies

/** Where a package is installed, as the adapters find it. */
function folderOf(name: string): string {
  const paths = createRequire(new URL('index.js', ADAPTERS)).resolve.paths(name) ?? []
  const found = paths.map((path) => join(path, name)).find((path) => readable(join(path, 'package.json')))
  if (found === undefined) throw new Error(`${name} is not installed`)
  return found
}

function readable(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Without what a line break, or a comment over several lines, puts between words. */
const words = (text: string): string => text.replaceAll(/\n[ \t]*\*(?= )/g, '\n').replaceAll(/\s+/g, ' ')

describe('what findings and choices say of packages', () => {
  const all = [...findings, ...choices]

  it('quotes the documentation that is installed', () => {
    const missing = all.flatMap(({ package: name, documentation }) => {
      if (!('says' in documentation) || documentation.file === undefined) return []
      const text = readable(join(folderOf(name), documentation.file)) ?? ''
      return words(text).includes(words(documentation.says)) ? [] : [`${name}: ${documentation.says}`]
    })
    expect(missing).toEqual([])
  })

  it('is said of the versions that are pinned', () => {
    const subjects = [
      ...findings.flatMap(({ package: name, broken }) =>
        Object.keys(broken).map((subject) => ({ name, subject })),
      ),
      ...choices.map(({ package: name, subject }) => ({ name, subject })),
    ]
    const wrong = subjects.filter(({ name, subject }) => {
      const version =
        pinned[name] ?? JSON.parse(readable(join(folderOf(name), 'package.json')) ?? '{}').version
      return !new RegExp(` ${version}(?=,| |$)`).test(subject)
    })
    expect(wrong).toEqual([])
  })

  it('is the policy that the adapters declare', async () => {
    const declared = new Map<string, Readonly<Record<string, unknown>>[]>()
    vi.doMock('../../src/runners/vitest.js', () => ({
      describeLaws: ({ subject, parts }: { subject: string; parts: { adapter: { policy?: object } }[] }) => {
        const policy = { ...parts[0]?.adapter.policy }
        declared.set(subject, [...(declared.get(subject) ?? []), policy])
      },
    }))
    const files = readdirSync(ADAPTERS).filter((file) => file.endsWith('.laws.ts'))
    for (const file of files) {
      const text = readFileSync(new URL(file, ADAPTERS), 'utf8')
      if (choices.some(({ subject }) => text.includes(`'${subject}'`)))
        await import(new URL(file, ADAPTERS).href)
    }
    for (const { subject, policy } of choices) {
      expect(declared.get(subject), subject).toContainEqual(expect.objectContaining(policy))
    }
  })
})
