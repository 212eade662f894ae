import {
  type Context,
  callsOf,
  ledBySubject,
  plansOf,
  type Retold,
  type Transcript,
  tellsOnly,
} from '../../src/core/index.js'
import type { LazyPolicy } from './contract.js'
import { CLIENTS, fulfils, type Move, type Reentry, type Scenario } from './scenario.js'

/** The scenario that a printed run of a lazy value tells. */
export function retell(transcript: Transcript, { policy, traits }: Context<LazyPolicy>): Retold | undefined {
  if (!tellsOnly(transcript, ['factory'])) return undefined
  const calls = callsOf(transcript, CLIENTS, ['await', ...(traits.reset ? ['reset'] : [])])
  const own = ledBySubject(transcript, 'factory')
  if (own.length > 0) return { kind: 'reentrant', scenario: { depth: own.length - 1 } satisfies Reentry }
  const clients = calls.map((moves) =>
    moves.map(({ op, inject }): Move => ({ op: op === 'reset' ? 'reset' : 'await', inject })),
  )
  const plans = plansOf(transcript, 'factory', policy.source)
  const scenario: Scenario = { factory: plans.length > 0 ? plans : [fulfils], clients }
  const resets = clients.flat().some(({ op }) => op === 'reset')
  return { kind: resets ? 'reset' : 'concurrent', scenario }
}
