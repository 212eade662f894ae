/**
 * What a reproduction needs to play a history without the kit: controlled sources, clients, and a log of what is
 * observed. It is text, because it travels in the script; real time and real turns of the event loop stand in for the
 * kit's virtual ones.
 */
export const runtime = `const kit = {
  seen: [],
  given: {},
  flights: {},
  open: new Set(),
  skipped: false,
  unhandled: [],
  names: new Map(),
  /** When the step before was to be, and when it really ended. */
  last: { atMs: 0, endedMs: performance.now() },

  note(words) {
    kit.seen.push(words)
  },

  /** A step that the script has no code for. */
  skip(words) {
    kit.skipped = true
    kit.note(words + ' (not played)')
  },

  /** A value in the words of the recording. */
  show(value) {
    if (kit.names.has(value)) return kit.names.get(value)
    if (Object.is(value, -0)) return '-0'
    if (typeof value === 'string') return "'" + value + "'"
    if (typeof value === 'bigint') return value + 'n'
    if (typeof value === 'symbol') return "Symbol('" + value.description + "')"
    if (typeof value === 'function') return value.name ? '[Function ' + value.name + ']' : String(value)
    if (typeof value !== 'object' || value === null) return String(value)
    if ('message' in value && 'name' in value) return value.name + "('" + String(value.message).split('\\n')[0] + "')"
    if (Array.isArray(value)) return '[…' + value.length + ']'
    const maker = Object.getPrototypeOf(value)?.constructor?.name
    if (maker && maker !== 'Object') return '[' + maker + ']'
    return Object.keys(value).length > 0 ? '[object]' : Object.isFrozen(value) ? 'Object.freeze({})' : '{}'
  },

  /** A task whose calls stay pending until the script settles them. */
  source(name, plans) {
    let calls = 0
    return (...args) => {
      const plan = plans[calls] ?? { give: 'promise' }
      const flight = name + ' #' + ++calls
      kit.note(flight + ' starts' + (args.length > 0 ? ' with ' + args.map(kit.show).join(', ') : ''))
      if (plan.give === 'throw') {
        kit.note(flight + ' throws ' + kit.show(plan.value))
        throw plan.value
      }
      if (plan.give === 'value') {
        kit.note(flight + ' returns ' + kit.show(plan.value))
        return plan.value
      }
      const pending = plan.give === 'thenable' ? kit.thenable(flight) : kit.promise(flight)
      if (plan.abortable) kit.abortable(flight, args)
      return pending
    }
  },

  /** A task that rejects as soon as the signal it was handed aborts. */
  abortable(flight, args) {
    const signal = args.map((arg) => arg?.signal ?? arg).find((arg) => arg instanceof AbortSignal)
    const abort = () => kit.settle(flight, 'rejected', signal.reason)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  },

  promise(flight) {
    const promise = new Promise((fulfilled, rejected) => {
      kit.flights[flight] = { fulfilled, rejected }
    })
    promise.catch(() => {})
    return promise
  },

  thenable(flight) {
    const waiting = []
    let settled
    const tell = (callbacks) => callbacks[settled.outcome]?.(settled.value)
    const settle = (outcome) => (value) => {
      settled = { outcome, value }
      for (const callbacks of waiting.splice(0)) tell(callbacks)
    }
    kit.flights[flight] = { fulfilled: settle('fulfilled'), rejected: settle('rejected') }
    return {
      then(fulfilled, rejected) {
        if (settled) tell({ fulfilled, rejected })
        else waiting.push({ fulfilled, rejected })
      },
    }
  },

  settle(flight, outcome, value) {
    const callbacks = kit.flights[flight]
    if (!callbacks) return kit.note(flight + ' has never started')
    delete kit.flights[flight]
    kit.note(flight + (outcome === 'fulfilled' ? ' fulfils ' : ' rejects with ') + kit.show(value))
    callbacks[outcome](value)
  },

  /** A client's call. A thenable that it gives is subscribed to in the same turn, unless the answer is the value. */
  call(id, client, op, words, run, plain) {
    kit.note(words)
    kit.open.add(id)
    const answer = (text) => {
      kit.open.delete(id)
      kit.note(text)
    }
    let result
    try {
      result = run()
      kit.given[client] = result
      if (!plain && typeof result?.then === 'function') {
        result.then(
          (value) => answer(client + ' gets ' + kit.show(value)),
          (reason) => answer(client + ' is rejected with ' + kit.show(reason)),
        )
        return
      }
    } catch (error) {
      return answer(op + ' throws ' + kit.show(error) + ' at ' + client)
    }
    answer(op + ' returns' + (result === undefined ? '' : ' ' + kit.show(result)))
  },

  /** A callback that is observed. */
  handler(actor, op, respond) {
    return (...args) => {
      kit.note(actor + "'s " + op + ' runs' + (args.length > 0 ? ' with ' + kit.show(args[0]) : ''))
      return respond?.(...args)
    }
  },

  /** Waits until something is so; what has not come after some seconds is not expected any more. */
  async until(isSo) {
    for (const untilMs = performance.now() + 4000; !isSo() && performance.now() < untilMs; ) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  },

  /** Waits for an answer that was never seen. */
  async giveUp(id, words) {
    await kit.until(() => !kit.open.has(id))
    if (kit.open.has(id)) kit.note(words)
  },

  later(microtasks, run) {
    if (microtasks === 0) run()
    else queueMicrotask(() => kit.later(microtasks - 1, run))
  },

  /** One step: what the world does, and then everything that follows from it. */
  async step(atMs, run) {
    // Counted from the step before, as the subject's timers do, and a little more so that they fire first.
    const waitMs = atMs > kit.last.atMs ? kit.last.endedMs + atMs - kit.last.atMs + 3 - performance.now() : 0
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    try {
      await run()
    } catch (error) {
      kit.note(kit.show(error) + ' is thrown at the script')
    }
    await new Promise((resolve) => setImmediate(resolve))
    kit.last = { atMs, endedMs: performance.now() }
  },

  /** Lays what was recorded and what was seen side by side. */
  compare(recorded, blamed) {
    const plain = (words) => words.replace(/\\[(\\w+) \\d+\\]/g, '[$1]').replaceAll('new Error(', 'Error(')
    const length = Math.max(recorded.length, kit.seen.length)
    const width = Math.max(8, ...recorded.map((words) => words.length))
    let same = true
    console.log('    ' + 'recorded'.padEnd(width) + '    seen')
    for (let index = 0; index < length; index++) {
      const [left = '', right = ''] = [recorded[index], kit.seen[index]]
      const agree = plain(left) === plain(right)
      same &&= agree
      console.log((blamed.includes(index) ? '  ✗ ' : '    ') + left.padEnd(width) + (agree ? '    ' : '  ≠ ') + right)
    }
    return same
  },
}
process.on('unhandledRejection', (reason) => kit.unhandled.push(reason))
// What the subject throws at the host must not end the script: the steps to come show what it leads to.
process.on('uncaughtException', () => {})
const { given, handler: seen } = kit
`
