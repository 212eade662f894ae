import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES, lawful } from './run.js'

const shards = join(FIXTURES, '.lawful/shards')
const clean = () => rmSync(shards, { recursive: true, force: true })
const FILES = ['holds', 'broken']

beforeAll(clean)
afterAll(clean)

describe('a run in shards', () => {
  it('is told as one run in the end', async () => {
    const whole = await lawful([...FILES, '--reporter', 'json'])
    const parts = [
      await lawful([...FILES, '--shard', '1/2', '--reporter', 'json']),
      await lawful([...FILES, '--shard', '2/2', '--reporter', 'json']),
    ]
    const reports = parts.flatMap(({ out }) => JSON.parse(out))
    expect(reports).toHaveLength(JSON.parse(whole.out).length)
    expect(Math.max(...parts.map(({ code }) => code ?? 0))).toBe(whole.code)
    const merged = await lawful(['merge', '--reporter', 'json'])
    expect(merged).toEqual(whole)
  })

  it('is not told where a shard is missing', async () => {
    expect(existsSync(shards)).toBe(true)
    rmSync(join(shards, '1-of-2.json'))
    const { code, err } = await lawful(['merge'])
    expect(err).toBe('lawful: of 2 shards 1 is missing in .lawful/shards\n')
    expect(code).toBe(2)
  })

  it('is not told where there is none', async () => {
    const { code, err } = await lawful(['merge', 'nowhere'])
    expect(err).toBe('lawful: there is no nowhere: runs with --shard write it\n')
    expect(code).toBe(2)
  })
})
