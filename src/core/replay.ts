import { trim } from './choices.js'
import type { ScopeSize } from './protocol.js'

/** How a run was come by: drawn from the seed, or met while enumerating the schedules of a small scenario. */
export type Origin =
  /** With choices of its own where the schedule that was drawn could be made shorter. */
  | { readonly how: 'drawn'; readonly path: string; readonly choices?: readonly number[] }
  | {
      readonly how: 'enumerated'
      readonly scope: number
      readonly size: ScopeSize
      readonly choices: readonly number[]
    }

/** Where a run comes from: enough to play it again on the same suite. */
export interface Replay {
  readonly law: string
  readonly seed: number
  /** Which kind of scenario, counted over the suite. */
  readonly kind: number
  readonly origin: Origin
}

const LAW = '([a-z0-9-]+\\/[a-z0-9.-]+)'
const LIST = '(\\d+(?:\\.\\d+)*)'
const FORM = new RegExp(`^${LAW}:(-?\\d+):(\\d+)\\.(?:s(\\d+)((?:[cfki]\\d+)*)|${LIST})(?::(fifo|${LIST}))?$`)

/** The letters by which a replay string says how large a scope is. */
const SIZES = { c: 'clients', f: 'failures', k: 'keys', i: 'injection' } as const

/**
 * `law:seed:kind.path`, with `:choices` behind it where they are not those that were drawn, or `law:seed:kind.sN:choices`
 * for a run that enumeration met, where `sNc5f2` is a scope of 5 clients and 2 failures.
 */
export function printReplay({ law, seed, kind, origin }: Replay): string {
  const choices = origin.choices && trim(origin.choices)
  const list =
    choices && (choices.length > 0 ? `:${choices.join('.')}` : origin.how === 'drawn' ? ':fifo' : '')
  if (origin.how === 'drawn') return `${law}:${seed}:${kind}.${origin.path}${list ?? ''}`
  return `${law}:${seed}:${kind}.s${origin.scope}${printSize(origin.size)}${list}`
}

/** A size as replay strings write it: `c5f2`. */
export const printSize = (size: ScopeSize): string =>
  Object.entries(SIZES)
    .map(([letter, name]) => (size[name] === undefined ? '' : `${letter}${size[name]}`))
    .join('')

/** Reads a replay string; undefined when it is none. */
export function parseReplay(text: string): Replay | undefined {
  const match = FORM.exec(text)
  if (!match) return undefined
  const [, law, seed, kind, scope, size, path, list] = match
  const choices = list === 'fifo' ? [] : list?.split('.').map(Number)
  const origin: Origin =
    scope === undefined
      ? { how: 'drawn', path: path!, ...(choices ? { choices } : {}) }
      : { how: 'enumerated', scope: Number(scope), size: parseSize(size ?? ''), choices: choices ?? [] }
  return { law: law!, seed: Number(seed), kind: Number(kind), origin }
}

function parseSize(text: string): ScopeSize {
  const entries = [...text.matchAll(/([cfki])(\d+)/g)].map(([, letter, count]) => [
    SIZES[letter as keyof typeof SIZES],
    Number(count),
  ])
  return Object.fromEntries(entries)
}
