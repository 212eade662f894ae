import { UsageError } from '../core/check.js'
import type { Outcome } from '../core/history.js'
import { parseReplay } from '../core/replay.js'
import type { Transcript, TranscriptEvent } from '../core/transcript.js'

const ID = '[a-z0-9-]+\\/[a-z0-9.-]+'
const HEAD = new RegExp(`^\\s*✗ (${ID})(?:\\s|$)`)
const REPLAY = new RegExp(`'(${ID}:-?\\d+:[^'\\s]+)'`)
const TABLE = /^\s*step\s+time\s+what happened\s*$/
const ROW = /^\s*(?:(\d+)\s+(\d+(?:\.\d+)?) ms|(⋯))\s+(\S.*)$/
const MORE = /^\s*→ (\S.*)$/
/** What stands behind what a line tells: that it is to blame, and why. */
const CROSS = /\s+✗(?:\s.*)?$/
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g')
/** What a comment, a quotation or a box around the text puts before each line. */
const MARGIN = /^\s*(?:\/\/|[*|│>])(?=\s|$)/

/**
 * Reads a printed failure back. Everything but the step table or the replay string may be missing, and whatever stands
 * around them is passed over.
 *
 * @throws UsageError when the text has neither, or is that of several failures
 */
export function readTranscript(text: string): Transcript {
  const lines = text
    .replace(COLOUR, '')
    .split(/\r?\n/)
    .map((line) => line.replace(MARGIN, ''))
  const laws = lines.flatMap((line) => HEAD.exec(line)?.[1] ?? [])
  const tables = lines.flatMap((line, index) => (TABLE.test(line) ? [index] : []))
  if (laws.length > 1 || tables.length > 1)
    throw new UsageError('the text tells several failures; a scenario is one of them')
  const named = lines.flatMap((line) => REPLAY.exec(line)?.[1] ?? []).find(parseReplay)
  const [at] = tables
  if (at === undefined && named === undefined)
    throw new UsageError('the text is no printed failure: it has neither a step table nor a replay string')
  const read = at === undefined ? NOTHING : readTable(lines.slice(at + 1))
  return { law: laws[0] ?? (named && parseReplay(named)?.law), replay: named, ...read }
}

type Read = Pick<Transcript, 'events' | 'incomplete'>

const NOTHING: Read = { events: [], incomplete: 'the text has no step table' }

function readTable(lines: readonly string[]): Read {
  const events: TranscriptEvent[] = []
  let incomplete: string | undefined
  let at: Pick<TranscriptEvent, 'step' | 'timeMs'> | undefined
  for (const line of lines) {
    const row = ROW.exec(line)
    const told = row?.[4] ?? (at && MORE.exec(line)?.[1])
    if (told === undefined) continue
    if (row?.[3]) {
      incomplete ??= `the text leaves out ${told}`
      at = undefined
      continue
    }
    if (row) at = { step: Number(row[1]), timeMs: Number(row[2]) }
    for (const words of told.replace(CROSS, '').split(' → ')) {
      const event = { ...NO_FACTS, ...at!, ...readWords(words.trim()) }
      if (words.endsWith('…') && event.type !== 'other') incomplete ??= `the text cuts off step ${event.step}`
      events.push(event)
    }
  }
  if (events.length === 0) incomplete ??= 'the step table of the text is empty'
  return { events, incomplete }
}

type Words = Pick<TranscriptEvent, 'type' | 'actor' | 'op'> & Partial<TranscriptEvent>

const NO_FACTS = { inject: 0, facts: {} }

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  fulfils: 'fulfilled',
  'rejects with': 'rejected',
  returns: 'returned',
  throws: 'threw',
}

const OPS: Readonly<Record<string, string>> = {
  awaits: 'await',
  resets: 'reset',
  cancels: 'cancel',
  'resolves with': 'resolve',
  'rejects with': 'reject',
  'settles with': 'settle',
}

const START = /^(\S+) #(\d+) starts(?: with (.*?))?(, a bare thenable)?$/
const SETTLE = /^(\S+) #(\d+) (fulfils|rejects with|returns|throws) (.*)$/
const CALL =
  /^(\S+(?: of \S+)?) (?:calls (\S+?)|(awaits|resets|cancels|resolves with|rejects with|settles with))(?: (.*?))?(?:, (\d+) microtasks? in)?$/
const SIGNAL = /^signal (\S+) is handed in$/
/** What the world only observes. */
const OBSERVED = [
  /^\S+(?: of \S+)? (?:gets|is rejected with) /,
  /^\S+ (?:returns(?: |$)|throws .* at )/,
  / (?:runs(?: with .*)?|waits for ever|is thrown at the host|was changed|is read|is called)$/,
  /^(?:the host reports|a timer is left|\d+ abort listeners are left|still busy|the subject never)\b/,
  /^\S+ reads /,
  // Of what is thrown at the host the text may be too long to be told to its end.
  /^\w*(?:Error|Exception)\(/,
  /^\S+(?:: | (?:fulfils|rejects)(?: |$))/,
]

/** What one clause of the table says. */
function readWords(words: string): Words {
  const start = START.exec(words)
  if (start) {
    const [, actor = '', n, value, bare] = start
    return { type: 'start', actor, op: actor, n: Number(n), ...given(value), ...(bare ? { bare: true } : {}) }
  }
  const settle = SETTLE.exec(words)
  if (settle) {
    const [, actor = '', n, how = '', value] = settle
    return { type: 'settle', actor, op: actor, n: Number(n), outcome: OUTCOMES[how]!, ...given(value) }
  }
  const call = CALL.exec(words)
  if (call) {
    const [, actor = '', op, verb = '', value, inject = '0'] = call
    return { type: 'call', actor, op: op ?? OPS[verb]!, ...given(value), inject: Number(inject) }
  }
  const signal = SIGNAL.exec(words)
  if (signal) return { type: 'signal', actor: signal[1]!, op: 'signal' }
  if (words === 'the subject is made') return { type: 'act', actor: 'world', op: 'create' }
  if (words === 'a timer fires') return { type: 'timer', actor: 'clock', op: 'timer' }
  if (OBSERVED.some((form) => form.test(words))) return { type: 'other', actor: '', op: words }
  return readAct(words)
}

const given = (value: string | undefined) => (value === undefined ? {} : { value })

function readAct(words: string): Words {
  const [, op = words, listed = ''] = /^(.*?) \((\w+ [^(]*)\)$/.exec(words) ?? []
  const facts = Object.fromEntries(
    listed
      .split(', ')
      .filter((fact) => fact !== '')
      .map((fact) => [fact.slice(0, fact.indexOf(' ')), fact.slice(fact.indexOf(' ') + 1)]),
  )
  return { type: 'act', actor: 'world', op, facts, inject: Number(facts.inject ?? 0) }
}
