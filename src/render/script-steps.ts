import type { HistoryEvent } from '../core/history.js'
import type { Value } from '../core/value.js'
import type { Telling } from './telling.js'

/** What the script can see for itself; the rest of a history only the kit observes. */
const SEEN: ReadonlySet<HistoryEvent['type']> = new Set([
  'call',
  'return',
  'start',
  'settle',
  'handler',
  'deadlock',
  'unhandled-rejection',
])

export const isSeen = ({ type, detail }: HistoryEvent): boolean =>
  SEEN.has(type) && detail?.elsewhere !== true

/** Whether a history comes from a world whose time is real: then the script has to wait for what it recorded. */
export const isReal = (history: readonly HistoryEvent[]): boolean =>
  history.some(({ type, op, detail }) => type === 'act' && op === 'create' && detail?.real === true)

/** A JavaScript string. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** Names for the values that the script makes, so that one recorded value is one value there too. */
export class Constants {
  readonly #names = new Map<number, string>()
  readonly lines: string[] = []

  /** The expression for a value: itself where it is a primitive, and a constant where identity matters. */
  of(value: Value | undefined): string {
    if (!value || PRIMITIVE.test(value.text)) return value?.text ?? 'undefined'
    const known = this.#names.get(value.id)
    if (known) return known
    const name = `value${this.#names.size + 1}`
    this.#names.set(value.id, name)
    const made = parses(value.text) && !/^\[./.test(value.text) ? value.text : `Symbol(${quote(value.text)})`
    const remark = made === value.text ? '' : ' // stands for a value that cannot be written down'
    this.lines.push(`const ${name} = ${made}${remark}`, `kit.names.set(${name}, ${quote(value.text)})`)
    return name
  }
}

const PRIMITIVE = /^(undefined|null|true|false|NaN|-?\d+(\.\d+)?n?|'[^'\\]*')$/

/** Whether a text is an expression. Nothing is run: it is only compiled. */
export function parses(text: string): boolean {
  try {
    return typeof new Function(`return async () => (${text}\n)`) === 'function'
  } catch {
    return false
  }
}

/** The sources of a history: how each of their calls went, for those that went without waiting. */
export function sources(history: readonly HistoryEvent[], constants: Constants): string[] {
  const names = new Set(
    history.flatMap((event) => (event.type === 'start' && isSeen(event) ? [event.actor] : [])),
  )
  // A source that was never called appears only where it was handed in.
  for (const { op, code } of history) {
    if (op !== 'create' || !code) continue
    const handed = /^(?:await )?adapter\.\w+\((.*)\)$/.exec(code)?.[1]?.split(',') ?? []
    for (const name of handed.map((each) => each.trim())) if (/^[A-Za-z_$][\w$]*$/.test(name)) names.add(name)
  }
  for (const { type, actor } of history) if (type === 'signal') names.delete(actor)
  return [...names].flatMap((name) => {
    const starts = history.filter(({ type, actor }) => type === 'start' && actor === name)
    const plans = starts.map(({ id, detail }) => {
      const give = quote(String(detail?.give ?? 'promise'))
      const end = history.find((event) => event.type === 'settle' && event.id === id)
      const at = end?.outcome === 'returned' || end?.outcome === 'threw'
      const abortable = detail?.abortable ? ', abortable: true' : ''
      return at ? `{ give: ${give}, value: ${constants.of(end.value)} }` : `{ give: ${give}${abortable} }`
    })
    const remarks = starts
      .filter(({ id, detail }) => !detail?.abortable && follows(history, id))
      .map(
        ({ detail }) =>
          `// ${name} #${detail?.n} went by an answer of the subject, which this script cannot play`,
      )
    return [...remarks, `const ${name} = kit.source(${quote(name)}, [${plans.join(', ')}])`]
  })
}

/** Whether a flight was settled by what the subject did: the world settles one at the beginning of a step. */
function follows(history: readonly HistoryEvent[], id: number | undefined): boolean {
  const end = history.find((event) => event.type === 'settle' && event.id === id)
  if (!end || end.outcome === 'returned' || end.outcome === 'threw') return false
  return history.find(({ step }) => step === end.step) !== end
}

/** What the world did, step by step, as calls of the script's runtime. */
export function steps(history: readonly HistoryEvent[], telling: Telling, constants: Constants): string[] {
  const lines: string[] = []
  const wait = pace(history)
  for (const step of new Set(history.map((event) => event.step))) {
    const events = history.filter((event) => event.step === step)
    const statements = statementsOf(events, history, telling, constants)
    if (statements.length === 0) continue
    const [{ timeMs }] = events as [HistoryEvent]
    const waits = statements.some((statement) => statement.includes('await ')) ? 'async ' : ''
    lines.push(`// step ${step}, ${timeMs} ms`, `await kit.step(${wait(timeMs)}, ${waits}() => {`)
    lines.push(...statements.map((statement) => `  ${statement}`), '})')
    if (isReal(history)) lines.push(`await kit.until(() => kit.seen.length >= ${heard(history, step)})`)
  }
  return lines
}

/** How much of what the script sees was recorded by the end of a step. */
const heard = (history: readonly HistoryEvent[], last: number): number =>
  history.filter((event) => event.step <= last && event.type !== 'unhandled-rejection' && isSeen(event))
    .length

/** Where no timer of the subject fires, only the order of things matters: nobody should wait minutes for that. */
const IDLE_MS = 50

function pace(history: readonly HistoryEvent[]): (timeMs: number) => number {
  if (history.some(({ type }) => type === 'timer')) return (timeMs) => timeMs
  return (timeMs) => Math.min(timeMs, IDLE_MS)
}

function statementsOf(
  events: readonly HistoryEvent[],
  history: readonly HistoryEvent[],
  telling: Telling,
  constants: Constants,
): string[] {
  // Where time is real the world does and sees things of its own in the very step of a call.
  const besides = isReal(history) ? ['signal', 'act', 'read'] : ['signal']
  const first = events.find(({ type }) => !besides.includes(type)) ?? events[0]
  const injected: string[] = []
  const statements: string[] = []
  for (const event of events) {
    const { type, detail } = event
    const inject = Number(detail?.inject ?? 0)
    if (type === 'call' && inject > 0) {
      // Queued before the action, as the kit does, so that the microtasks count from the same point.
      injected.push(`kit.later(${inject}, () => ${call(event, history, telling)})`)
    } else if (type === 'call' && first && (event === first || leads(first, event))) {
      statements.push(call(event, history, telling))
    } else if (type === 'call') {
      statements.push(`// inside a callback: ${telling.tell(event).words}`)
    } else if (type === 'settle' && event === first && isSeen(event)) {
      const { lane } = telling.tell(event)
      statements.push(
        `kit.settle(${quote(lane)}, ${quote(event.outcome ?? '')}, ${constants.of(event.value)})`,
      )
    } else if (type === 'signal') {
      statements.push(`${event.actor} = new AbortController()`)
    } else if (type === 'act') {
      statements.push(act(event, telling))
    } else if (type === 'start' && event.code && !isSeen(event)) {
      statements.push(`await kit.until(() => ${event.code})`)
    } else if (type === 'deadlock' && isReal(history)) {
      statements.push(`await kit.giveUp(${event.id ?? 0}, ${quote(telling.tell(event).words)})`)
    } else if (type === 'timer' && event === first) {
      statements.push('// a timer of the subject fires')
    }
  }
  return [...injected, ...statements]
}

/** A step of the world may hold several calls of one client; the set-up may hold any. */
const leads = (first: HistoryEvent, event: HistoryEvent): boolean =>
  event.step === 0 || (first.type === 'call' && first.actor === event.actor)

function call(event: HistoryEvent, history: readonly HistoryEvent[], telling: Telling): string {
  const { id = 0, actor, op = 'call', code } = event
  const { words } = telling.tell(event)
  if (!code || !parses(code)) return `kit.skip(${quote(words)})`
  const answer = history.find((other) => other.type === 'return' && other.id === id)
  const plain = answer?.outcome === 'returned' ? ', true' : ''
  const body = code.startsWith('{') ? `(${code})` : code
  return `kit.call(${id}, ${quote(actor)}, ${quote(op)}, ${quote(words)}, () => ${body}${plain})`
}

function act(event: HistoryEvent, telling: Telling): string {
  const { op, code } = event
  if (!code || !parses(code)) return `// not played, as there is no code for it: ${telling.tell(event).words}`
  return op === 'create' ? `subject = ${code}` : code
}
