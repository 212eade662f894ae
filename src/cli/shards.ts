import { readdirSync } from 'node:fs'
import { CannotRun } from './usage.js'

/** Where runs of one part of the files leave what `merge` reads. */
export const SHARDS = '.lawful/shards'

const FILE = /^(\d+)-of-(\d+)\.json$/

/** The file of a shard that is given as `1/4`. */
export const shardFile = (shard: string): string => `${SHARDS}/${shard.replace('/', '-of-')}.json`

/** Refuses a folder that does not have every shard of one run. */
export function requireShards(path: string, shown: string): void {
  let names: readonly string[]
  try {
    names = readdirSync(path)
  } catch {
    throw new CannotRun(`there is no ${shown}: runs with --shard write it`)
  }
  const found = names.map((name) => FILE.exec(name)?.slice(1).map(Number))
  const foreign = names.find((_, index) => !found[index])
  if (foreign !== undefined) throw new CannotRun(`${foreign} in ${shown} is not the file of a shard`)
  const counts = new Set(found.map((shard) => shard![1]!))
  const [count = 0] = counts
  if (counts.size !== 1) {
    throw new CannotRun(
      counts.size === 0
        ? `there are no shards in ${shown}: runs with --shard write them`
        : `${shown} has shards of several runs, of ${[...counts].sort((a, b) => a - b).join(' and of ')}: leave those of one`,
    )
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (index) => !found.some((shard) => shard![0] === index),
  )
  if (missing.length > 0) {
    throw new CannotRun(
      `of ${count} shards ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing in ${shown}`,
    )
  }
}
