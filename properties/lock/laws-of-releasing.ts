import { blame, firstBlame, type Laws, settledAs } from '../../src/core/index.js'
import type { LockPolicy } from './contract.js'
import { withheld } from './laws-of-holding.js'
import { asks, holds, overReleases, repeatedReleases, surplus, waitingAt } from './observations.js'

const NO_ACQUIRE = 'the subject has no `acquire`'

/** What it means to give back what was given back already. */
export const lawsOfReleasing: Laws<LockPolicy> = {
  'an-over-release-adds-no-permit': {
    level: 'required',
    statement: 'A permit given back twice, or after its time was up, is one permit.',
    source: { kind: 'kit', why: 'docs/lock.md#an-over-release-adds-no-permit' },
    hint: 'Give out a release that works once, instead of one counter that everybody may raise.',
    appliesWhen: ({ policy, traits }) => {
      if (!traits.acquire) return NO_ACQUIRE
      if (policy.overRelease === 'grows') return 'documented to add a permit (`overRelease: grows`)'
      // A release that comes late is one that the caller owes all the same.
      const late = policy.timeout === 'releases-holder'
      return policy.overRelease !== 'unsupported' || late || 'to release once is up to the caller'
    },
    exercised: (h, context) =>
      overReleases(h, context).some(({ start }) => holds(h).some((hold) => hold.start.seq > start.seq)),
    violation: (h, context) =>
      firstBlame(holds(h), (hold) => {
        const release = overReleases(h, context).findLast(({ start }) => start.seq < hold.start.seq)
        return release && surplus(h, context, hold.start) > 0
          ? blame(`${release.actor} gave back what it did not have`, release.start, hold.start)
          : undefined
      }),
  },
  'an-over-release-is-ignored': {
    level: 'required',
    statement: 'A release that is called again does nothing, and does not throw.',
    source: { kind: 'kit', why: 'docs/lock.md#an-over-release-is-ignored' },
    hint: 'Return early when the permit was given back already; or declare `overRelease: throw`.',
    appliesWhen: ({ policy, traits }) =>
      !traits.acquire
        ? NO_ACQUIRE
        : policy.overRelease === 'ignore' || 'documented otherwise (`overRelease`)',
    exercised: (h) => repeatedReleases(h).length > 0,
    violation: (h) =>
      firstBlame(repeatedReleases(h), ({ actor, start, end }) =>
        settledAs(end) === 'rejected' ? blame(`${actor}'s second release throws`, start, end) : undefined,
      ),
  },
  'an-over-release-throws': {
    level: 'optional',
    statement: 'A release that is called again throws.',
    source: { kind: 'kit', why: 'docs/lock.md#an-over-release-throws' },
    hint: 'The subject declares `overRelease: throw`: tell the caller that there is nothing to give back.',
    appliesWhen: ({ policy, traits }) =>
      !traits.acquire ? NO_ACQUIRE : policy.overRelease === 'throw' || 'documented otherwise (`overRelease`)',
    exercised: (h) => repeatedReleases(h).length > 0,
    violation: (h) =>
      firstBlame(repeatedReleases(h), ({ actor, start, end }) =>
        settledAs(end) === 'fulfilled'
          ? blame(`${actor}'s second release goes unnoticed`, start, end)
          : undefined,
      ),
  },
  'an-over-release-adds-a-permit': {
    level: 'optional',
    statement: 'A release that is called again adds a permit, and whoever waits gets it.',
    source: { kind: 'kit', why: 'docs/lock.md#an-over-release-adds-a-permit' },
    hint: 'The subject declares `overRelease: grows`: count up on every release.',
    appliesWhen: ({ policy, traits }) =>
      !traits.acquire ? NO_ACQUIRE : policy.overRelease === 'grows' || 'documented otherwise (`overRelease`)',
    exercised: (h) =>
      repeatedReleases(h).some(
        ({ start }) => waitingAt(h, start).length > 0 || asks(h).some((call) => call.start.seq > start.seq),
      ),
    violation: (h, context) =>
      repeatedReleases(h).length > 0 ? firstBlame(asks(h), (call) => withheld(h, context, call)) : undefined,
  },
}
