import {
  type Context,
  callsOf,
  FRESH,
  plansOf,
  type Retold,
  type SourceCall,
  type Transcript,
  type TranscriptEvent,
  tellsOnly,
  UnplayableError,
} from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { KEYS } from './keys.js'
import {
  BEGIN_MS,
  CLIENTS,
  COPIED,
  type Jump,
  type Load,
  type Move,
  type Scenario,
  type Wait,
} from './play.js'

const OPS: readonly Move['op'][] = ['get', 'clear', 'clearAll']
const fulfils: Load = { give: 'promise', outcome: 'fulfil', value: FRESH, slow: 0 }

/** The scenario that a printed run of a cache with expiry tells, at the times that it tells. */
export function retell(
  transcript: Transcript,
  { policy, traits }: Context<TtlCachePolicy>,
): Retold | undefined {
  const { events } = transcript
  const begins = events.find(({ type, op }) => type === 'act' && op === 'begins')
  if (!begins || !tellsOnly(transcript, ['load'], ['begins', 'uncacheable', 'jump'])) return undefined
  const { ttlMs, epochMs } = begins.facts
  const ops = OPS.filter((op) => op === 'get' || traits[op])
  const loads = copied(plansOf(transcript, 'load', policy.source), policy.values)
  const scenario: Scenario = {
    ttlMs: ttlMs === 'Infinity' ? ttlMs : Number(ttlMs),
    epochMs: Number(epochMs),
    loadTime: lasting(0),
    loads: loads.length > 0 ? loads : [fulfils],
    clients: callsOf(transcript, CLIENTS, ops).map(movesOf),
    jumps: events
      .filter(({ type, op }) => type === 'act' && op === 'jump')
      .map(
        ({ timeMs, facts }): Jump => ({ at: lasting(timeMs - BEGIN_MS), by: lasting(Number(facts.byMs)) }),
      ),
  }
  return { kind: 'deadlines', scenario }
}

/** Loads as they went, of a cache that may copy what they bring. */
function copied(plans: readonly SourceCall[], values: TtlCachePolicy['values']): readonly Load[] {
  const lost = plans.find(
    ({ outcome, value }) => values === 'clone' && outcome === 'fulfil' && !COPIED.has(value),
  )
  if (lost) throw new UnplayableError(`${lost.value} would not survive being copied`)
  return plans.map((plan) => ({ ...plan, slow: 0 }))
}

const lasting = (ms: number): Wait => ({ ttls: 0, loads: 0, units: 0, ms })

const movesOf = (calls: readonly TranscriptEvent[]): readonly Move[] =>
  calls.map(({ op, value, inject, timeMs }, index) => ({
    op: OPS.find((each) => each === op)!,
    key: value === undefined ? 0 : keyOf(value),
    wait: lasting(timeMs - (calls[index - 1]?.timeMs ?? BEGIN_MS)),
    inject,
  }))

function keyOf(text: string): number {
  const index = KEYS.findIndex((key) => text === `'${key}'`)
  if (index < 0) throw new UnplayableError(`no key is named ${text}`)
  return index
}
