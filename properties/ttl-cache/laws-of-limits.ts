import {
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  settledAs,
  type TestedLaw,
} from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { isLong, refusal, ttlMs } from './entry.js'
import { after, before, jumped, mustHit, mustMiss } from './judgement.js'

type Policy = TtlCachePolicy

const FOREVER = Number.POSITIVE_INFINITY

/** A law of values that never end, for one time to live. */
const forever = (lasts: number) =>
  mustHit(
    (_, __, h) => ttlMs(h) === lasts,
    ({ life }) => `${life.load.end?.value?.text} is to live for ever`,
  )

/** A law of a time to live that is refused: at creation, or by the first get. */
const refuses = (lasts: number): Pick<TestedLaw<Policy>, 'exercised' | 'violation'> => ({
  exercised: (h) => ttlMs(h) === lasts && h.calls('get').some(({ end }) => end !== undefined),
  violation: (h) =>
    ttlMs(h) === lasts
      ? firstBlame(h.calls('get'), (get) => {
          const load = h.flights('load')[0]
          return load || settledAs(get.end) === 'fulfilled'
            ? blame(`a time to live of ${lasts} is taken`, get.start, load?.start ?? get.end)
            : undefined
        })
      : undefined,
})

/** Values that are to live for weeks. A jump of the clock may have ended them all the same. */
const longLives = mustHit(
  (get, policy, h) => isLong(h) && before(get, 'start', policy) && !jumped(get.entry, get.life, get.until),
  ({ life }) => `${life.load.end?.value?.text} lives for weeks`,
)

/** The get that tells that weeks are refused. */
const refusedWeeks = (h: History): Span | undefined => (isLong(h) ? refusal(h) : undefined)

/** What a time to live means that is no time: 0, `Infinity`, or more than a timer can wait. */
export const lawsOfLimits: Laws<Policy> = {
  'zero-keeps-nothing': {
    level: 'required',
    statement: 'With a time to live of 0, every get loads.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#zero-keeps-nothing' },
    hint: 'Look out for `ttl || default` and `if (ttl)`: 0 is a time to live like any other.',
    appliesWhen: ({ policy }) =>
      policy.ttlZero === 'uncached' || `documented to take 0 otherwise (\`ttlZero: ${policy.ttlZero}\`)`,
    // What is given at its deadline too is given for the rest of the instant in which it came.
    ...mustMiss(
      (get, policy, h) => ttlMs(h) === 0 && (policy.atTtl === 'miss' || after(get, 'access', policy)),
      ({ get }) => `${get.start.actor} is answered without a load`,
    ),
  },
  'zero-is-forever': {
    level: 'optional',
    statement: 'With a time to live of 0, values live for ever.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#zero-is-forever' },
    hint: 'The subject declares `ttlZero: forever`: treat 0 as no time to live at all.',
    appliesWhen: ({ policy }) =>
      policy.ttlZero === 'forever' || `documented to take 0 otherwise (\`ttlZero: ${policy.ttlZero}\`)`,
    ...forever(0),
  },
  'zero-is-refused': {
    level: 'optional',
    statement: 'A time to live of 0 is refused before anything is loaded.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#zero-is-refused' },
    hint: 'The subject declares `ttlZero: throws`: check the option when the cache is made.',
    appliesWhen: ({ policy }) =>
      policy.ttlZero === 'throws' || `documented to take 0 (\`ttlZero: ${policy.ttlZero}\`)`,
    ...refuses(0),
  },
  'infinity-is-forever': {
    level: 'required',
    statement: 'With a time to live of `Infinity`, values live for ever.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#infinity-is-forever' },
    hint: 'Set no timer for `Infinity`: the delay overflows, and the timer fires at once.',
    appliesWhen: ({ policy }) =>
      policy.ttlInfinity === 'forever' || 'documented to refuse `Infinity` (`ttlInfinity: throws`)',
    ...forever(FOREVER),
  },
  'infinity-is-refused': {
    level: 'optional',
    statement: 'A time to live of `Infinity` is refused before anything is loaded.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#infinity-is-refused' },
    hint: 'The subject declares `ttlInfinity: throws`: check the option when the cache is made.',
    appliesWhen: ({ policy }) =>
      policy.ttlInfinity === 'throws' || 'documented to take `Infinity` (`ttlInfinity: forever`)',
    ...refuses(FOREVER),
  },
  'a-long-life-is-not-cut-short': {
    level: 'recommended',
    statement:
      'A time to live that is longer than a platform timer can wait (2^31-1 ms) is kept all the same, or refused where `Infinity` is.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-long-life-is-not-cut-short' },
    hint: 'A delay beyond 2^31-1 ms overflows and the timer fires at once: wait in stretches, or keep a time stamp.',
    exercised: (h, context) => refusedWeeks(h) !== undefined || longLives.exercised(h, context),
    violation: (h, context) => {
      const refused = refusedWeeks(h)
      if (!refused) return longLives.violation(h, context)
      return context.policy.ttlInfinity === 'forever'
        ? blame(`a time to live of ${ttlMs(h)} is refused`, refused.start, refused.end)
        : undefined
    },
  },
}
