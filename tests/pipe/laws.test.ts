import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pipe } from '../../properties/pipe/protocol.js'

it('no law of pipe goes without a test', () => {
  const folder = new URL('.', import.meta.url)
  const text = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  expect(Object.keys(pipe.laws).filter((claim) => !text.includes(`'${claim}'`))).toEqual([])
})
