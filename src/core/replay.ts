/** How a run was come by: drawn from the seed, or met while enumerating the schedules of a small scenario. */
export type Origin =
  | { readonly how: 'drawn'; readonly path: string }
  | { readonly how: 'enumerated'; readonly scope: number; readonly choices: readonly number[] }

/** Where a run comes from: enough to play it again on the same suite. */
export interface Replay {
  readonly law: string
  readonly seed: number
  /** Which kind of scenario, counted over the suite. */
  readonly kind: number
  readonly origin: Origin
}

const FORM = /^([a-z0-9-]+\/[a-z0-9.-]+):(-?\d+):(\d+)\.(?:s(\d+)(?::(\d+(?:\.\d+)*))?|(\d+(?:\.\d+)*))$/

/** `law:seed:kind.path`, or `law:seed:kind.sN:choices` for a run that enumeration met. */
export function printReplay({ law, seed, kind, origin }: Replay): string {
  if (origin.how === 'drawn') return `${law}:${seed}:${kind}.${origin.path}`
  const choices = origin.choices.length > 0 ? `:${origin.choices.join('.')}` : ''
  return `${law}:${seed}:${kind}.s${origin.scope}${choices}`
}

/** Reads a replay string; undefined when it is none. */
export function parseReplay(text: string): Replay | undefined {
  const match = FORM.exec(text)
  if (!match) return undefined
  const [, law, seed, kind, scope, choices, path] = match
  return {
    law: law!,
    seed: Number(seed),
    kind: Number(kind),
    origin:
      scope === undefined
        ? { how: 'drawn', path: path! }
        : {
            how: 'enumerated',
            scope: Number(scope),
            choices: (choices ?? '').split('.').filter(Boolean).map(Number),
          },
  }
}
