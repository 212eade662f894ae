import type { Given, Look } from './look.js'
import { CALL, type Declared, makers, type Shape, type Shapes, type Words, written } from './shape.js'

/** A signal, handed on where there is one. */
const SIGNAL = '...(signal && { signal })'

/** How many attempts, by how an option that says so is called. */
const COUNTS = [
  'attempts',
  'retries: attempts - 1',
  'maxAttempts: attempts',
  'maxRetries: attempts - 1',
  'numOfAttempts: attempts',
  'times: attempts',
  'tries: attempts',
  'retries: attempts',
  'maxRetries: attempts',
]

/** The wait that the protocol asks for, where a subject can be told so. */
const GROWING = 'schedule: (k, { baseMs, factor, maxMs }) => Math.min(maxMs, baseMs * factor ** (k - 1))'
const CONSTANT = 'schedule: (_, { baseMs }) => baseMs'
const BACKOFF = ['baseMs', 'factor', 'maxMs'] as const
const FORMULA = (k: string) => `Math.min(maxMs, baseMs * factor ** ${k})`

/** How long to wait, by how an option that says so is called. */
const WAITING: readonly (readonly [
  passes: readonly string[],
  takes: readonly string[],
  schedule?: string,
])[] = [
  [[], []],
  [['baseMs', 'factor', 'maxMs'], BACKOFF, GROWING],
  [['minTimeout: baseMs', 'factor', 'maxTimeout: maxMs', 'randomize: false'], BACKOFF, GROWING],
  [['startingDelay: baseMs', 'timeMultiple: factor', 'maxDelay: maxMs'], BACKOFF, GROWING],
  [['delay: baseMs', 'factor', 'maxDelay: maxMs', 'jitter: false'], BACKOFF, GROWING],
  [['initialDelay: baseMs', 'factor', 'maxDelay: maxMs'], BACKOFF, GROWING],
  [['initialDelay: baseMs', 'multiplier: factor', 'maxDelay: maxMs'], BACKOFF, GROWING],
  [[`delay: (k) => ${FORMULA('k')}`], BACKOFF, GROWING],
  [[`delay: (k) => ${FORMULA('(k - 1)')}`], BACKOFF, GROWING],
  [[`backoff: (k) => ${FORMULA('(k - 1)')}`], BACKOFF, GROWING],
  [['delayMs: baseMs'], ['baseMs'], CONSTANT],
  [['delay: baseMs'], ['baseMs'], CONSTANT],
]

function key(option: string): string {
  return option.replace(/:.*/, '')
}

interface Passed {
  readonly takes: readonly string[]
  readonly passes: readonly string[]
  readonly schedule?: string | undefined
}

const DEAF = { abort: 'unsupported' } as const
const BLIND = { shouldRetry: 'unsupported' } as const

/** Several attempts. The names of options are found one after the other: how many, how long, and what else. */
export const retryShapes: Shapes = function* (look, words) {
  const attempt = words.as('attempt', '(n?: number) => Promise<unknown>')
  for (const { call, given } of makers(look, 'task, options')) {
    if (given.is !== 'thenable') continue
    yield* counted(words, (options) => `${written(call, words)}(${attempt}, ${options})`)
  }
  for (const { call, given } of makers(look, 'options, task')) {
    if (given.is !== 'thenable') continue
    yield* counted(words, (options) => `${written(call, words)}(${options}, ${attempt})`)
  }
  for (const { call, given } of makers(look, 'task, number')) {
    if (given.is !== 'thenable') continue
    const made = (rest: string) => () => `${written(call, words)}(${attempt}, ${rest})`
    for (const count of ['attempts', 'attempts - 1']) {
      const timed = { takes: ['attempts', 'baseMs'], passes: [], schedule: CONSTANT }
      yield retry(timed, made(`${count}, baseMs`), { ...DEAF, ...BLIND })
      yield retry({ takes: ['attempts'], passes: [] }, made(count), { ...DEAF, ...BLIND })
    }
  }
}

type Made = (options: string) => string

/** All names at once tell whether there is any sense in looking for the one that is meant. */
const ANY_COUNT = COUNTS.filter(
  (count, index) => COUNTS.findIndex((each) => key(each) === key(count)) === index,
)

function* counted(words: Words, made: Made): Generator<Shape> {
  const passed = { takes: ['attempts'], passes: ANY_COUNT }
  yield { ...retry(passed, made, { ...DEAF, ...BLIND }), more: () => counting(words, made) }
}

