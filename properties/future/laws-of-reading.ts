import { blame, firstBlame, type Laws } from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'
import { meets, needs, outcomeText, type Reading, readings } from './observed.js'

const kit = (claim: string) => ({ kind: 'kit' as const, why: `docs/future.md#${claim}` })

const settled = ({ due }: Reading): boolean => due.state !== 'pending'
const lockedIn = ({ due }: Reading): boolean => due.lockedIn

/** Whether `state` may say this: the truth, or `pending` as long as nobody has been told otherwise. */
function truthful({ end, due, known }: Reading): boolean {
  const said = (state: string) => end.outcome === 'returned' && end.value?.text === `'${state}'`
  if (said(due.state)) return true
  return due.muted ? said('cancelled') : said('pending') && !known
}

export const lawsOfReading: Laws<FuturePolicy> = {
  'state-agrees-with-the-outcome': {
    level: 'required',
    statement: '`state` agrees with the outcome at every instant.',
    source: kit('state-agrees-with-the-outcome'),
    hint: 'Set the state where the door is closed, and nowhere else; no later call may touch it.',
    appliesWhen: needs('state'),
    exercised: (h, context) => readings(h, context, 'state').some((reading) => !lockedIn(reading)),
    violation: (h, context) =>
      firstBlame(readings(h, context, 'state'), (reading) => {
        if (lockedIn(reading) || truthful(reading)) return undefined
        const { end, due } = reading
        return blame(`\`state\` says ${end.value?.text}, but it is ${due.state}`, due.by, end)
      }),
  },
  'state-is-pending-while-locked-in': {
    level: 'required',
    statement: 'As long as the future waits for a thenable, `state` is `pending`.',
    source: {
      kind: 'ecma-262',
      clause: '27.2 Promise Objects: pending, if it is neither fulfilled nor rejected',
    },
    hint: 'Resolved is not fulfilled: set the state when the thenable has settled.',
    appliesWhen: (context) =>
      context.policy.adopts
        ? needs('state')(context)
        : 'thenables are documented to be values like any other (`adopts: false`)',
    exercised: (h, context) => readings(h, context, 'state').some(lockedIn),
    violation: (h, context) =>
      firstBlame(readings(h, context, 'state'), (reading) => {
        if (!lockedIn(reading) || truthful(reading)) return undefined
        return blame(`\`state\` says ${reading.end.value?.text}`, reading.due.by, reading.end)
      }),
  },
  'result-throws-before-the-outcome': {
    level: 'required',
    statement: 'As long as there is no outcome, `result` throws.',
    source: kit('result-throws-before-the-outcome'),
    hint: '`undefined` is a value: to have none is to throw.',
    appliesWhen: needs('result'),
    exercised: (h, context) => readings(h, context, 'result').some((reading) => !settled(reading)),
    violation: (h, context) =>
      firstBlame(readings(h, context, 'result'), (reading) => {
        if (settled(reading) || reading.end.outcome === 'threw') return undefined
        return blame(`\`result\` returns ${reading.end.value?.text}`, reading.due.by, reading.end)
      }),
  },
  'result-gives-the-very-outcome': {
    level: 'required',
    statement: '`result` returns the very value, and throws the very reason.',
    source: kit('result-gives-the-very-outcome'),
    hint: 'Throw what it was rejected with, falsy or not, and do not wrap it.',
    appliesWhen: needs('result'),
    exercised: (h, context) =>
      readings(h, context, 'result').some((reading) => settled(reading) && reading.known),
    violation: (h, context) =>
      firstBlame(readings(h, context, 'result'), (reading) => {
        const { end, due, known } = reading
        const returned = end.outcome === 'returned'
        // Until somebody is told it may still throw what it throws before.
        if (!settled(reading) || due.muted || (!returned && !known)) return undefined
        const never = due.state === 'cancelled' && context.policy.cancelled === 'never' && !returned
        if (never || meets(due, returned, end, context.policy)) return undefined
        const says = `\`result\` ${returned ? 'returns' : 'throws'} ${end.value?.text}`
        return blame(`${says}, but it is ${outcomeText(h, due)}`, due.by, end)
      }),
  },
}
