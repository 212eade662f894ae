import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
} from '../../src/core/index.js'
import type { ThenablePolicy } from './contract.js'
import { locksIn } from './model.js'
import { type Adoption, observe, takes } from './observed.js'

const clause = (number: string) => ({ kind: 'promises-aplus' as const, clause: number })

/** Wherever something was resolved with the other promise: how it went wrong there, if it did. */
function resolvedWithOther(h: History): readonly { readonly wrong: Blame | undefined }[] {
  const { settling, thens, runs } = observe(h)
  const direct = settling?.op === 'resolve' && settling.detail?.ref === 'other' && thens.length > 0
  const replies = runs.filter(
    ({ event }) => event.detail?.ref === 'other' && event.detail.replies === 'return',
  )
  return [
    ...(direct ? [{ wrong: observe(h).misreported() }] : []),
    ...replies.map(({ call }) => ({ wrong: observe(h).misderived(call) })),
  ]
}

/** A law on every resolution with a promise of the same implementation that ends in a given state. */
const follows = (
  number: string,
  state: 'pending' | 'fulfilled' | 'rejected',
  statement: string,
  hint: string,
) => ({
  level: 'required' as const,
  statement,
  source: clause(number),
  hint,
  exercised: (h: History) => otherIs(h, state) && resolvedWithOther(h).length > 0,
  violation: (h: History) =>
    otherIs(h, state) ? firstBlame(resolvedWithOther(h), ({ wrong }) => wrong) : undefined,
})

/** The state of the other promise, where it was not resolved with something that has laws of its own. */
const otherIs = (h: History, state: 'pending' | 'fulfilled' | 'rejected'): boolean => {
  const { end } = observe(h)
  const settling = end.settling('other')
  return end.of('other').state === state && (settling === undefined || !locksIn(settling))
}

/** A law on every adopted thenable that did a certain thing. */
const adopts = (
  number: string,
  concerns: (adoption: Adoption) => boolean,
  statement: string,
  hint: string,
) => ({
  level: 'required' as const,
  statement,
  source: clause(number),
  hint,
  exercised: (h: History) => observe(h).thens.length > 0 && observe(h).adoptions().some(concerns),
  violation: (h: History) => firstBlame(observe(h).adoptions().filter(concerns), ({ wrong }) => wrong),
})

/** What turns out to be no thenable is a value, and each promise that it passes through may look again. */
const isThenable = ({ reads }: Adoption): boolean => reads[0]?.detail?.callable !== false

const throws = ({ deeds }: Adoption): number => deeds.findIndex(({ op }) => op === 'throw')

