import {
  type Context,
  callsOf,
  FRESH,
  ledBySubject,
  plansOf,
  type Retold,
  type SourceCall,
  type Transcript,
  type TranscriptEvent,
  tellsOnly,
  UnplayableError,
} from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'
import { namesOf } from './keys.js'
import { CLIENTS, COPIED, LOADERS, type Move, type Nested, type Scenario } from './play.js'

const OPS: readonly Move['op'][] = ['get', 'clear', 'clearAll']
/** Clients as reports name them: those of the second cache say so. */
const NAMES = LOADERS.flatMap((loader, cache) =>
  CLIENTS.map((client) => (cache === 0 ? client : `${client} of ${loader}`)),
)
const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }

/** The scenario that a printed run of a keyed cache tells. */
export function retell(transcript: Transcript, { policy, traits }: Context<MemoPolicy>): Retold | undefined {
  if (!tellsOnly(transcript, LOADERS, ['apart', 'uncacheable'])) return undefined
  const calls = callsOf(
    transcript,
    NAMES,
    OPS.filter((op) => op === 'get' || traits[op]),
  )
  const texts = [...new Set(calls.flat().flatMap(({ value }) => value ?? []))]
  const keys = texts.length > 0 ? namesOf(texts) : ["'a'"]
  const loads = plans(transcript, policy)
  if (ledBySubject(transcript, LOADERS[0]).length > 0)
    return { kind: 'nested', scenario: { keys, loads } satisfies Nested }
  const move = ({ op, value, inject }: TranscriptEvent): Move => ({
    op: OPS.find((each) => each === op)!,
    key: value === undefined ? 0 : texts.indexOf(value),
    inject,
  })
  const clients = CLIENTS.map((_, index) => {
    const of = LOADERS.map((__, cache) => calls[cache * CLIENTS.length + index] ?? [])
    const cache = Math.max(
      0,
      of.findIndex((own) => own.length > 0),
    )
    return { cache, moves: of[cache]!.map(move) }
  })
  return { kind: 'clears', scenario: { keys, loads, clients } satisfies Scenario }
}

/** The loads of both caches go by the same plans. */
function plans(transcript: Transcript, { source, values }: MemoPolicy): readonly SourceCall[] {
  const [first = [], second = []] = LOADERS.map((loader) => plansOf(transcript, loader, source))
  const all = [...first, ...second.slice(first.length)]
  const lost = all.find(
    ({ outcome, value }) => values === 'clone' && outcome === 'fulfil' && !COPIED.has(value),
  )
  if (lost) throw new UnplayableError(`${lost.value} would not survive being copied`)
  return all.length > 0 ? all : [fulfils]
}
