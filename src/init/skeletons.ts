/** By protocol: the members of an adapter that are to be filled in, and what each is for. */
const PLACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  awaitable: { create: '(task) => an awaitable of what `task` gives' },
  thenable: { deferred: '() => ({ promise, resolve, reject })' },
  future: {
    create: '() => ({ promise, resolve, reject }), and state, result, onSettled, cancel where it has them',
  },
  lazy: { create: '(factory) => something with `then`, or with `get` and perhaps `reset`' },
  memo: { create: '(load) => ({ get }), and clear(key), clearAll() where it has them' },
  'ttl-cache': { create: '(load, { ttlMs }) => ({ get }), and clear(key), clearAll() where it has them' },
  retry: {
    run: '(attempt, { attempts, baseMs, factor, maxMs, signal, timeoutMs, shouldRetry }) => an awaitable',
  },
  delay: { create: '(ms, value, signal) => an awaitable of `value`' },
  cancellable: { create: '(task, signal) => an awaitable of what `task(signal)` gives' },
  'async-property': {
    create: '(load) => ({ Class, key, read: (self) => self[key] }), where the property calls load(self)',
  },
  service: { create: '(open, close) => ({ get, dispose }), and stats where it has them' },
  coroutine: {
    run: '(body) => an awaitable of what the generator function `body` returns',
    suspend: '(awaited) => what a body delegates to with `yield*` in order to await',
  },
  pipe: {
    from: '(input) => a pipe that begins with `input`',
    map: '(pipe, stage) => a new pipe with one more stage',
  },
  progress: { create: '({ steps, step, onProgress }) => an awaitable of the results' },
  offload: {
    create: '({ threads }) => ({ run: (caseName, input, signal) => an awaitable }), and destroy()',
  },
  lock: {
    create:
      '({ permits, timeoutMs }) => ({ acquire: (signal) => an awaitable of its release, run: (fn) => … })',
  },
  call: { wrap: '(fn, { waitMs, signal }) => the wrapped function' },
}

/** The protocols that an adapter can be written for. */
export const ADAPTABLE: readonly string[] = Object.keys(PLACES)

/** Members of an adapter that say what is missing, for a subject that no known shape fits. */
export function skeleton(protocol: string, name: string): readonly string[] {
  const kind =
    protocol === 'call' ? ["// Or throttle, or timeout; `event` has `next` instead.\nkind: 'debounce'"] : []
  const places = Object.entries(PLACES[protocol] ?? {}).map(([member, meaning]) =>
    [
      `// ${meaning}`,
      `${member}() {`,
      `  throw new Error(\`\${${name}.name} is not plugged in yet: fill in ${member}\`)`,
      '}',
    ].join('\n'),
  )
  return [...kind, ...places]
}
