import type { HistoryEvent } from '../core/history.js'
import { truncate } from './columns.js'

/** How one event is told: in whose lane it stands, by which short label, and in which words. */
export interface Told {
  readonly lane: string
  /** For the marble: as short as it can be. */
  readonly label: string
  /** For the step table: a clause. */
  readonly words: string
}

/** Lanes from top to bottom: who calls, what is called, and then what surrounds them. */
export type LaneKind = 'client' | 'flight' | 'other'

const LABEL_WIDTH = 16

/** Tells the events of one history, whatever its protocol. */
export class Telling {
  readonly #flights = new Map<number, string>()
  readonly #ops = new Map<number, string>()
  readonly #clients: ReadonlySet<string>

  constructor(history: readonly HistoryEvent[]) {
    const counts = new Map<string, number>()
    for (const { type, id = 0, actor, op = '', detail } of history) {
      if (type === 'call') this.#ops.set(id, op)
      if (type !== 'start') continue
      const n = (counts.get(actor) ?? 0) + 1
      counts.set(actor, n)
      this.#flights.set(id, `${actor} #${detail?.n ?? n}`)
    }
    this.#clients = new Set(history.flatMap(({ type, actor }) => (type === 'call' ? [actor] : [])))
  }

  laneKind(event: HistoryEvent): LaneKind {
    if (event.type === 'start' || event.type === 'settle') return 'flight'
    return this.#clients.has(event.actor) ? 'client' : 'other'
  }

  tell(event: HistoryEvent): Told {
    const kind = this.laneKind(event)
    const flight = kind === 'flight' ? (this.#flights.get(event.id ?? 0) ?? event.actor) : ''
    const lane =
      kind === 'flight'
        ? flight
        : kind === 'client' && event.actor.length < 3
          ? `client ${event.actor}`
          : event.actor
    const { label, words } = this.#say(event, flight)
    return { lane, label: short(label), words }
  }

  #say(event: HistoryEvent, flight: string): { readonly label: string; readonly words: string } {
    const { actor, op = '', value, detail } = event
    const text = value?.text ?? ''
    switch (event.type) {
      case 'call':
        return { label: value ? `${op}(${text})` : op, words: this.#call(event) }
      case 'return':
        return { label: outcomeLabel(event), words: answer(event) }
      case 'start':
        return {
          label: '[',
          words: `${flight} starts${detail?.args === undefined ? '' : ` with ${detail.args}`}${detail?.give === 'thenable' ? ', a bare thenable' : ''}`,
        }
      case 'settle':
        return {
          label: outcomeLabel(event),
          words: `${flight} ${SETTLES[event.outcome ?? 'fulfilled']} ${text}`,
        }
      case 'handler':
        return { label: `${op}(${text})`, words: `${actor}'s ${op} runs${value ? ` with ${text}` : ''}` }
      case 'read':
        return { label: `${op}:${text}`, words: `${actor} reads ${op}${value ? `: ${text}` : ''}` }
      case 'touch':
        return { label: op || 'touch', words: touch(event) }
      case 'act':
        return op === 'create'
          ? { label: 'create', words: 'the subject is made' }
          : { label: op, words: `${op}${value ? ` ${text}` : ''}${facts(detail)}` }
      case 'signal':
        return { label: 'signal', words: `signal ${actor} is handed in` }
      default:
        return surroundings(event)
    }
  }

  #call({ actor, op = '', value, detail }: HistoryEvent): string {
    const verb = VERBS[op] ?? `calls ${op}`
    const inject = Number(detail?.inject ?? 0)
    const when = inject > 0 ? `, ${inject} microtask${inject > 1 ? 's' : ''} in` : ''
    return `${actor} ${verb}${value ? ` ${value.text}` : ''}${when}`
  }
}

const VERBS: Readonly<Record<string, string>> = {
  await: 'awaits',
  reset: 'resets',
  cancel: 'cancels',
  resolve: 'resolves with',
  reject: 'rejects with',
  settle: 'settles with',
}

const SETTLES = {
  fulfilled: 'fulfils',
  rejected: 'rejects with',
  returned: 'returns',
  threw: 'throws',
} as const

const failed = ({ outcome }: HistoryEvent): boolean => outcome === 'rejected' || outcome === 'threw'

/** Of the kit's own errors the message is enough. */
const short = (label: string): string => truncate(label.replace(/\bError\('(\w+)'\)/g, '$1'), LABEL_WIDTH)

/** A failure wears an exclamation mark: a marble must tell them apart without colour. */
const outcomeLabel = (event: HistoryEvent): string => {
  const text = event.value?.text ?? '·'
  return failed(event) ? `!${text}` : text
}

function answer({ actor, op = 'call', outcome, value }: HistoryEvent): string {
  const text = value?.text ?? 'nothing'
  switch (outcome) {
    case 'rejected':
      return `${actor} is rejected with ${text}`
    case 'threw':
      return `${op} throws ${text} at ${actor}`
    case 'returned':
      return text === 'undefined' ? `${op} returns` : `${op} returns ${text}`
    default:
      return `${actor} gets ${text}`
  }
}

/** A thenable of the kit in the hands of the subject. */
function touch({ actor, op = '', value, detail }: HistoryEvent): string {
  const what = value?.text ?? detail?.thenable
  const said = what === undefined ? '' : ` with ${what}`
  switch (op) {
    case 'read':
      return `\`then\` of ${actor} is read`
    case 'then':
      return `\`then\` of ${actor} is called`
    case 'fulfil':
      return `${actor} fulfils${said}`
    case 'reject':
      return `${actor} rejects${said}`
    default:
      return `${actor}: ${op}${said}`
  }
}

/** What the world observes rather than does. */
function surroundings({ type, actor, value, detail }: HistoryEvent): { label: string; words: string } {
  const text = value?.text ?? ''
  switch (type) {
    case 'timer':
      return { label: 'timer', words: 'a timer fires' }
    case 'deadlock':
      return { label: '∞', words: `${actor} waits for ever` }
    case 'bound':
      return { label: 'busy', words: `still busy after ${detail?.steps} steps` }
    case 'hang':
      return { label: '∞', words: 'the subject never gives control back' }
    case 'host-error':
      return { label: `!${text}`, words: `${text} is thrown at the host` }
    case 'unhandled-rejection':
      return { label: `!${text}`, words: `the host reports ${text} as unhandled` }
    case 'timer-left':
      return { label: 'left', words: `a timer is left, due at ${detail?.dueMs} ms` }
    case 'listener-left':
      return { label: 'left', words: `${detail?.count} abort listeners are left on ${actor}` }
    case 'global-changed':
      return { label: 'global', words: `${detail?.name} was changed` }
    default:
      return { label: type, words: `${type}${facts(detail)}` }
  }
}

function facts(detail: HistoryEvent['detail']): string {
  const entries = Object.entries(detail ?? {})
  return entries.length === 0 ? '' : ` (${entries.map(([key, fact]) => `${key} ${fact}`).join(', ')})`
}
