import { blame, type Context, firstBlame, type History, type Laws } from '../../src/core/index.js'
import type { DelayPolicy } from './contract.js'
import {
  abortedBefore,
  abortedDuring,
  abortOf,
  deadlockOf,
  dueMs,
  isLate,
  isOrdinary,
  isRejected,
  undisturbed,
} from './observations.js'

const appliesWhen = ({ traits }: Context<DelayPolicy>): true | string =>
  traits.abort || 'the subject takes no signal'

/** Delays that no abort has to do with, and whose signal is not that of another one. */
const bystanders = (h: History) =>
  undisturbed(h).filter((call) => isOrdinary(call) && h.of('act').some(({ seq }) => seq > call.start.seq))

/** What an abort does, where the subject takes a signal. */
export const lawsOfAborting: Laws<DelayPolicy> = {
  'an-aborted-delay-does-not-begin': {
    level: 'required',
    statement: 'A delay whose signal has aborted already is rejected at once.',
    source: { kind: 'dom', clause: '3.3 Using AbortController and AbortSignal objects in APIs' },
    hint: 'A signal that has aborted sends no event any more: look at `signal.aborted` first.',
    appliesWhen,
    exercised: (h) => abortedBefore(h).length > 0,
    violation: (h) =>
      firstBlame(abortedBefore(h), (call) => {
        const { start, end } = call
        const known = end ?? deadlockOf(h, call)
        if (!known || (isRejected(call) && !isLate(h, start, known))) return undefined
        return blame('its signal had aborted before', abortOf(h, call), start, known)
      }),
  },
  'an-abort-ends-the-wait': {
    level: 'required',
    statement: 'A delay that is aborted with time left is rejected at once.',
    source: { kind: 'dom', clause: '3.3 Using AbortController and AbortSignal objects in APIs' },
    hint: 'Listen for `abort`: a look at the signal before and after the wait comes too late.',
    appliesWhen,
    exercised: (h) => abortedDuring(h).length > 0,
    violation: (h) =>
      firstBlame(abortedDuring(h), ({ call, abort }) => {
        const known = call.end ?? deadlockOf(h, call)
        if (!known || (isRejected(call) && !isLate(h, abort, known))) return undefined
        return blame('the abort does not end it', call.start, abort, known)
      }),
  },
  'an-abort-clears-the-timer': {
    level: 'required',
    statement: 'An aborted delay leaves no timer that would keep the process alive until its time.',
    source: { kind: 'kit', why: 'docs/delay.md#an-abort-clears-the-timer' },
    hint: 'Clear the timer where the promise is rejected.',
    appliesWhen,
    exercised: (h) => abortedDuring(h).some(({ call }) => call.end !== undefined),
    violation: (h) =>
      firstBlame(abortedDuring(h), ({ call, abort }) => {
        const left = h.of('timer-left').find(({ detail }) => detail?.dueMs === dueMs(call))
        return left && blame('its timer is still set', call.start, abort, left)
      }),
  },
  'an-abort-ends-only-its-own': {
    level: 'required',
    statement: 'The abort of one signal rejects no delay that was given another one, or none.',
    source: { kind: 'kit', why: 'docs/delay.md#an-abort-ends-only-its-own' },
    hint: 'Keep what an abort has to end in the call that was given the signal.',
    appliesWhen,
    exercised: (h) => bystanders(h).length > 0,
    violation: (h) =>
      firstBlame(bystanders(h), (call) => {
        const abort = h
          .of('act')
          .findLast(({ seq }) => call.end && seq < call.end.seq && seq > call.start.seq)
        return abort && isRejected(call)
          ? blame(`${call.actor} was not given that signal`, call.start, abort, call.end)
          : undefined
      }),
  },
}
