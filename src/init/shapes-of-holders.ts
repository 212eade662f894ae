import type { Given } from './look.js'
import {
  type Declared,
  handle,
  makers,
  method,
  type Shape,
  type Shapes,
  TASK,
  type Words,
  written,
} from './shape.js'

const ACQUIRES = ['acquire', 'lock', 'acquireAsync', 'take', 'wait', 'enter']
const RELEASES = ['release', 'unlock', 'signal', 'leave', 'give']
const RUNS = ['runExclusive', 'run', 'use', 'withLock', 'withPermit', 'schedule', 'add', 'enqueue', 'execute']
const PERMITS = [
  'permits',
  '{ permits }',
  '{ concurrency: permits }',
  '{ max: permits }',
  '{ maxConcurrent: permits }',
]

const DEAF = { signal: 'unsupported' } as const
/** A release that does not say whose: a second one is somebody else's. */
const TOKENLESS = { overRelease: 'unsupported' } as const
const SINGLE = { maxPermits: 1 } as const

/** Mutual exclusion. */
export const lockShapes: Shapes = function* (look, words) {
  for (const permits of look.arity > 0 ? PERMITS : []) {
    for (const { call, given } of makers(look, permits === 'permits' ? 'number' : 'options')) {
      yield* locks(given, words, '{ permits }', `${written(call, words)}(${permits})`, {})
    }
  }
  for (const { call, given } of makers(look, '')) {
    yield* locks(given, words, '', `${written(call, words)}()`, SINGLE)
  }
}

function* locks(given: Given, { as }: Words, head: string, made: string, policy: Declared): Generator<Shape> {
  const lock = (member: string, more: Declared): Shape => ({
    protocol: 'lock',
    members: [member],
    policy: { ...more, ...policy },
  })
  const run = method(given, RUNS, (count) => count >= 1 || Number.isNaN(count) || count === 0)
  const acquire = method(given, ACQUIRES)
  const release = method(given, RELEASES)
  const running = run && `(fn) => subject.${run}(${as('fn', TASK)})`
  if (acquire) {
    const call = `subject.${acquire}`
    const block = (acquire: string, more: Declared) =>
      lock(handle(head, made, { acquire, run: running }), more)
    yield block(`(signal) => ${call}(${as('signal', 'never')})`, {})
    yield block(`() => ${call}()`, DEAF)
    yield block(`async () => (await ${call}())[1]`, DEAF)
    if (release) {
      yield block(
        `async (signal) => {\n      await ${call}(${as('signal', 'never')})\n      return () => subject.${release}()\n    }`,
        TOKENLESS,
      )
      yield block(`async () => {\n      await ${call}()\n      return () => subject.${release}()\n    }`, {
        ...DEAF,
        ...TOKENLESS,
      })
    }
  } else if (running) {
    yield lock(handle(head, made, { run: running }), {})
  }
  if (given.is !== 'function') return
  yield lock(`create: (${head}) => ({ run: ${made} })`, {})
  yield lock(`create: (${head}) => ({ acquire: ${made} })`, DEAF)
}

const GETS = ['get', 'acquire', 'use', 'open', 'start']
const DISPOSES = ['dispose', 'close', 'destroy', 'stop', 'shutdown', 'end']
const OPENS = [
  '{ open, close }',
  '{ create: open, destroy: close }',
  '{ start: open, stop: close }',
  '{ init: open, dispose: close }',
]

/** A resource that is opened when it is asked for, and closed. */
export const serviceShapes: Shapes = function* (look, words) {
  for (const { call, given } of makers(look, 'task, task'))
    yield* services(given, `${written(call, words)}(open, close)`)
  for (const { call, given } of makers(look, 'options')) {
    for (const options of OPENS) yield* services(given, `${written(call, words)}(${options})`)
  }
}

function* services(given: Given, made: string): Generator<Shape> {
  const get = method(given, GETS)
  const dispose = method(given, DISPOSES)
  if (!get || !dispose) return
  const stats = method(given, ['stats'], (count) => count === 0)
  const bare = { get: `() => subject.${get}()`, dispose: `() => subject.${dispose}()` }
  const service = (entries: Readonly<Record<string, string>>): Shape => ({
    protocol: 'service',
    members: [handle('open, close', made, entries)],
  })
  if (stats) yield service({ ...bare, stats: '() => subject.stats()' })
  yield service(bare)
}
