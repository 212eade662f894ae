import { blame, firstBlame, type History, type Laws, type Span, same } from '../../src/core/index.js'
import type { ThenablePolicy } from './contract.js'
import { lawsOfResolution } from './laws-of-resolution.js'
import { lawsOfThen } from './laws-of-then.js'
import { observe, takes } from './observed.js'

/** When a subscriber counts as coming long after, in ms. */
const LONG_AFTER_MS = 10_000

/** Laws that are at stake alone in the histories that they are about. */
const ALONE: readonly string[] = ['locked-in-is-final', 'a-cycle-does-not-spin']

/**
 * Where a settling comes too late because the promise is locked in, and where promises wait for one another in a ring,
 * one law is at stake, and a subject that breaks it must not seem to break the others too: they leave such histories
 * alone.
 */
function unlessAlone(laws: Laws<ThenablePolicy>): Laws<ThenablePolicy> {
  const guarded = Object.entries(laws).map(([claim, law]) => {
    if (law.level === 'untested' || ALONE.includes(claim)) return [claim, law]
    const { exercised, violation } = law
    const own: typeof law = {
      ...law,
      exercised: (h, context) => !observe(h).single && exercised(h, context),
      violation: (h, context) => (observe(h).single ? undefined : violation(h, context)),
    }
    return [claim, own]
  })
  return Object.fromEntries(guarded)
}

const lawsOfTheRest: Laws<ThenablePolicy> = {
  '2.1.1-pending-may-settle': {
    level: 'untested',
    statement: 'A pending promise may become fulfilled or rejected.',
    source: { kind: 'promises-aplus', clause: '2.1.1' },
    reason: 'a permission: no run can break it',
  },
  '2.2.7-note-then-may-return-the-same-promise': {
    level: 'untested',
    statement: 'An implementation may return the promise itself from `then`, if it meets all requirements.',
    source: { kind: 'promises-aplus', clause: '3.3' },
    reason: 'a permission: no run can break it',
  },
  'settling-throws-nothing': {
    level: 'required',
    statement:
      '`resolve` and `reject` return normally, whatever they are given and however often they are called.',
    source: { kind: 'ecma-262', clause: '27.2.1.3.2 Promise Resolve Functions' },
    hint: 'A getter or a `then` that throws is the promise’s rejection, not the resolver’s problem.',
    exercised: (h) => h.calls('resolve').length + h.calls('reject').length > 0,
    violation: (h) =>
      firstBlame(
        h.of('touch'),
        (touch) =>
          touch.op === 'thrown at' &&
          blame(`a callback of ${touch.actor} throws ${touch.value?.text}`, touch),
      ) ??
      firstBlame(
        [...h.calls('resolve'), ...h.calls('reject')],
        ({ op, start, end }) =>
          end?.outcome === 'threw' && blame(`\`${op}\` throws ${end.value?.text}`, start, end),
      ),
  },
  'then-in-a-job-of-its-own': {
    level: 'optional',
    statement: 'A foreign thenable’s `then` is called in a job of its own, never inside `resolve`.',
    source: { kind: 'ecma-262', clause: '27.2.2.2 NewPromiseResolveThenableJob' },
    hint: 'Schedule the call with `queueMicrotask`.',
    appliesWhen: ({ policy }) =>
      policy.thenJob === 'own' || 'Promises/A+ allows the call inside `resolve` (`thenJob: inline`)',
    exercised: (h) => h.of('touch').some(({ op }) => op === 'then'),
    violation: (h) =>
      firstBlame(
        h.of('touch'),
        (touch) =>
          touch.op === 'then' &&
          touch.detail?.inline === true &&
          blame('`then` is called inside other code', touch),
      ),
  },
  'a-late-subscriber-is-told-the-same': {
    level: 'required',
    statement: 'A subscriber that comes long after everything is told the outcome too.',
    source: { kind: 'ecma-262', clause: '27.2.5.4.1 PerformPromiseThen' },
    hint: 'Keep the outcome for good, and keep no state that time or a drained queue may clear.',
    exercised: (h) => observe(h).expected.state !== 'pending' && late(h).length > 0,
    violation: (h) => {
      const [told] = observe(h).runs
      return firstBlame(late(h), (call) => {
        const [run] = observe(h).runsBy(call)
        if (!told || told.call === call) return observe(h).plain ? observe(h).mistold(call) : undefined
        if (run?.state === told.state && same(run.event.value, told.event.value)) return undefined
        const is = run ? `${run.state} with ${run.event.value?.text}` : 'nothing'
        return blame(
          `it is told ${is}, after others were told otherwise`,
          told.event,
          run?.event ?? call.start,
        )
      })
    },
  },
  'a-cycle-does-not-spin': {
    level: 'recommended',
    statement:
      'Promises that are resolved with one another in a ring stay pending or are rejected; they do not spin.',
    source: { kind: 'promises-aplus', clause: '2.3.3.3, note 3.6' },
    hint: 'Adopt by subscribing, never by walking to the end of the chain.',
    judgesCutShort: true,
    exercised: (h) => observe(h).ring,
    violation: (h) => {
      if (!observe(h).ring) return undefined
      const [spun] = [...h.of('hang'), ...h.of('bound')]
      if (spun)
        return blame('the ring spins and never gives control back', h.calls('resolve').at(-1)?.start, spun)
      return firstBlame(
        h.calls(),
        ({ op, start, end }) =>
          end?.outcome === 'threw' && blame(`\`${op}\` throws ${end.value?.text}`, start, end),
      )
    },
  },
}

/** Subscribers that come long after everything and listen to both outcomes. */
const late = (h: History): readonly Span[] =>
  observe(h).thens.filter(
    (call) => call.start.timeMs > LONG_AFTER_MS && takes(call, 'fulfilled') && takes(call, 'rejected'),
  )

export const laws: Laws<ThenablePolicy> = unlessAlone({
  ...lawsOfThen,
  ...lawsOfResolution,
  ...lawsOfTheRest,
})
