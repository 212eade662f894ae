import type { Given, Look } from './look.js'
import { handle, LOAD, makers, method, type Shape, type Shapes, TASK, type Words, written } from './shape.js'

const GETTERS = ['get', 'value', 'getValue', 'load', 'resolve', 'getOrLoad', 'getOrCreate', 'fetch', 'read']
const RESETS = ['reset', 'invalidate', 'clear', 'forget', 'refresh']

/** A value that is made once. */
export const lazyShapes: Shapes = function* (look, words) {
  for (const { call, given } of makers(look, 'task')) {
    const made = `${written(call, words)}(${words.as('factory', TASK)})`
    const whole = [`create: (factory) => ${made}`]
    const reset = method(given, RESETS, (count) => count === 0)
    const again = reset && `() => subject.${reset}()`
    if (given.is === 'function') {
      if (reset) yield lazy([handle('factory', made, { get: 'subject', reset: again })])
      yield lazy([`create: (factory) => ({ get: ${made} })`])
    } else if (method(given, ['get'], (count) => count === 0)) {
      if (reset && reset !== 'reset') {
        yield lazy([handle('factory', made, { get: '() => subject.get()', reset: again })])
      }
      yield lazy(whole)
    } else if (given.is === 'thenable') {
      if (reset) yield lazy([handle('factory', made, { get: '() => subject', reset: again })])
      yield lazy(whole)
    } else {
      const getter = GETTERS.find((name) => given.members.has(name))
      if (!getter) continue
      const get = `() => subject.${getter}${given.members.get(getter) === undefined ? '' : '()'}`
      yield lazy([handle('factory', made, { get, reset: again })])
    }
  }
}

const lazy = (members: readonly string[]): Shape => ({ protocol: 'lazy', members })

const FORGETS = ['delete', 'forget', 'evict', 'invalidate', 'remove', 'clear']
const FORGETS_ALL = ['clearAll', 'invalidateAll', 'clear', 'reset']

/** Values by key, each loaded once. */
export const memoShapes: Shapes = function* (look, words) {
  for (const { call, given } of makers(look, 'task')) {
    const made = `${written(call, words)}(${words.as('load', LOAD)})`
    for (const member of keyed(given, 'load', made)) yield { protocol: 'memo', members: [member] }
  }
}

/** How the time to live is passed: alone, or among options. */
const ALONE = 'ttlMs'
const NAMED = ['ttlMs', 'ttl: ttlMs', 'maxAge: ttlMs', 'maxAgeMs: ttlMs', 'expiresIn: ttlMs']
const ANY = `{ ${NAMED.join(', ')} }`

/** The same with expiry. */
export const ttlCacheShapes: Shapes = function* (look, words) {
  yield* expiring(look, words, 'number', ALONE)
  for (const shape of expiring(look, words, 'options', ANY)) yield { ...shape, more: () => named(shape) }
}

/** A shape with every name at once tells whether there is any sense in looking for the one that is meant. */
function* named(shape: Shape): Generator<Shape> {
  for (const name of NAMED) {
    yield { ...shape, members: shape.members.map((member) => member.replace(ANY, `{ ${name} }`)) }
  }
}

function* expiring(look: Look, words: Words, args: string, lifetime: string): Generator<Shape> {
  const head = 'load, { ttlMs }'
  const load = words.as('load', LOAD)
  for (const { call, given } of makers(look, `task, ${args}`)) {
    const made = (source: string) => `${written(call, words)}(${source}, ${lifetime})`
    for (const member of keyed(given, head, made(load))) yield { protocol: 'ttl-cache', members: [member] }
    if (given.is !== 'thenable') continue
    const one = handle(head, made(words.as('(() => load(undefined))', TASK)), { get: '() => subject' })
    yield { protocol: 'ttl-cache', members: [one], policy: { keyed: false } }
  }
  for (const { call, given } of makers(look, args)) {
    const get = method(given, ['getOrLoad', 'getOrSet', 'getOrCreate', 'wrap', 'fetch', 'get'], (n) => n >= 2)
    if (!get) continue
    const asked = `(key) => subject.${get}(${words.as('key', 'never')}, ${words.as('(() => load(key))', TASK)})`
    const made = `${written(call, words)}(${lifetime})`
    yield {
      protocol: 'ttl-cache',
      members: [handle(head, made, { get: asked, ...forgetting(given) })],
    }
  }
}

function* keyed(given: Given, head: string, made: string): Generator<string> {
  const forgets = forgetting(given)
  if (given.is === 'function') {
    if (Object.values(forgets).some((each) => each !== undefined)) {
      yield handle(head, made, { get: 'subject', ...forgets })
    }
    yield `create: (${head}) => ({ get: ${made} })`
    return
  }
  const get = method(
    given,
    ['get', 'load', 'fetch', 'getOrLoad', 'read'],
    (count) => count === 1 || count === 2,
  )
  if (get) yield handle(head, made, { get: `(key) => subject.${get}(key)`, ...forgets })
}

