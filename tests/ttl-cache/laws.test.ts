import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ttlCache } from '../../properties/ttl-cache/protocol.js'

it('no law of ttl-cache goes without a test', () => {
  const folder = new URL('.', import.meta.url)
  const text = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  expect(Object.keys(ttlCache.laws).filter((claim) => !text.includes(`'${claim}'`))).toEqual([])
})
