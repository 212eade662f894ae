import {
  type Context,
  callsOf,
  FRESH,
  nameOf,
  plansOf,
  type Retold,
  type SourceCall,
  type Transcript,
  type TranscriptEvent,
  UnplayableError,
} from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'
import { type Abort, CLIENTS, type Scenario, type Turn } from './play.js'

const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }

/** The scenario that a printed run of a lock tells. */
export function retell(transcript: Transcript, { policy, traits }: Context<LockPolicy>): Retold | undefined {
  const begins = transcript.events.find(({ type, op }) => type === 'act' && op === 'begins')
  const { permits, timeoutMs } = begins?.facts ?? {}
  if (permits === undefined) return undefined
  const calls = callsOf(
    transcript,
    CLIENTS,
    ['acquire', 'run', 'release'].filter((op) => op === 'release' || traits[op]),
  )
  const scenario: Scenario = {
    permits: Number(permits),
    timeoutMs: timeoutMs === undefined ? null : Number(timeoutMs),
    clients: calls.map((own, index) => turnsOf(transcript, policy, CLIENTS[index]!, own)),
  }
  check(scenario, policy)
  return { kind: 'contended', scenario }
}

/** Refuses what is not to be asked of a subject with these policies. */
function check(
  { permits, timeoutMs, clients }: Scenario,
  { maxPermits, timeout, overRelease, signal }: LockPolicy,
): void {
  const turns = clients.flat()
  const refused = [
    permits > maxPermits && `${permits} permits`,
    timeoutMs !== null && timeout === 'unsupported' && 'a time-out',
    turns.some(({ extra }) => extra > 0) && overRelease === 'unsupported' && 'a second release',
    turns.some(({ abort }) => abort) && signal === 'unsupported' && 'a signal',
  ].find((each) => each !== false)
  if (refused) throw new UnplayableError(`the subject knows no such thing as ${refused}`)
}

/** A turn begins where a permit is asked for, and the releases that follow belong to it. */
function turnsOf(
  transcript: Transcript,
  { source }: LockPolicy,
  client: string,
  calls: readonly TranscriptEvent[],
): readonly Turn[] {
  const begins = calls.flatMap(({ op }, index) => (op === 'release' ? [] : [index]))
  return begins.map((from, index): Turn => {
    const asked = calls[from]!
    const releases = calls.slice(from + 1, begins[index + 1])
    const next = calls[begins[index + 1] ?? calls.length]
    const [work = fulfils] = plansOf(transcript, `work${client}${index + 1}`, source)
    return {
      op: asked.op === 'run' ? 'run' : 'acquire',
      inject: asked.inject,
      holdMs: releases[0] ? releases[0].timeMs - grantedMs(transcript, asked) : 0,
      work,
      extra: Math.max(0, releases.length - 1),
      atOnce: next !== undefined && next.inject === 0 && next.step === releases.at(-1)?.step,
      abort: abortOf(transcript, `signal${client}${index + 1}`, asked),
    }
  })
}

/** When a client got what it asked for. */
function grantedMs({ events }: Transcript, asked: TranscriptEvent): number {
  const later = events.slice(events.indexOf(asked))
  return later.find(({ op }) => op.startsWith(`${asked.actor} gets `))?.timeMs ?? asked.timeMs
}

/** What becomes of the signal that a client hands in, if it does. */
function abortOf({ events }: Transcript, signal: string, asked: TranscriptEvent): Abort | null {
  if (!events.some(({ type, actor }) => type === 'signal' && actor === signal)) return null
  const words = `abort ${signal} `
  const act = events.find(({ type, op }) => type === 'act' && op.startsWith(words))
  if (!act) return { when: 'never', inject: 0, reason: FRESH }
  const isBefore = events.indexOf(act) < events.indexOf(asked)
  const reason = nameOf(act.op.slice(words.length))
  return { when: isBefore ? 'before' : act.timeMs - asked.timeMs, inject: act.inject, reason }
}
