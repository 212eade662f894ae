import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
} from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'
import {
  atOnce,
  decisive,
  failed,
  inTime,
  mayBeOver,
  no,
  plain,
  type RetryContext,
  type Run,
  runs,
  turnsBetween,
} from './observations.js'

const NO_SCHEDULE = 'the adapter has no `schedule`'

/** A shorter wait than this cannot be told from the turn that it takes. */
const LEAST_MS = 2

/** The stretch between a failed attempt and the next. */
interface Wait {
  readonly run: Run
  readonly attempt: Span
  readonly next: HistoryEvent
  /** The documented bounds. */
  readonly minMs: number
  readonly maxMs: number
  /** When the attempt was over: at its end, or where it ran out of its time. */
  readonly fromMs: number
  /** The event from which turns count. */
  readonly from: HistoryEvent
}

/** Every wait that a history shows and the subject has a schedule for. */
function waits(h: History, context: RetryContext): readonly Wait[] {
  return runs(h, context).flatMap((run) =>
    inTime(run).flatMap((attempt, index, attempts): Wait[] => {
      const next = attempts[index + 1]?.start
      const [minMs, maxMs] = run.waits[index] ?? []
      if (!next || minMs === undefined || maxMs === undefined) return []
      const bounds = { run, attempt, next, minMs, maxMs }
      const over = mayBeOver(run, attempt, context)
      if (over) return [{ ...bounds, fromMs: attempt.start.timeMs + run.timeoutMs!, from: attempt.start }]
      if (!attempt.end || attempt.end.seq > next.seq || !failed(attempt)) return []
      return [{ ...bounds, fromMs: attempt.end.timeMs, from: attempt.end }]
    }),
  )
}

const waited = ({ next, fromMs }: Wait): number => next.timeMs - fromMs

/** How long a run waits, from the end of one attempt to the start of the next, and when it must not wait at all. */
export const lawsOfWaits: Laws<RetryPolicy> = {
  'no-wait-shorter-than-scheduled': {
    level: 'required',
    statement: 'Between the end of a failed attempt and the next lies at least the documented wait.',
    source: { kind: 'kit', why: 'docs/retry.md#no-wait-shorter-than-scheduled' },
    hint: 'Count from the end of the attempt, not from its start; the exponent begins where the documentation says.',
    appliesWhen: ({ traits }) => traits.schedule || NO_SCHEDULE,
    exercised: (h, context) => waits(h, context).some(({ minMs }) => minMs >= LEAST_MS),
    violation: (h, context) =>
      firstBlame(waits(h, context), (wait) => {
        const { run, attempt, next, minMs } = wait
        return (
          waited(wait) < minMs &&
          blame(
            `${waited(wait)} ms after attempt ${no(run, attempt)}, where ${minMs} ms are documented`,
            attempt.end,
            next,
          )
        )
      }),
  },
  'no-wait-longer-than-scheduled': {
    level: 'required',
    statement: 'Between the end of a failed attempt and the next lies at most the documented wait.',
    source: { kind: 'kit', why: 'docs/retry.md#no-wait-longer-than-scheduled' },
    hint: 'Apply the cap after the factor and after the jitter, and wait once for each failure.',
    appliesWhen: ({ traits }) => traits.schedule || NO_SCHEDULE,
    exercised: (h, context) => waits(h, context).some(({ maxMs }) => maxMs < Number.POSITIVE_INFINITY),
    violation: (h, context) =>
      firstBlame(waits(h, context), (wait) => {
        const { run, attempt, next, maxMs, from } = wait
        return (
          waited(wait) > maxMs + turnsBetween(h, from, next) &&
          blame(
            `${waited(wait)} ms after attempt ${no(run, attempt)}, where ${maxMs} ms are documented`,
            attempt.end,
            next,
          )
        )
      }),
  },
  'no-wait-before-the-first': {
    level: 'recommended',
    statement: 'The first attempt is made at once.',
    source: { kind: 'kit', why: 'docs/retry.md#no-wait-before-the-first' },
    hint: 'Wait after a failure, not before an attempt: the usual case is that nothing fails.',
    exercised: (h, context) =>
      runs(h, context).some(({ baseMs, attempts }) => baseMs >= LEAST_MS && attempts.length > 0),
    violation: (h, context) =>
      firstBlame(runs(h, context), ({ call, attempts: [first] }) =>
        first && !atOnce(h, call.start, first.start)
          ? blame(`it is made ${first.start.timeMs - call.start.timeMs} ms later`, call.start, first.start)
          : undefined,
      ),
  },
  'no-wait-after-the-last': {
    level: 'required',
    statement: 'When an attempt succeeds, or fails and no other may follow, the run settles at once.',
    source: { kind: 'kit', why: 'docs/retry.md#no-wait-after-the-last' },
    hint: 'Look whether another attempt will be made before you wait for it.',
    exercised: (h, context) =>
      plain(h, context).some((run) => run.baseMs >= LEAST_MS && run.end && decisive(run, context)),
    violation: (h, context) =>
      firstBlame(plain(h, context), (run) => {
        const last = decisive(run, context)
        const waited = last && run.attempts.at(-1) === last && run.end && !atOnce(h, last.end!, run.end)
        return waited && blame(`it settles ${run.end!.timeMs - last.end!.timeMs} ms later`, last.end, run.end)
      }),
  },
}
