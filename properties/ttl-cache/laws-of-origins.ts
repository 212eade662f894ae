import type { Laws } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { after, before, mustHit, mustMiss, type Served, timely, timelyLate } from './judgement.js'

type Policy = TtlCachePolicy

const loadTimes = ({ life: { load } }: Served): string =>
  `${load.end?.value?.text} was asked for at ${load.start.timeMs} ms and came at ${load.end?.timeMs} ms`

/** What a time to live counts from. Each of these laws is about the time between two ways to count. */
export const lawsOfOrigins: Laws<Policy> = {
  'counts-from-the-end-of-the-load': {
    level: 'required',
    statement: 'The time that a load takes is no part of the life of what it brings.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#counts-from-the-end-of-the-load' },
    hint: 'Take the time stamp when the load has ended: one taken before makes a slow load stale on arrival.',
    appliesWhen: ({ policy }) =>
      policy.ttlFrom !== 'start' || 'documented to count from the start of the load (`ttlFrom: start`)',
    ...mustHit(
      (get, policy) => timely(get) && before(get, 'settle', policy) && !before(get, 'start', policy),
      loadTimes,
    ),
  },
  'counts-from-the-start-of-the-load': {
    level: 'optional',
    statement: 'The time that a load takes is part of the life of what it brings.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#counts-from-the-start-of-the-load' },
    hint: 'The subject declares `ttlFrom: start`: take the time stamp before the load.',
    appliesWhen: ({ policy }) =>
      policy.ttlFrom === 'start' || 'documented to count from the end of the load, or from an access',
    ...mustMiss(
      (get, policy) => timelyLate(get) && after(get, 'start', policy) && !after(get, 'settle', policy),
      ({ get, lives }) =>
        `${get.start.actor} is answered without a load, and the last one began at ${lives.at(-1)?.load.start.timeMs} ms`,
    ),
  },
  'counts-from-the-last-access': {
    level: 'optional',
    statement: 'A value that is asked for lives on for another time to live.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#counts-from-the-last-access' },
    hint: 'The subject declares `ttlFrom: access`: take a new time stamp at every hit.',
    appliesWhen: ({ policy }) =>
      policy.ttlFrom === 'access' || 'documented not to count from the last access (`ttlFrom`)',
    ...mustHit(
      (get, policy) => timely(get) && before(get, 'access', policy) && !before(get, 'settle', policy),
      ({ life }) => `${life.load.end?.value?.text} was asked for since, and is loaded again`,
    ),
  },
  'a-hit-does-not-prolong-a-life': {
    level: 'required',
    statement: 'Asking for a value does not make it live longer.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-hit-does-not-prolong-a-life' },
    hint: 'Take a time stamp when the load ends and at no other time: what is asked for often would never be loaded again.',
    appliesWhen: ({ policy }) =>
      policy.ttlFrom !== 'access' || 'documented to count from the last access (`ttlFrom: access`)',
    ...mustMiss(
      (get, policy) => timelyLate(get) && after(get, 'settle', policy) && !after(get, 'access', policy),
      ({ get, lives }) =>
        `${get.start.actor} is answered without a load, and the last one ended at ${lives.at(-1)?.load.end?.timeMs} ms`,
    ),
  },
}
