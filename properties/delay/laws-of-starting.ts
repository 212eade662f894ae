import { type Blame, blame, firstBlame, type History, type Laws, type Span } from '../../src/core/index.js'
import type { DelayPolicy } from './contract.js'
import { isLate, lengthMs } from './observations.js'

/** A delay that was made at one time, and first awaited at another. */
interface Late {
  readonly made: Span
  readonly awaited: Span
}

const lates = (h: History): readonly Late[] =>
  h.calls('await').flatMap((awaited) => {
    const made = h.calls('create').find(({ actor }) => actor === awaited.actor)
    return made && made.start.timeMs < awaited.start.timeMs ? [{ made, awaited }] : []
  })

/** Whether a delay ended at the time that is due, counted from one of the two instants. */
function endsAt(h: History, { made, awaited }: Late, dueMs: number): Blame | undefined {
  const { end } = awaited
  if (!end) return undefined
  if (end.timeMs < dueMs)
    return blame(`it ends ${dueMs - end.timeMs} ms early`, made.start, awaited.start, end)
  return isLate(h, made.start, end, dueMs)
    ? blame(`it ends ${end.timeMs - dueMs} ms late`, made.start, awaited.start, end)
    : undefined
}

/** From when the time counts, where creation and the first `then` are apart. */
export const lawsOfStarting: Laws<DelayPolicy> = {
  'counts-from-creation': {
    level: 'required',
    statement: 'The time counts from creation, whenever it is first awaited.',
    source: { kind: 'kit', why: 'docs/delay.md#counts-from-creation' },
    hint: 'Set the timer in the constructor, or declare `start: then`.',
    appliesWhen: ({ policy }) =>
      policy.start === 'create' || 'documented to count from the first `then` (`start: then`)',
    exercised: (h) => lates(h).some(({ awaited }) => awaited.end),
    violation: (h) =>
      firstBlame(lates(h), (late) => {
        const { made, awaited } = late
        return endsAt(h, late, Math.max(made.start.timeMs + lengthMs(made), awaited.start.timeMs))
      }),
  },
  'counts-from-the-first-then': {
    level: 'optional',
    statement: 'The time counts from the first `then`, whenever the delay was created.',
    source: { kind: 'kit', why: 'docs/delay.md#counts-from-the-first-then' },
    hint: 'The subject declares `start: then`: set the timer when somebody asks.',
    appliesWhen: ({ policy }) =>
      policy.start === 'then' || 'documented to count from creation (`start: create`)',
    exercised: (h) => lates(h).some(({ awaited }) => awaited.end),
    violation: (h) =>
      firstBlame(lates(h), (late) => endsAt(h, late, late.awaited.start.timeMs + lengthMs(late.made))),
  },
}
