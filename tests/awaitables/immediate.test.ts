import { expect, test } from 'vitest'
import { Immediate } from '../../src/awaitables/index.js'

test('gives its value to everyone, and never at once', async () => {
  const answer = new Immediate(42)
  let told: number | undefined
  const telling = answer.then((value) => {
    told = value
  })
  expect(told).toBeUndefined()
  await telling
  expect([told, await answer, await answer]).toEqual([42, 42, 42])
})

test('a handler decides what comes next', async () => {
  const answer = new Immediate(1)
  expect(await answer.then((value) => value + 1)).toBe(2)
  expect(await answer.then(null)).toBe(1)
  const failing = answer.then(() => {
    throw 'on purpose'
  })
  await expect(failing).rejects.toBe('on purpose')
})
