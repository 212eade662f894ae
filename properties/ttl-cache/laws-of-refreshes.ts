import { blame, firstBlame, type History, type Laws, openAt, type Span } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { deadline, slackMs } from './deadline.js'
import { ttlMs } from './entry.js'
import { before, mustHit, type Served, served, timely } from './judgement.js'

type Policy = TtlCachePolicy

/**
 * Whether the deadline of a value is one unit of the subject's clock away: high time to refresh it, unless that unit is
 * much of its life.
 */
function isHighTime(get: Served, policy: Policy, h: History): boolean {
  const { entry, life, until } = get
  if (ttlMs(h) < 10 * policy.resolutionMs) return false
  if (!timely(get) || !before(get, policy.ttlFrom, policy)) return false
  const { latestMs } = deadline(entry, life, policy.ttlFrom, until)
  return until.timeMs + slackMs(policy) + policy.resolutionMs >= latestMs
}

/** Whether a value has expired, and not so long ago that nobody would want it any more. */
function isStale(one: Served, policy: Policy, h: History): boolean {
  if (!timely(one)) return false
  const { entry, get, life } = one
  const { latestMs } = deadline(entry, life, 'access', get.start)
  const lateMs = get.start.timeMs - slackMs(policy) - latestMs
  return lateMs > 0 && lateMs < ttlMs(h)
}

/** Whether a load begins for a get, or did before it. */
const refreshed = ({ entry, get, life }: Served): boolean =>
  entry.loads.some(
    ({ start }) => start.seq > life.load.start.seq && start.timeMs <= (get.end ?? get.start).timeMs + 1,
  )

/** Whether somebody waits for a load when it begins. Where it cannot be told for which key it is, any get will do. */
const asked = (h: History, { start }: Span): boolean => {
  const key = start.detail?.key ?? null
  return h.calls('get').some((get) => openAt(get, start) && (key === null || get.start.detail?.key === key))
}

/** When something is loaded, apart from a get that finds nothing. */
export const lawsOfRefreshes: Laws<Policy> = {
  'no-load-without-a-get': {
    level: 'required',
    statement: 'Nothing is loaded unless somebody waits for it.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#no-load-without-a-get' },
    hint: 'Let an expired entry go; loading it again for nobody is a refresh, and a policy.',
    appliesWhen: ({ policy }) => policy.refresh === 'none' || 'loads begin by themselves (`refresh`)',
    exercised: (h) => h.flights('load').length > 0,
    violation: (h) =>
      firstBlame(h.flights('load'), (load) =>
        asked(h, load) ? undefined : blame('a load begins, and nobody waits for it', load.start),
      ),
  },
  'refreshes-ahead-of-the-deadline': {
    level: 'optional',
    statement: 'A get in the last moment of a value has it loaded anew, and is answered with the old one.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#refreshes-ahead-of-the-deadline' },
    hint: 'The subject declares `refresh: ahead`: begin a load in the background shortly before the deadline.',
    appliesWhen: ({ policy }) => policy.refresh === 'ahead' || 'documented not to refresh ahead (`refresh`)',
    exercised: (h, context) => served(h, context).some((get) => isHighTime(get, context.policy, h)),
    violation: (h, context) =>
      firstBlame(served(h, context), (one) =>
        isHighTime(one, context.policy, h) && !refreshed(one)
          ? blame('the value is about to expire and nothing is loaded', one.get.start, one.get.end)
          : undefined,
      ),
  },
  'serves-stale-while-it-loads': {
    level: 'optional',
    statement: 'A value that has expired is served once more, while another one is loaded.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#serves-stale-while-it-loads' },
    hint: 'The subject declares `refresh: stale`: answer at once with what there is, and load in the background.',
    appliesWhen: ({ policy }) =>
      policy.refresh === 'stale' || 'documented to serve nothing stale (`refresh`)',
    ...mustHit(isStale, ({ get }) => `${get.start.actor} waits, though there is a stale value`),
  },
}