export const lawsOfResolution: Laws<ThenablePolicy> = {
  '2.3.1-self-resolution-is-a-type-error': {
    level: 'required',
    statement:
      'The promise from `then` is rejected with a TypeError when a handler returns that very promise.',
    source: clause('2.3.1'),
    hint: 'Compare before adopting: a promise that waits for itself waits for ever.',
    exercised: (h) => selfReplies(h).length > 0,
    violation: (h) =>
      firstBlame(selfReplies(h), ({ event, call: { end } }) => {
        if (end?.outcome === 'rejected' && end.value?.error === 'TypeError') return undefined
        return blame(
          `it is ${end ? `${end.outcome} with ${end.value?.text}` : 'pending for ever'}`,
          event,
          end,
        )
      }),
  },
  'resolving-itself-is-a-type-error': {
    level: 'recommended',
    statement: 'A promise whose `resolve` is given that very promise is rejected with a TypeError.',
    source: { kind: 'ecma-262', clause: '27.2.1.3.2 Promise Resolve Functions' },
    hint: 'Promises/A+ says nothing of `resolve`; run the same procedure there as for what handlers return.',
    exercised: (h) => selfResolved(h) && observe(h).thens.some((call) => takes(call, 'rejected')),
    violation: (h) => {
      if (!selfResolved(h)) return undefined
      const { thens, settling } = observe(h)
      return firstBlame(
        thens.filter((call) => takes(call, 'rejected')),
        (call) => {
          const [run] = observe(h).runsBy(call)
          if (run?.state === 'rejected' && run.event.value?.error === 'TypeError') return undefined
          const told = run ? `a subscriber is told ${run.event.value?.text}` : 'it is pending for ever'
          return blame(told, settling, run?.event)
        },
      )
    },
  },
  '2.3.2.1-pending-while-the-other-is': follows(
    '2.3.2.1',
    'pending',
    'A promise that is resolved with a pending promise stays pending.',
    'Subscribe to the other one; do not take it for a value.',
  ),
  '2.3.2.2-takes-the-others-value': follows(
    '2.3.2.2',
    'fulfilled',
    'A promise that is resolved with another one is fulfilled with its value.',
    'Subscribe to the other one, whether it is settled already or not.',
  ),
  '2.3.2.3-takes-the-others-reason': follows(
    '2.3.2.3',
    'rejected',
    'A promise that is resolved with another one is rejected with its reason.',
    'Pass both callbacks when subscribing to the other one.',
  ),
  '2.3.3.1-then-is-read-once': {
    level: 'required',
    statement: '`then` of a thenable is read exactly once.',
    source: clause('2.3.3.1'),
    hint: 'Keep what you read in a variable: a getter may answer differently the second time.',
    exercised: (h) => observe(h).adoptions().some(isThenable),
    violation: (h) =>
      firstBlame(observe(h).adoptions().filter(isThenable), ({ name, by, reads }) => {
        if (reads.length === 1) return undefined
        return blame(`\`then\` of ${name} is read ${reads.length} times`, by, ...reads)
      }),
  },
  '2.3.3.2-a-throwing-getter-rejects': adopts(
    '2.3.3.2',
    ({ reads }) => reads[0]?.detail?.throws === true,
    'When reading `then` throws, the promise is rejected with that.',
    'Read `then` inside the `try`.',
  ),
  '2.3.3.3-then-is-called-on-the-thenable': {
    level: 'required',
    statement: 'A callable `then` is called once, on the thenable, with two functions.',
    source: clause('2.3.3.3'),
    hint: 'Use `then.call(thenable, resolvePromise, rejectPromise)`.',
    exercised: (h) =>
      observe(h)
        .adoptions()
        .some(({ reads }) => reads[0]?.detail?.callable === true),
    violation: (h) =>
      firstBlame(observe(h).adoptions(), ({ name, by, reads, thens: calls }) => {
        if (reads[0]?.detail?.callable !== true) return undefined
        if (calls.length !== 1)
          return blame(`\`then\` of ${name} is called ${calls.length} times`, by, ...calls)
        if (calls[0]!.detail?.self !== true)
          return blame(`\`then\` of ${name} is called with another \`this\``, calls[0])
        return calls[0]!.detail?.functions === true
          ? undefined
          : blame('it is not given two functions', calls[0])
      }),
  },
  '2.3.3.3.1-takes-what-the-thenable-fulfils-with': adopts(
    '2.3.3.3.1',
    ({ deeds }) => deeds.length === 1 && deeds[0]!.op === 'fulfil',
    'When the thenable calls back with a value, that is resolved in turn.',
    'Run the resolution procedure again: the value may be a thenable itself.',
  ),
  '2.3.3.3.2-takes-the-thenables-reason': adopts(
    '2.3.3.3.2',
    ({ deeds }) => deeds.length === 1 && deeds[0]!.op === 'reject',
    'When the thenable calls back with a reason, the promise is rejected with it, as it is.',
    'Do not adopt a reason, even when it is a thenable.',
  ),
  '2.3.3.3.3-only-the-first-callback-counts': adopts(
    '2.3.3.3.3',
    (one) => throws(one) !== 0 && one.deeds.filter(({ op }) => op !== 'throw').length > 1,
    'When the thenable calls back more than once, the first call counts and the others are ignored.',
    'One flag for both callbacks, made anew for each thenable.',
  ),
  '2.3.3.3.4.1-a-throw-after-a-callback-is-ignored': adopts(
    '2.3.3.3.4.1',
    (one) => throws(one) > 0,
    'When `then` throws after it has called back, the throw is ignored.',
    'Look at the same flag in the `catch` that the callbacks use.',
  ),
  '2.3.3.3.4.2-a-throw-before-a-callback-rejects': adopts(
    '2.3.3.3.4.2',
    (one) => throws(one) === 0,
    'When `then` throws before it has called back, the promise is rejected with that.',
    'Call `then` inside a `try`, and let later callbacks go unheard.',
  ),
  '2.3.3.4-without-a-callable-then-it-is-a-value': adopts(
    '2.3.3.4',
    ({ reads }) => reads[0]?.detail?.callable === false,
    'An object whose `then` is no function is a value like any other.',
    'Test with `typeof then === "function"` before adopting.',
  ),
  '2.3.4-other-values-fulfil': {
    level: 'required',
    statement: 'A value that is neither object nor function fulfils, even where its prototype has a `then`.',
    source: clause('2.3.4'),
    hint: 'Look at the type before looking for `then`: `(5).then` reads from Number.prototype.',
    exercised: (h) => observe(h).thens.length > 0 && plainlyResolved(h),
    violation: (h) => (plainlyResolved(h) ? observe(h).misreported() : undefined),
  },
  'locked-in-is-final': {
    level: 'required',
    statement:
      'Once resolved with a promise or a thenable, a promise is locked in: no later settling has an effect.',
    source: { kind: 'ecma-262', clause: '27.2.1.3 CreateResolvingFunctions, [[AlreadyResolved]]' },
    hint: 'Close the door in `resolve` itself, not when the outcome is known.',
    exercised: (h) => overridden(h) !== undefined && observe(h).thens.length > 0,
    violation: (h) => {
      const late = overridden(h)
      const wrong = late && observe(h).misreported()
      return wrong && { because: wrong.because, events: [late, ...wrong.events] }
    },
  },
}

const selfReplies = (h: History) =>
  observe(h).runs.filter(({ event }) => event.detail?.ref === 'itself' && event.detail.replies === 'return')

const selfResolved = (h: History): boolean => {
  const { settling } = observe(h)
  return settling?.op === 'resolve' && settling.detail?.ref === 'itself'
}

const plainlyResolved = (h: History): boolean => {
  const { settling } = observe(h)
  return settling?.op === 'resolve' && settling.detail?.ref === undefined
}

/** A settling that comes too late, where the promise under test depends on the one it is aimed at. */
function overridden(h: History): HistoryEvent | undefined {
  const { settling, end } = observe(h)
  const on = end.overridden?.detail?.on
  const concerned = on === 'd' || (settling && locksIn(settling) && settling.detail?.ref === on)
  return concerned ? end.overridden : undefined
}