function* counting(words: Words, made: Made): Generator<Shape> {
  for (const count of COUNTS) {
    const passed = { takes: ['attempts'], passes: [count] }
    yield { ...retry(passed, made, { ...DEAF, ...BLIND }), more: () => timed(words, made, passed) }
  }
}

function* timed(words: Words, made: Made, before: Passed): Generator<Shape> {
  for (const [passes, takes, schedule] of WAITING) {
    const typed = passes.map((each) => each.replace('(k)', `(${words.of('k', 'number')})`))
    const passed = { takes: [...before.takes, ...takes], passes: [...before.passes, ...typed], schedule }
    yield { ...retry(passed, made, { ...DEAF, ...BLIND }), more: () => heard(words, made, passed) }
  }
}

function* heard(words: Words, made: Made, before: Passed): Generator<Shape> {
  const hearing = { ...before, takes: [...before.takes, 'signal'], passes: [...before.passes, SIGNAL] }
  yield { ...retry(hearing, made, BLIND), more: () => asked(words, made, hearing, {}) }
  yield { ...retry(before, made, { ...DEAF, ...BLIND }), more: () => asked(words, made, before, DEAF) }
}

function* asked(words: Words, made: Made, before: Passed, policy: Declared): Generator<Shape> {
  const error = words.of('{ error }', '{ error: unknown }')
  const names = ['shouldRetry', 'retry: shouldRetry', 'retryIf: shouldRetry', 'when: shouldRetry']
  for (const asking of [...names, `shouldRetry: (${error}) => shouldRetry(error)`]) {
    const passes = [...before.passes, `...(shouldRetry && { ${asking} })`]
    yield retry({ ...before, takes: [...before.takes, 'shouldRetry'], passes }, made, policy)
  }
}

function retry({ takes, passes, schedule }: Passed, made: Made, policy: Declared): Shape {
  const lines = passes.map((each) => `    ${each},\n`)
  const options = passes.length > 1 ? `{\n${lines.join('')}  }` : `{ ${passes.join(', ')} }`
  const run = `run: (attempt, { ${takes.join(', ')} }) =>\n  ${made(options)}`
  return { protocol: 'retry', members: [run, ...(schedule ? [schedule] : [])], policy }
}

/** A value after a time. */
export const delayShapes: Shapes = function* (look, words) {
  for (const { call, given } of makers(look, 'number')) {
    if (given.is !== 'thenable') continue
    const made = written(call, words)
    yield { ...delay('ms, value', `${made}(ms).then(() => value)`), more: () => delays(made) }
  }
}

function* delays(made: string): Generator<Shape> {
  yield delay('ms, value, signal', `${made}(ms, { value, ${SIGNAL} })`)
  yield delay('ms, value, signal', `${made}(ms, value, { ${SIGNAL} })`)
  yield delay('ms, value, signal', `${made}(ms, { ${SIGNAL} }).then(() => value)`)
  yield delay('ms, value, signal', `${made}(ms, signal).then(() => value)`)
  yield delay('ms, value', `${made}(ms, value)`)
}

const delay = (head: string, made: string): Shape => ({
  protocol: 'delay',
  members: [`create: (${head}) => ${made}`],
})

const WAITS = [
  'waitMs',
  'wait: waitMs',
  'interval: waitMs',
  'delay: waitMs',
  'timeoutMs: waitMs',
  'timeout: waitMs',
]
const CALLS = ['call', 'run', 'invoke', 'execute']
const WRAPS = ['debounce', 'throttle', 'timeout'] as const

/** A function that runs less often than it is called, or not for ever; and waiting for an event. */
export const callShapes: Shapes = function* (look, words) {
  for (const kind of WRAPS) yield* wraps(kind, look, words)
  const fn = words.as('fn', CALL)
  for (const { call, given } of makers(look, 'rate')) {
    if (given.is !== 'function') continue
    const made = `${written(call, words)}({ limit: 1, interval: waitMs`
    const heard = () => wrapping('throttle', given, 'waitMs, signal', `${made}, ${SIGNAL} })(${fn})`)
    for (const shape of wrapping('throttle', given, 'waitMs', `${made} })(${fn})`, DEAF)) {
      yield { ...shape, more: heard }
    }
  }
  yield* timeouts(look, words)
  for (const { call, given } of makers(look, 'emitter, event')) {
    if (given.is === 'thenable') yield* events(written(call, words))
  }
}

