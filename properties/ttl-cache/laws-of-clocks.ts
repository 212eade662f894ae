import type { History, Laws } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { deadline, slackMs } from './deadline.js'
import { isTimed, jumpsBetween } from './entry.js'
import { after, before, jumped, type Late, mustHit, mustMiss } from './judgement.js'

type Policy = TtlCachePolicy

const kept = mustHit(
  (get, policy, h) =>
    isTimed(h) && jumped(get.entry, get.life, get.until) && before(get, policy.ttlFrom, policy),
  ({ life }) => `the clock was set, and ${life.load.end?.value?.text} with it`,
)
const ended = mustMiss(
  (get, policy, h) =>
    isTimed(h) &&
    get.lives.some((life) => jumped(get.entry, life, get.get.end!)) &&
    after(get, policy.ttlFrom, policy),
  ({ get }) => `the clock was set, and ${get.start.actor} is answered out of time`,
)

/** Whether a value has expired by the system clock, however that was set, and only by that. */
function outdated(one: Late, policy: Policy, h: History): boolean {
  const { entry, get, lives } = one
  if (jumpsBetween(h, get.start, get.end!).length > 0) return false
  return lives.every((life) => {
    const jumps = jumpsBetween(h, life.begun, get.start)
    const settled = jumpsBetween(h, life.landed ?? get.start, get.start)
    // One that came while the load was under way may count or not; one back may be mistrusted.
    if (jumps.length === 0 || settled.length < jumps.length || jumps.some((byMs) => byMs < 0)) return false
    const wallMs = get.start.timeMs + jumps.reduce((sum, byMs) => sum + byMs, 0)
    return wallMs - slackMs(policy) > deadline(entry, life, 'access', get.start).latestMs
  })
}

/** Whose time it is. */
export const lawsOfClocks: Laws<Policy> = {
  'a-jump-changes-nothing': {
    level: 'required',
    statement: 'When the system clock is set, values live exactly as long as they would have.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-jump-changes-nothing' },
    hint: 'Measure by `performance.now()` or a timer throughout: `Date.now()` follows every correction of the clock.',
    appliesWhen: ({ policy }) =>
      policy.clock === 'monotonic' || 'documented to go by the system clock (`clock: wall`)',
    exercised: (h, context) => kept.exercised(h, context) || ended.exercised(h, context),
    violation: (h, context) => kept.violation(h, context) ?? ended.violation(h, context),
  },
  'a-jump-ahead-ends-a-life': {
    level: 'optional',
    statement: 'When the system clock is set ahead of its deadline, a value has expired.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-jump-ahead-ends-a-life' },
    hint: 'The subject goes by the system clock (`clock: wall`); declare `clock: monotonic` if it does not.',
    appliesWhen: ({ policy }) =>
      policy.clock === 'wall' || 'documented not to go by the system clock (`clock: monotonic`)',
    ...mustMiss(
      (get, policy, h) => isTimed(h) && outdated(get, policy, h),
      ({ get }) => `the clock was set ahead, and ${get.start.actor} is answered without a load`,
    ),
  },
}
