import type { Host } from '../core/host.js'

/** What one call of an export gave. */
export interface Given {
  readonly is: 'thenable' | 'function' | 'object'
  /** Whose promise it is, or has as a member: the platform's, or one of the subject's own. */
  readonly promise: 'native' | 'own' | undefined
  /** Methods with the number of their parameters; `undefined` for what is no method. */
  readonly members: ReadonlyMap<string, number | undefined>
}

/** What can be seen of an export without knowing what it is for. */
export interface Look {
  /** How it is reached from the module: `default`, `Mutex`, `default.Promise`. */
  readonly path: string
  readonly kind: 'class' | 'function'
  /** How many arguments it asks for. */
  readonly arity: number
  /** What came of the calls that gave something, by how they are written: `new X(task)`. */
  readonly calls: ReadonlyMap<string, Given>
}

type Callable = ((...args: unknown[]) => unknown) & Record<string, unknown>
type Constructor = new (...args: unknown[]) => unknown

const task = async () => 1
const body = function* () {
  yield Promise.resolve(1)
  return 1
}
const listeners = ['on', 'once', 'off', 'emit', 'addListener', 'removeListener'] as const

/** An emitter that nothing ever comes from. */
const emitter = () => Object.fromEntries(listeners.map((name) => [name, () => undefined]))

/** What `X` is called with, by how that is written in shapes. */
const GIVEN: Readonly<Record<string, () => readonly unknown[]>> = {
  '': () => [],
  task: () => [task],
  'task, options': () => [task, {}],
  'options, task': () => [{}, task],
  'task, waits': () => [task, { waitMs: 2, wait: 2, interval: 2, delay: 2, timeoutMs: 2, timeout: 2 }],
  'task, task': () => [task, task],
  'task, number': () => [task, 2],
  'task, signal': () => [task, new AbortController().signal],
  number: () => [2],
  options: () => [{}],
  rate: () => [{ limit: 1, interval: 2 }],
  steps: () => [{ steps: 1, step: task, onProgress() {} }],
  'promise, number': () => [Promise.resolve(1), 2],
  'emitter, event': () => [emitter(), 'ready'],
  body: () => [body],
}

/** Static methods that make something, with what they are given. */
const STATICS: Readonly<Record<string, readonly string[]>> = {
  from: ['task', 'number'],
  of: ['task', 'number'],
  create: ['task', 'number', ''],
  lazy: ['task'],
  defer: [''],
  deferred: [''],
  withResolvers: [''],
}

/** Everything callable that a module exports, each once. */
export function callables(module: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  const seen = new Set<unknown>()
  const add = (path: string, value: unknown) => {
    if (typeof value !== 'function' || seen.has(value)) return
    seen.add(value)
    found.set(path, value)
  }
  // What a module is there for is its default, where that is a function at all.
  add('default', module.default)
  for (const [name, value] of Object.entries(module)) if (name !== 'module.exports') add(name, value)
  const whole = module.default
  if (typeof whole === 'object' && whole !== null) {
    for (const [name, value] of Object.entries(whole)) add(`default.${name}`, value)
  }
  return found
}

/** Calls an export in all ways that a shape might know, and notes what comes of it. */
export async function lookAt(host: Host, path: string, value: unknown, limitMs: number): Promise<Look> {
  const calls = new Map<string, Given>()
  const subject = value as Callable
  const kind = isClass(value) ? 'class' : 'function'
  const trials = [...ways(subject, kind)]
  for (const [written, make] of trials) {
    let given: Given | undefined
    await host.section(() => {
      try {
        given = describe(make())
      } catch {
        // It does not take that.
      }
      host.drain?.()
    }, limitMs)
    if (given) calls.set(written, given)
  }
  return { path, kind, arity: subject.length, calls }
}

function* ways(subject: Callable, kind: Look['kind']): Generator<[written: string, make: () => unknown]> {
  for (const [written, args] of Object.entries(GIVEN)) {
    if (kind === 'class') {
      yield [`new X(${written})`, () => new (subject as unknown as Constructor)(...args())]
    }
    if (!isSyntacticClass(subject)) yield [`X(${written})`, () => subject(...args())]
  }
  if (kind === 'class') {
    yield ['new X(executor)', () => executed(subject as unknown as Constructor)]
  }
  for (const [name, lists] of Object.entries(STATICS)) {
    const method = subject[name]
    if (typeof method !== 'function') continue
    for (const written of lists) {
      yield [`X.${name}(${written})`, () => method.apply(subject, GIVEN[written]!())]
    }
  }
}

/** Many constructors take a function; this one must call it at once, with functions. */
function executed(Class: Constructor): unknown {
  let called = false
  const made = new Class((resolve: unknown) => {
    called = typeof resolve === 'function'
  })
  return called ? made : undefined
}

const isSyntacticClass = (value: unknown): boolean =>
  /^class\b/.test(Function.prototype.toString.call(value as () => void))

/** A class by its syntax, or by having methods. */
function isClass(value: unknown): boolean {
  const { prototype } = value as { readonly prototype?: unknown }
  if (typeof prototype !== 'object' || prototype === null) return false
  return isSyntacticClass(value) || Object.getOwnPropertyNames(prototype).length > 1
}

function describe(value: unknown): Given | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  const members = membersOf(value)
  const thenable = members.get('then') !== undefined
  if (thenable) (value as PromiseLike<unknown>).then(undefined, () => {})
  return {
    is: thenable ? 'thenable' : typeof value === 'function' ? 'function' : 'object',
    promise: promiseOf(thenable ? value : Object.getOwnPropertyDescriptor(value, 'promise')?.value),
    members,
  }
}

function promiseOf(value: unknown): Given['promise'] {
  if (typeof (value as Partial<PromiseLike<unknown>> | undefined)?.then !== 'function') return undefined
  return (value as object).constructor === Promise ? 'native' : 'own'
}

const ROOTS = [Object.prototype, Function.prototype] as const

/** All members but those that everything has. No getter is called. */
function membersOf(value: object): ReadonlyMap<string, number | undefined> {
  const members = new Map<string, number | undefined>()
  for (
    let at: object | null = value;
    at && !ROOTS.some((root) => root === at);
    at = Object.getPrototypeOf(at)
  ) {
    for (const [name, { value: member }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (name === 'constructor' || members.has(name)) continue
      if (
        typeof value === 'function' &&
        ['name', 'length', 'prototype', 'arguments', 'caller'].includes(name)
      )
        continue
      members.set(name, typeof member === 'function' ? member.length : undefined)
    }
  }
  return members
}
