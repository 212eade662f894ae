import { expect, test } from 'vitest'
import { Coroutine, Future, Immediate, isAwaitable, Lazy } from '../../src/awaitables/index.js'

function* coroutine(): Generator<number> {
  yield 1
}
async function* stream(): AsyncGenerator<number> {
  yield 1
}
const callable = Object.assign(() => {}, { then() {} })
const throwing = (key: PropertyKey) => Object.defineProperty({}, key, { get: () => raise() })

const awaitables = [
  Promise.resolve(),
  new Future(),
  new Lazy(() => 1),
  new Immediate(1),
  { then() {} },
  Object.create({ then() {} }),
  callable,
  coroutine(),
  new Coroutine(coroutine),
]
const others = [
  undefined,
  null,
  0,
  '',
  'then',
  7n,
  Symbol('s'),
  {},
  { then: 1 },
  () => {},
  coroutine,
  stream(),
  [].values(),
  new Map().entries(),
  throwing('then'),
  throwing('next'),
  new Proxy({}, { get: () => raise() }),
]

test.each(awaitables.map((value) => [value]))('%o is awaitable', (value) => {
  expect(isAwaitable(value)).toBe(true)
})

test.each(others.map((value) => [value]))('case %# is not', (value) => {
  expect(isAwaitable(value)).toBe(false)
})

test('`then` is read once and not called', () => {
  let reads = 0
  const get = () => {
    reads++
    return raise
  }
  const thenable = Object.defineProperty({}, 'then', { get })
  expect(isAwaitable(thenable)).toBe(true)
  expect(reads).toBe(1)
})

function raise(): never {
  throw new Error('hostile')
}
