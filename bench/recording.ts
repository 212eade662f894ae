import { memo as cached } from '../src/awaitables/index.js'
import { memo, record } from '../src/index.js'
import { type Figure, most } from './measure.js'

const READS = 20_000
const ROUNDS = 5
const GOAL_US = 2

interface Reader {
  get(key: unknown): PromiseLike<unknown>
}

/** Microseconds for a read of what is there. */
async function readUs(reader: Reader): Promise<number> {
  const start = performance.now()
  for (let n = 0; n < READS; n++) await reader.get('a')
  return ((performance.now() - start) * 1000) / READS
}

/** What recording adds to a read of a cached value, while it is on and once it is off. */
export async function recordingFigures(): Promise<Figure[]> {
  const adapter = { name: 'cache', create: (load: (key: unknown) => PromiseLike<unknown>) => cached(load) }
  const bare = cached(async () => 1)
  const start = () => record(memo, adapter, [async () => 1], { limit: 10 * READS })
  const off = start()
  off.stop()
  const rounds: { readonly on: number; readonly off: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const alone = await readUs(bare)
    rounds.push({ on: (await readUs(start().subject)) - alone, off: (await readUs(off.subject)) - alone })
  }
  const middle = (of: 'on' | 'off') =>
    rounds.map((round) => round[of]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
  return [
    most('recording: what it adds to a cached read', middle('on'), 'µs', GOAL_US),
    most('recording: what it adds once it is off', middle('off'), 'µs', GOAL_US / 10),
  ]
}
