import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
} from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'
import { attempts } from './model.js'
import {
  course,
  type FutureContext,
  lockedAt,
  mistold,
  needs,
  standingAt,
  tellings,
  thens,
} from './observed.js'

const kit = (claim: string) => ({ kind: 'kit' as const, why: `docs/future.md#${claim}` })

const rejects = (context: FutureContext): true | string =>
  context.policy.cancelled === 'reject'
    ? needs('cancel')(context)
    : 'documented never to settle when cancelled (`cancelled: never`)'

/** Cancelled first of all, with no other attempt to settle it. */
const cancelledOnly = (h: History): boolean => {
  const all = attempts(h.events)
  return all.length === 1 && all[0]?.op === 'cancel'
}

/** Subscribers that came before the first attempt, or after it. */
const subscribers = (h: History, when: 'before' | 'after') => {
  const [first] = attempts(h.events)
  return thens(h).filter(({ start }) => first && start.seq < first.seq === (when === 'before'))
}

/** Settled first, and then nothing but cancels; these are the cancels that come when it is settled. */
const lateCancels = (h: History, context: FutureContext) => {
  const { first, again, cancels } = course(h, context)
  if (!first || again.length > 0) return []
  return cancels.filter((event) => !lockedAt(h, context, event))
}

/** Locked in, and then nothing but cancels; these are the cancels that come while it is. */
const lockedCancels = (h: History, context: FutureContext) => {
  const { again, cancels } = course(h, context)
  return again.length > 0 ? [] : cancels.filter((event) => lockedAt(h, context, event))
}

const throws = (h: History, cancels: readonly HistoryEvent[]): Blame | undefined =>
  firstBlame(cancels, ({ id }) => {
    const end = h.calls('cancel').find((call) => call.id === id)?.end
    return end?.outcome === 'threw' && blame(`\`cancel\` throws ${end.value?.text}`, end)
  })

