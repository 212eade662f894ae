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
  /** What is done inside a callback, by how often that one has run. */
  inside: {},
  runs: {},
  realMs: performance.now.bind(performance),
  beganMs: performance.now(),
  nowMs: 0,
  /** When the step before was to be, when it really ended, and whether it held the subject's timers back. */
  last: { atMs: 0, endedMs: performance.now(), held: false },
  lost: false,

  note(words) {
    kit.seen.push(words)
  },

  /** A value under the name that the recording has for it. */
  named(name, value) {
    kit.names.set(value, name)
    return value
  },

  /** What is to be done when a callback runs: \`A's onFulfilled #1\`, \`load #1\`. */
  within(place, run) {
    kit.inside[place] ??= []
    kit.inside[place].push(run)
  },

  enter(place) {
    for (const run of kit.inside[place] ?? []) run()
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
    return '[object]'
  },

  /** A task whose calls stay pending until the script settles them. */
  source(name, plans) {
    let calls = 0
    const ahead = []
    const source = (...args) => {
      if (ahead.length > 0) return ahead.shift()
      const plan = plans[calls] ?? { give: 'promise' }
      const flight = name + ' #' + ++calls
      const bare = plan.give === 'thenable' ? ', a bare thenable' : ''
      kit.note(flight + ' starts' + (args.length > 0 ? ' with ' + args.map(kit.show).join(', ') : '') + bare)
      kit.enter(flight)
      if (plan.follows) return kit.follow(flight, plan.follows())
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
    /** Calls it now, for somebody who is handed what it gives later. */
    source.ahead = () => void ahead.push(source())
    return source
  },

  /** A task that goes as an answer of the subject goes. */
  follow(flight, answer) {
    const followed = Promise.resolve(answer)
    followed.then(
      (value) => kit.note(flight + ' fulfils ' + kit.show(value)),
      (reason) => kit.note(flight + ' rejects with ' + kit.show(reason)),
    )
    return followed
  },

  /** A task that rejects as soon as the signal it was handed aborts. */
  abortable(flight, args) {
    const signal = args.map((arg) => arg?.signal ?? arg).find((arg) => arg instanceof AbortSignal)
    const abort = () => kit.flights[flight] && kit.settle(flight, 'rejected', signal.reason)
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

  /** What a callback throws at a thenable that has been pending is nobody's to handle. */
  thenable(flight) {
    const waiting = []
    let settled
    const tell = (callbacks) => {
      const callback = callbacks[settled.outcome]
      if (typeof callback === 'function') callback(settled.value)
    }
    const settle = (outcome) => (value) => {
      settled = { outcome, value }
      for (const callbacks of waiting.splice(0)) {
        try {
          tell(callbacks)
        } catch {}
      }
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
      const place = actor + "'s " + op
      kit.note(place + ' runs' + (args.length > 0 ? ' with ' + kit.show(args[0]) : ''))
      kit.runs[place] = (kit.runs[place] ?? 0) + 1
      kit.enter(place + ' #' + kit.runs[place])
      return respond?.(...args)
    }
  },

  /** Waits until something is so; what has not come after some seconds is not expected any more. */
  async until(isSo) {
    for (const untilMs = kit.realMs() + 4000; !isSo() && kit.realMs() < untilMs; ) {
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

  /** From now on the clocks read what the recording says. */
  setClocks() {
    const epochMs = Date.now()
    const Native = Date
    globalThis.Date = class Date extends Native {
      constructor(...args) {
        super(...(args.length > 0 ? args : [Date.now()]))
      }
    }
    performance.now = () => kit.nowMs
    Date.now = () => epochMs + kit.nowMs
  },

  /** One step: what the world does, and then everything that follows from it. Until when so much is to be seen. */
  async step(atMs, run, timers, seen = 0) {
    await kit.pass(atMs, timers)
    try {
      await run()
    } catch (error) {
      kit.note(kit.show(error) + ' is thrown at the script')
    }
    // Between ticks no timer fires, as long as there is a next one.
    const held = timers === 'timers wait'
    for (let tick = 0; held && tick < 20; tick++) await new Promise((resolve) => process.nextTick(resolve))
    if (!held) await new Promise((resolve) => setImmediate(resolve))
    if (!kit.lost) await kit.until(() => kit.seen.length >= seen)
    kit.lost ||= kit.seen.length < seen
    kit.last = { atMs, endedMs: kit.realMs(), held }
  },

  /** Lets real time pass, for the subject's timers. */
  async pass(atMs, timers) {
    const { last, beganMs } = kit
    kit.nowMs = atMs
    // The subject counts from when it set them, and they must have fired. What comes before a timer must not be late.
    const fireMs = atMs > last.atMs || last.held ? last.endedMs + atMs - last.atMs + 3 : 0
    const untilMs = timers === 'timers fire' ? fireMs : beganMs + atMs - (timers === 'timers wait' ? 10 : 0)
    const waitMs = timers === 'at once' ? 0 : Math.min(untilMs - kit.realMs(), 60_000)
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
  },

  /** Lays what was recorded and what was seen side by side. */
  compare(recorded, blamed) {
    const plain = (words) => words.replace(/\\[(\\w+) \\d+\\]/g, '[$1]').replaceAll('new Error(', 'Error(')
    // One that has no name here may well be the one that has a name there.
    const unnamed = (words) => words.replace(/Object.freeze({})|{}/g, '[object]').replaceAll('[]', '[…0]')
    const length = Math.max(recorded.length, kit.seen.length)
    const width = Math.max(8, ...recorded.map((words) => words.length))
    let same = true
    console.log('    ' + 'recorded'.padEnd(width) + '    seen')
    for (let index = 0; index < length; index++) {
      const [left = '', right = ''] = [recorded[index], kit.seen[index]]
      const agree = [plain(left), unnamed(plain(left))].includes(plain(right))
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
