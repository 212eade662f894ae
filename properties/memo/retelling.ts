import {
  callsOf,
  FRESH,
  ledBySubject,
  plansOf,
  type Retold,
  type SourceCall,
  type Transcript,
  type TranscriptEvent,
  tellsOnly,
} from '../../src/core/index.js'
import { namesOf } from './keys.js'
import { CLIENTS, LOADERS, type Move, type Nested, type Scenario } from './play.js'

const OPS: readonly Move['op'][] = ['get', 'clear', 'clearAll']
/** Clients as reports name them: those of the second cache say so. */
const NAMES = LOADERS.flatMap((loader, cache) =>
  CLIENTS.map((client) => (cache === 0 ? client : `${client} of ${loader}`)),
)
const fulfils: SourceCall = { give: 'promise', outcome: 'fulfil', value: FRESH }

/** The scenario that a printed run of a keyed cache tells. */
export function retell(transcript: Transcript): Retold | undefined {
  if (!tellsOnly(transcript, LOADERS, ['apart', 'uncacheable'])) return undefined
  const calls = callsOf(transcript, NAMES, OPS)
  const texts = [...new Set(calls.flat().flatMap(({ value }) => value ?? []))]
  const keys = texts.length > 0 ? namesOf(texts) : ["'a'"]
  const loads = plans(transcript)
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
function plans(transcript: Transcript): readonly SourceCall[] {
  const [first = [], second = []] = LOADERS.map((loader) => plansOf(transcript, loader))
  const all = [...first, ...second.slice(first.length)]
  return all.length > 0 ? all : [fulfils]
}