export const lawsOfCancelling: Laws<FuturePolicy> = {
  'a-cancelled-future-rejects': {
    level: 'required',
    statement: 'A cancel rejects all who wait, with the reason that it is given.',
    source: kit('a-cancelled-future-rejects'),
    hint: 'Reject the promise; a flag alone leaves everyone waiting.',
    appliesWhen: rejects,
    exercised: (h) => cancelledOnly(h) && subscribers(h, 'before').length > 0,
    violation: (h, context) => (cancelledOnly(h) ? mistold(h, context, subscribers(h, 'before')) : undefined),
  },
  'an-early-cancel-is-kept': {
    level: 'required',
    statement: 'Who subscribes after a cancel is told of it too.',
    source: kit('an-early-cancel-is-kept'),
    hint: 'A cancel that finds nobody to tell must still be remembered.',
    appliesWhen: rejects,
    exercised: (h) => cancelledOnly(h) && subscribers(h, 'after').length > 0,
    violation: (h, context) => (cancelledOnly(h) ? mistold(h, context, subscribers(h, 'after')) : undefined),
  },
  'a-cancelled-future-stays-cancelled': {
    level: 'required',
    statement: 'Resolving or rejecting a cancelled future changes nothing.',
    source: kit('a-cancelled-future-stays-cancelled'),
    hint: 'A cancel is a settlement like any other: it closes the same door.',
    appliesWhen: needs('cancel'),
    exercised: (h, context) => settledAfterCancel(h, context) && thens(h).length > 0,
    violation: (h, context) => (settledAfterCancel(h, context) ? mistold(h, context) : undefined),
  },
  'a-cancelled-future-never-settles': {
    level: 'optional',
    statement: 'Nobody is told anything by a cancelled future.',
    source: kit('a-cancelled-future-never-settles'),
    hint: 'The subject declares `cancelled: never`: drop the subscribers.',
    appliesWhen: (context) =>
      context.policy.cancelled === 'never'
        ? needs('cancel')(context)
        : 'documented to reject when cancelled (`cancelled: reject`)',
    exercised: (h) => cancelledOnly(h) && thens(h).length > 0,
    violation: (h, context) => (cancelledOnly(h) ? mistold(h, context) : undefined),
  },
  'a-cancel-without-a-reason-is-an-abort-error': {
    level: 'required',
    statement: 'Cancelled without a reason, it is rejected with an error named `AbortError`.',
    source: { kind: 'dom', clause: 'AbortController.abort(), default reason' },
    hint: "Default to `new DOMException('…', 'AbortError')`: callers tell cancellation from failure by that name.",
    appliesWhen: (context) =>
      context.policy.cancelReason === 'reason'
        ? rejects(context)
        : 'documented to reject with an error of its own (`cancelReason: own-error`)',
    exercised: (h, context) => withoutReason(h, context).length > 0,
    violation: (h, context) =>
      firstBlame(withoutReason(h, context), (run) =>
        run.value?.error === 'AbortError'
          ? undefined
          : blame(`${run.actor} is told ${run.value?.text}`, standingAt(h, context, run).by, run),
      ),
  },
  'a-cancel-after-the-settlement-is-ignored': {
    level: 'required',
    statement: 'Cancelling what is settled already changes nothing, and does not throw.',
    source: kit('a-cancel-after-the-settlement-is-ignored'),
    hint: 'Look whether the door is closed before rejecting, also when the outcome has not been told yet.',
    appliesWhen: (context) =>
      context.policy.cancelAfterSettle === 'ignored'
        ? needs('cancel')(context)
        : 'documented to make it mute (`cancelAfterSettle: mutes`)',
    exercised: (h, context) => lateCancels(h, context).length > 0 && thens(h).length > 0,
    violation: (h, context) => {
      const cancels = lateCancels(h, context)
      if (cancels.length === 0 || lockedCancels(h, context).length > 0) return undefined
      return throws(h, cancels) ?? mistold(h, context)
    },
  },
  'a-cancel-after-the-settlement-mutes': {
    level: 'optional',
    statement: 'After a cancel that comes when all is settled, nobody is told of the outcome any more.',
    source: kit('a-cancel-after-the-settlement-mutes'),
    hint: 'The subject declares `cancelAfterSettle: mutes`: ask at the moment of telling.',
    appliesWhen: (context) =>
      context.policy.cancelAfterSettle === 'mutes'
        ? needs('cancel')(context)
        : 'documented to have no effect (`cancelAfterSettle: ignored`)',
    exercised: (h, context) => muting(h, context) !== undefined,
    violation: (h, context) => {
      const mute = muting(h, context)
      const told = mute && h.of('handler').find(({ seq }) => seq > mute.seq)
      return told && blame(`${told.actor} is told all the same`, mute, told)
    },
  },
  'a-cancel-while-locked-in-is-ignored': {
    level: 'required',
    statement: 'Cancelling what waits for a thenable changes nothing, and does not throw.',
    source: kit('a-cancel-while-locked-in-is-ignored'),
    hint: 'Locked in is final: only the thenable decides, and `cancel` must look at the same door as `reject`.',
    appliesWhen: (context) =>
      context.policy.cancelLocked === 'ignored' && context.policy.adopts
        ? needs('cancel')(context)
        : 'documented otherwise (`cancelLocked: cancels` or `adopts: false`)',
    exercised: (h, context) => lockedCancels(h, context).length > 0 && thens(h).length > 0,
    violation: (h, context) => {
      const cancels = lockedCancels(h, context)
      return cancels.length > 0 ? (throws(h, cancels) ?? mistold(h, context)) : undefined
    },
  },
  'a-cancel-while-locked-in-cancels': {
    level: 'optional',
    statement: 'Cancelling what waits for a thenable cancels it at once.',
    source: kit('a-cancel-while-locked-in-cancels'),
    hint: 'The subject declares `cancelLocked: cancels`: keep a way to reject that the thenable does not go through.',
    appliesWhen: (context) =>
      context.policy.cancelLocked === 'cancels' && context.policy.adopts
        ? needs('cancel')(context)
        : 'documented to have no effect (`cancelLocked: ignored` or `adopts: false`)',
    exercised: (h, context) => lockedCancels(h, context).length > 0 && thens(h).length > 0,
    violation: (h, context) => {
      const cancels = lockedCancels(h, context)
      return cancels.length > 0 ? (throws(h, cancels) ?? mistold(h, context)) : undefined
    },
  },
}

const settledAfterCancel = (h: History, context: FutureContext): boolean => {
  const { first, again } = course(h, context)
  return first?.op === 'cancel' && again.length > 0
}

/** What subscribers are told of a cancel without a reason. */
const withoutReason = (h: History, context: FutureContext) =>
  tellings(h).filter((run) => {
    const { state, by, outcome, unsure } = standingAt(h, context, run)
    return state === 'cancelled' && by !== undefined && outcome === undefined && !unsure
  })

/** The cancel that makes the future mute. One from inside a subscriber comes amid the telling, and is let alone. */
function muting(h: History, context: FutureContext) {
  const [last] = h.events.slice(-1)
  const { muted, unsure } = last ? standingAt(h, context, { ...last, seq: last.seq + 1 }) : {}
  return muted && !unsure && muted.detail?.inside !== true ? muted : undefined
}
