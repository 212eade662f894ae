import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
  same,
} from '../../src/core/index.js'
import type { OffloadPolicy } from './contract.js'
import {
  abortOf,
  destroyedInFlight,
  destroys,
  figure,
  figures,
  givenUp,
  isLate,
  poolOf,
  runs,
  workOf,
} from './observations.js'

const aborted = (h: History): readonly Span[] => runs(h).filter((call) => abortOf(h, call) !== undefined)

const inFlight = (h: History): readonly Span[] =>
  runs(h).filter((call) => destroyedInFlight(h, call) !== undefined && abortOf(h, call) === undefined)

/** Destroys of a pool that had been destroyed before. */
const again = (h: History): readonly Span[] =>
  destroys(h).filter((destroy, index, all) => all.findIndex((one) => poolOf(one) === poolOf(destroy)) < index)

const failed = (h: History, destroy: Span): HistoryEvent | undefined => {
  const { end } = destroy
  return end?.outcome === 'rejected' || end?.outcome === 'threw' ? end : givenUp(h, destroy)
}

const LATE = { reject: 'rejected', throw: 'threw', restart: 'fulfilled' } as const

/** How work and pools come to an end before their time. */
export const lawsOfEnding: Laws<OffloadPolicy> = {
  'an-aborted-call-is-rejected': {
    level: 'required',
    statement:
      'A call whose signal aborts is rejected, be its work under way, waiting, or not even asked for: with the reason or with an error of its own, as declared.',
    source: { kind: 'kit', why: 'docs/offload.md#an-aborted-call-is-rejected' },
    hint: 'Look at `signal.aborted` first, listen while the call waits and while it runs, and reject with `signal.reason`.',
    appliesWhen: ({ policy }) =>
      policy.abort !== 'unsupported' || 'aborting is documented not to be supported (`abort: unsupported`)',
    exercised: (h) => aborted(h).length > 0,
    violation: (h, { policy }) =>
      firstBlame(aborted(h), (call) => {
        const { start, end } = call
        const abort = abortOf(h, call)!
        const waits = givenUp(h, call)
        if (waits) return blame(`${start.actor} waits for ever`, start, abort, waits)
        if (!end) return undefined
        const isReason = same(end.value, abort.value)
        const asDeclared = policy.abort === 'reason' ? isReason : !isReason && end.value?.error !== undefined
        if (end.outcome === 'rejected' && asDeclared) return undefined
        return blame(`${start.actor} is told ${end.outcome} ${end.value?.text}`, start, abort, end)
      }),
  },
  'abort-stops-the-work': {
    level: 'required',
    statement: 'Work whose call was aborted neither begins nor comes to its end.',
    source: { kind: 'kit', why: 'docs/offload.md#abort-stops-the-work' },
    hint: 'Take what waits out of the queue, and terminate the worker of what runs: nothing else stops it.',
    appliesWhen: ({ policy }) =>
      policy.abort !== 'unsupported' || 'aborting is documented not to be supported (`abort: unsupported`)',
    exercised: (h) => aborted(h).length > 0,
    violation: (h) =>
      firstBlame(aborted(h), (call) => {
        const abort = abortOf(h, call)!
        const work = workOf(h, call)
        if (work && work.start.seq > abort.seq) return blame('it began all the same', abort, work.start)
        return (
          work?.end && work.end.seq > abort.seq && blame('it went on to its end', work.start, abort, work.end)
        )
      }),
  },
  'destroy-settles-what-is-in-flight': {
    level: 'required',
    statement:
      'Destroying a pool settles every call in flight: it is rejected or its work may finish, as declared.',
    source: { kind: 'kit', why: 'docs/offload.md#destroy-settles-what-is-in-flight' },
    hint: 'Terminating a worker settles nothing by itself: reject what it was at, and what still waits in the queue.',
    appliesWhen: ({ traits }) => traits.destroy || 'the subject has no `destroy`',
    exercised: (h) => inFlight(h).length > 0,
    violation: (h, { policy }) =>
      firstBlame(inFlight(h), (call) => {
        const destroy = destroyedInFlight(h, call)!
        const waits = givenUp(h, call)
        if (waits) return blame(`${call.start.actor} waits for ever`, call.start, destroy.start, waits)
        const work = workOf(h, call)
        const ran = work !== undefined && work.start.seq < destroy.start.seq
        // What had not begun by then may go either way where pools finish their work.
        if (!call.end || (policy.destroy === 'finish' && !ran)) return undefined
        const right = policy.destroy === 'finish' ? 'fulfilled' : 'rejected'
        if (call.end.outcome === right) return undefined
        return blame(`${call.start.actor} is told ${call.end.outcome}`, call.start, destroy.start, call.end)
      }),
  },
  'destroy-ends-its-threads': {
    level: 'required',
    statement: 'Destroying a pool comes to an end, and with it all of its threads.',
    source: { kind: 'kit', why: 'docs/offload.md#destroy-ends-its-threads' },
    hint: 'Terminate every worker, those that start just then too; a pool that nobody shuts down keeps the process alive.',
    appliesWhen: ({ traits }) => traits.destroy || 'the subject has no `destroy`',
    exercised: (h) => figures(h, 'threads alive').length > 0,
    violation: (h) =>
      firstBlame(figures(h, 'threads alive'), (alive) =>
        figure(alive) > 0
          ? blame(`${figure(alive)} live on`, ...destroys(h).map(({ start }) => start), alive)
          : undefined,
      ) ??
      firstBlame(destroys(h), (destroy) => {
        const end = again(h).includes(destroy) ? undefined : failed(h, destroy)
        return end && blame('destroying it fails', destroy.start, end)
      }),
  },
  'destroying-again-is-harmless': {
    level: 'recommended',
    statement: 'Destroying a pool a second time, at once or later, neither fails nor hangs.',
    source: { kind: 'kit', why: 'docs/offload.md#destroying-again-is-harmless' },
    hint: 'Keep the promise of the first time and give it again.',
    appliesWhen: ({ traits }) => traits.destroy || 'the subject has no `destroy`',
    exercised: (h) => again(h).length > 0,
    violation: (h) =>
      firstBlame(again(h), (destroy) => {
        const end = failed(h, destroy)
        return end && blame('destroying it again fails', destroy.start, end)
      }),
  },
  'later-calls-go-as-declared': {
    level: 'required',
    statement: 'A call after the pool was destroyed is rejected, throws, or is served, as declared.',
    source: { kind: 'kit', why: 'docs/offload.md#later-calls-go-as-declared' },
    hint: 'Look whether the pool is destroyed before anything is queued: nobody will look at that queue again.',
    appliesWhen: ({ traits }) => traits.destroy || 'the subject has no `destroy`',
    exercised: (h) => runs(h).some(isLate),
    violation: (h, { policy }) =>
      firstBlame(runs(h).filter(isLate), (call) => {
        const { start, end } = call
        const waits = givenUp(h, call)
        if (waits) return blame(`${start.actor} waits for ever`, destroys(h)[0]?.start, start, waits)
        if (!end || end.outcome === LATE[policy.afterDestroy]) return undefined
        return blame(`${start.actor} is told ${end.outcome}`, destroys(h)[0]?.start, start, end)
      }),
  },
}
