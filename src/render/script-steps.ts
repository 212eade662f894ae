import type { HistoryEvent } from '../core/history.js'
import type { Value } from '../core/value.js'
import { isAhead, placeOf } from './script-callbacks.js'
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
  'hang',
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
    const made = parses(value.text) && !NAME.test(value.text) ? value.text : `Symbol(${quote(value.text)})`
    const remark = made === value.text ? '' : ' // stands for a value that cannot be written down'
    this.lines.push(`const ${name} = ${made}${remark}`, `kit.names.set(${name}, ${quote(value.text)})`)
    return name
  }
}

const PRIMITIVE = /^(undefined|null|true|false|NaN|-?Infinity|-?\d+(\.\d+)?n?|'[^'\\]*')$/

/** What a value reads like that cannot be written down: `T1`, `[Maker 3]`. */
const NAME = /^\[[^\]]|^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** Whether a text is an expression. Nothing is run: it is only compiled. */
export function parses(text: string): boolean {
  try {
    return typeof new Function(`return async () => (${text}\n)`) === 'function'
  } catch {
    return false
  }
}

/** What the world did, step by step, as calls of the script's runtime. */
export function steps(history: readonly HistoryEvent[], telling: Telling, constants: Constants): string[] {
  const lines: string[] = []
  const last = lastStep(history)
  for (const step of new Set(history.map((event) => event.step))) {
    // What happens by itself when everything is over nobody sees: there is no need to wait for it.
    if (step > last) continue
    const events = history.filter((event) => event.step === step)
    const statements = statementsOf(events, history, telling, constants)
    if (statements.length === 0) continue
    const [first] = events as [HistoryEvent]
    const atMs = isReal(history) ? Math.min(first.timeMs, MOMENT_MS) : first.timeMs
    const waits = statements.some((statement) => statement.includes('await ')) ? 'async ' : ''
    lines.push(`// step ${step}, ${first.timeMs} ms`, `await kit.step(${atMs}, ${waits}() => {`)
    lines.push(...statements.map((statement) => `  ${statement}`), `}${timing(first, history)})`)
    if (isReal(history)) lines.push(`await kit.until(() => kit.seen.length >= ${heard(history, step)})`)
  }
  return lines
}

/** How long the script waits for timers of the subject. */
export const waitOf = (history: readonly HistoryEvent[]): number =>
  Math.max(
    0,
    ...history.map(({ type, step, timeMs }) => (type === 'timer' && step <= lastStep(history) ? timeMs : 0)),
  )

/** The last step in which there is something to do or to see. */
const lastStep = (history: readonly HistoryEvent[]): number =>
  Math.max(0, ...history.map((event) => (isSeen(event) || isPlayed(event) ? event.step : 0)))

/** Whether an event is something that the world did, other than what can be seen. */
const isPlayed = ({ type }: HistoryEvent): boolean => type === 'act' || type === 'signal'

/** How much of what the script sees was recorded by the end of a step. */
const heard = (history: readonly HistoryEvent[], last: number): number =>
  history.filter((event) => event.step <= last && event.type !== 'unhandled-rejection' && isSeen(event))
    .length

/** Where time is real, nobody has to wait for what the subject was waited for. */
const MOMENT_MS = 50

/** How a step that begins with an event stands to the subject's timers: only for them real time has to pass. */
function timing({ type, step, timeMs }: HistoryEvent, history: readonly HistoryEvent[]): string {
  if (isReal(history)) return ''
  if (type === 'timer') {
    const seen = history.some((event) => event.step === step && isSeen(event))
      ? `, ${heard(history, step)}`
      : ''
    return `, 'timers fire'${seen}`
  }
  const later = history.filter((event) => event.type === 'timer' && event.step > step)
  if (later.length === 0) return ", 'at once'"
  return later.some((timer) => timer.timeMs === timeMs) ? ", 'timers wait'" : ''
}

function statementsOf(
  events: readonly HistoryEvent[],
  history: readonly HistoryEvent[],
  telling: Telling,
  constants: Constants,
): string[] {
  // Where time is real the world does and sees things of its own in the very step of a call.
  const besides = isReal(history) ? ['signal', 'act', 'read'] : ['signal']
  const first = events.find((event) => !besides.includes(event.type) && !isAhead(event, history)) ?? events[0]
  const injected: string[] = []
  const callbacks: string[] = []
  const statements: string[] = []
  for (const event of events) {
    const { type, detail } = event
    const inject = Number(detail?.inject ?? 0)
    if (type === 'call' && inject > 0) {
      // Queued before the action, as the kit does, so that the microtasks count from the same point.
      injected.push(`kit.later(${inject}, () => ${call(event, history, telling)})`)
    } else if (type === 'call' && first && (event === first || leads(first, event)) && !detail?.inside) {
      statements.push(call(event, history, telling))
    } else if (type === 'call') {
      const place = placeOf(event, history, telling)
      if (place) callbacks.push(`kit.within(${quote(place)}, () => ${call(event, history, telling)})`)
      else statements.push(`// not played: ${telling.tell(event).words}`)
    } else if (type === 'start' && isAhead(event, history)) {
      statements.push(`${event.actor}.ahead()`)
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
  return [...callbacks, ...injected, ...statements]
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