/** A `clear` of its own stands for all keys where another method forgets one. */
function forgetting(given: Given): Readonly<Record<string, string | undefined>> {
  const one = method(given, FORGETS, (count) => count >= 1)
  const all = method(given, FORGETS_ALL, (count) => count === 0)
  return {
    clear: one && `(key) => subject.${one}(key)`,
    clearAll: all && all !== one ? `() => subject.${all}()` : undefined,
  }
}

/** Anything with `then` that a task drives. */
export const awaitableShapes: Shapes = function* (look, words) {
  for (const { call, given } of makers(look, 'task')) {
    if (given.is !== 'thenable') continue
    const made = `${written(call, words)}(${words.as('task', TASK)})`
    yield { protocol: 'awaitable', members: [`create: (task) => ${made}`] }
  }
}

const SETTLERS = [
  ['resolve', 'reject'],
  ['setResult', 'setException'],
  ['setValue', 'setError'],
  ['fulfill', 'reject'],
  ['fulfil', 'reject'],
  ['complete', 'completeExceptionally'],
  ['complete', 'completeError'],
  ['complete', 'fail'],
  ['succeed', 'fail'],
] as const
const PROMISES = ['promise', 'future', 'asPromise', 'toPromise', 'wait']
const CALLBACKS = ['onSettled', 'addDoneCallback', 'onDone', 'onComplete']

/** Settled by whoever holds it. */
export const futureShapes: Shapes = function* (look, words) {
  for (const { call, given, settlers } of deferreds(look)) {
    const [resolve, reject] = settlers
    const promise = promiseOf(given)
    // A promise class with a deferred beside it is judged as the class that it is.
    if (!promise || (call.startsWith('X.') && look.calls.has('new X(executor)'))) continue
    const { members } = given
    const callback = method(given, CALLBACKS)
    const bare = {
      promise,
      resolve: `(value) => void subject.${resolve}(${words.as('value', 'never')})`,
      reject: `(reason) => void subject.${reject}(${words.as('reason', 'never')})`,
    }
    const rich = {
      state: members.has('state') ? reading(given, 'state') : undefined,
      result: method(given, ['result']) && '() => subject.result()',
      onSettled: callback && `(callback) => void subject.${callback}(callback)`,
      cancel: method(given, ['cancel']) && '(reason) => void subject.cancel(reason)',
    }
    const made = `${written(call, words)}()`
    const handles = Object.values(rich).some((each) => each !== undefined)
      ? [{ ...bare, ...rich }, bare]
      : [bare]
    for (const entries of handles) {
      yield { protocol: 'future', members: [handle('', made, entries)] }
    }
  }
}

const reading = ({ members }: Given, name: string): string =>
  members.get(name) === undefined ? `() => subject.${name}` : `() => subject.${name}()`

function deferreds(look: Look) {
  return makers(look, '').flatMap(({ call, given }) => {
    const settlers = SETTLERS.find((pair) => pair.every((name) => given.members.has(name)))
    return settlers ? [{ call, given, settlers }] : []
  })
}

function promiseOf(given: Given): string | undefined {
  if (given.is === 'thenable') return 'subject'
  const name = PROMISES.find((each) => given.members.has(each))
  return name && `subject.${name}${given.members.get(name) === undefined ? '' : '()'}`
}

/** A promise implementation. */
export const thenableShapes: Shapes = function* (look, words) {
  const { X, as } = words
  if (look.calls.get('new X(executor)')?.is === 'thenable') {
    const own = as('{}', '{ resolve(value: unknown): void; reject(reason: unknown): void }')
    const executor = '(resolve, reject) => Object.assign(own, { resolve, reject })'
    const lines = [
      `  const own = ${own}`,
      `  const promise = new ${X}(${executor})`,
      '  return { promise, ...own }',
    ]
    yield { protocol: 'thenable', members: [['deferred() {', ...lines, '}'].join('\n')] }
  }
  for (const { call, given, settlers } of deferreds(look)) {
    const promise = promiseOf(given)
    // The platform's own promises are nobody's implementation.
    if (!promise || given.promise !== 'own') continue
    const [resolve, reject] = settlers
    const entries = {
      promise,
      resolve: `(value) => void subject.${resolve}(${as('value', 'never')})`,
      reject: `(reason) => void subject.${reject}(${as('reason', 'never')})`,
    }
    const member = handle('', `${written(call, words)}()`, entries)
    yield { protocol: 'thenable', members: [member.replace('create()', 'deferred()')] }
  }
}
