import { blame, firstBlame, type History, type Laws, same } from '../../src/core/index.js'
import type { CancellablePolicy } from './contract.js'
import { type Aborted, abortedInTime, cutShort, flightsOf, isLate, isRejected } from './observations.js'

/** Calls that were rejected because of an abort, and at once. */
const rejections = (h: History): readonly Aborted[] =>
  abortedInTime(h).filter(({ call, abort }) => {
    const from = abort.seq < call.start.seq ? call.start : abort
    return isRejected(call) && !isLate(h, from, call.end!)
  })

/** Those of them whose reason cannot be that of a task which honours the signal. */
const ownRejections = (h: History): readonly Aborted[] =>
  rejections(h).filter(({ call }) => !flightsOf(h, call).some((flight) => cutShort(h, flight)))

/** Careless code tells three kinds of reasons apart, by `||` and by `??`. */
const kindOf = ({ abort: { value } }: Aborted): 'truthy' | 'falsy' | 'null' => {
  if (!value?.falsy) return 'truthy'
  return value.text === 'null' ? 'null' : 'falsy'
}

const notTheReason = (h: History, kind: ReturnType<typeof kindOf>) =>
  firstBlame(rejections(h), (one) => {
    const { call, abort } = one
    return kindOf(one) === kind && !same(call.end?.value, abort.value)
      ? blame(`the reason was ${abort.value?.text}`, abort, call.start, call.end)
      : undefined
  })

const byReason = ({ policy }: { readonly policy: CancellablePolicy }): true | string =>
  policy.abort === 'reason' || 'documented to reject with an error of its own (`abort: own-error`)'

/** With what an abort rejects. */
export const lawsOfReasons: Laws<CancellablePolicy> = {
  'the-very-reason': {
    level: 'required',
    statement:
      "An abort rejects with the very reason of the signal, also where that is the platform's default.",
    source: { kind: 'dom', clause: '3.3 Using AbortController and AbortSignal objects in APIs' },
    hint: 'Reject with `signal.reason`: an error of one’s own hides why, and a `TimeoutError` from a clean-up.',
    appliesWhen: byReason,
    exercised: (h) => rejections(h).some((one) => kindOf(one) === 'truthy'),
    violation: (h) => notTheReason(h, 'truthy'),
  },
  'a-falsy-reason-is-a-reason': {
    level: 'required',
    statement: "An abort with a falsy reason rejects with that reason: `0`, `''`, `false`, `NaN` and `0n`.",
    source: { kind: 'dom', clause: '3.1 AbortController, signal abort' },
    hint: 'The platform has filled in a default where there was none: `signal.reason || error` loses these.',
    appliesWhen: byReason,
    exercised: (h) => rejections(h).some((one) => kindOf(one) === 'falsy'),
    violation: (h) => notTheReason(h, 'falsy'),
  },
  'null-is-a-reason': {
    level: 'recommended',
    statement: 'An abort with `null` rejects with `null`.',
    source: { kind: 'dom', clause: '3.1 AbortController, signal abort' },
    hint: 'Only `undefined` means that no reason was given: `signal.reason ?? error` loses `null` too.',
    appliesWhen: byReason,
    exercised: (h) => rejections(h).some((one) => kindOf(one) === 'null'),
    violation: (h) => notTheReason(h, 'null'),
  },
  'an-error-of-its-own': {
    level: 'optional',
    statement: 'An abort rejects with an error, whatever its reason.',
    source: { kind: 'kit', why: 'docs/cancellable.md#an-error-of-its-own' },
    hint: 'The subject declares `abort: own-error`: make an error, with the reason as its `cause`.',
    appliesWhen: ({ policy }) =>
      policy.abort === 'own-error' || 'documented to reject with the reason (`abort: reason`)',
    exercised: (h) => ownRejections(h).some(({ abort }) => !abort.value?.error),
    violation: (h) =>
      firstBlame(ownRejections(h), ({ call, abort }) =>
        call.end?.value?.error === undefined
          ? blame(`${call.end?.value?.text} is no error`, abort, call.start, call.end)
          : undefined,
      ),
  },
}
