import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { coroutine } from '../../properties/coroutine/protocol.js'

it('no law of coroutine goes without a test', () => {
  const folder = new URL('.', import.meta.url)
  const text = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  expect(
    Object.entries(coroutine.laws)
      .filter(([, { level }]) => level !== 'untested')
      .map(([claim]) => claim)
      .filter((claim) => !text.includes(`'${claim}'`)),
  ).toEqual([])
})