/** A kind of wrapped function: the wait comes second, or among options. */
function* wraps(kind: (typeof WRAPS)[number], look: Look, words: Words): Generator<Shape> {
  const fn = words.as('fn', CALL)
  for (const { call, given } of makers(look, 'task, number')) {
    const made = `${written(call, words)}(${fn}, waitMs`
    const heard = () => wrapping(kind, given, 'waitMs, signal', `${made}, { ${SIGNAL} })`)
    for (const shape of wrapping(kind, given, 'waitMs', `${made})`, DEAF)) yield { ...shape, more: heard }
  }
  for (const { call, given } of makers(look, 'task, waits')) {
    const wrap = (options: string, wait: string, policy: Declared) =>
      wrapping(kind, given, options, `${written(call, words)}(${fn}, { ${wait} })`, policy)
    const named = () =>
      WAITS.flatMap((wait) => {
        const more = () => wrap('waitMs, signal', `${wait}, ${SIGNAL}`, {})
        return wrap('waitMs', wait, DEAF).map((shape) => ({ ...shape, more }))
      })
    for (const shape of wrap('waitMs', WAITS.join(', '), DEAF)) yield { ...shape, more: named }
  }
}

/** What was given is the function itself, or an object with a method that stands for it. */
function wrapping(
  kind: string,
  given: Given,
  options: string,
  made: string,
  policy?: Declared,
): readonly Shape[] {
  const method = CALLS.find((name) => given.is === 'object' && given.members.get(name) !== undefined)
  const head = `wrap: (fn, { ${options} }) =>`
  const lines = [
    `wrap(fn, { ${options} }) {`,
    `  const subject = ${made}`,
    `  return (...args) => subject.${method}(...args)`,
    '}',
  ]
  const wrap = given.is === 'function' ? `${head} ${made}` : method && lines.join('\n')
  if (!wrap) return []
  return [{ protocol: 'call', members: [`kind: '${kind}'`, wrap], ...(policy ? { policy } : {}) }]
}

function* timeouts(look: Look, words: Words): Generator<Shape> {
  const { as } = words
  for (const { call, given } of makers(look, 'promise, number')) {
    if (given.is !== 'thenable') continue
    const made = (rest: string) =>
      `async (...args) =>\n  ${written(call, words)}(Promise.resolve(${as('fn(...args)', 'Promise<unknown>')}), ${rest})`
    yield timing('waitMs', made('waitMs'), DEAF)
    yield timing('waitMs, signal', made(`waitMs, { ${SIGNAL} }`), {})
    yield timing('waitMs, signal', made(`{ milliseconds: waitMs, ${SIGNAL} }`), {})
  }
}

const timing = (options: string, made: string, policy: Declared): Shape => ({
  protocol: 'call',
  members: ["kind: 'timeout'", `wrap: (fn, { ${options} }) => ${made}`],
  policy,
})

function* events(made: string): Generator<Shape> {
  const untimed = { timeout: 'unsupported' }
  const heads: readonly [head: string, options: string, policy: Declared][] = [
    ['emitter, event, { signal, timeoutMs }', `{ ${SIGNAL}, ...(timeoutMs && { timeout: timeoutMs }) }`, {}],
    ['emitter, event, { signal }', `{ ${SIGNAL} }`, untimed],
    ['emitter, event', '', { ...untimed, abort: 'unsupported' }],
  ]
  for (const [head, options, policy] of heads) {
    const call = `${made}(emitter, event${options ? `, ${options}` : ''})`
    for (const next of [call, `${call}.then(([value]) => value)`]) {
      yield { protocol: 'call', members: ["kind: 'event'", `next: (${head}) =>\n  ${next}`], policy }
    }
  }
}

/** A task that a signal ends. */
export const cancellableShapes: Shapes = function* (look, words) {
  const found = [...makers(look, 'task, signal')].filter(({ given }) => given.is === 'thenable')
  const task = words.as('task', '(signal?: AbortSignal) => Promise<unknown>')
  for (const { call } of found) {
    for (const signal of ['signal', '{ signal }']) {
      const create = `create: (task, signal) => ${written(call, words)}(${task}, ${signal})`
      for (const policy of [{}, { taskSignal: 'none' }])
        yield { protocol: 'cancellable', members: [create], policy }
    }
  }
}
