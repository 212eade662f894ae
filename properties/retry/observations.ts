import { type Context, type History, type HistoryEvent, type Span, settledAs } from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'

/** What the laws ask of a history, in the words of retries: runs, their attempts, waits, aborts and time-outs. */

export type RetryContext = Context<RetryPolicy>

/** One run of the attempts. */
export interface Run {
  readonly call: Span
  readonly end: HistoryEvent | undefined
  readonly attempts: readonly Span[]
  /** How many attempts it was asked for; 0, negative or `NaN` where that makes no sense. */
  readonly asked: number
  readonly baseMs: number
  readonly timeoutMs: number | undefined
  /** When its signal aborted, if it did before the end: perhaps before the call. */
  readonly abort: HistoryEvent | undefined
  /** Which attempt, from 1, fails with a reason that is not worth another. */
  readonly refused: number | undefined
  /** Whether `shouldRetry` throws. */
  readonly throwing: boolean
  /** The documented waits after the first failed attempt, the second, …; empty where the subject has no schedule. */
  readonly waits: readonly (readonly [minMs: number, maxMs: number])[]
}

const known = new WeakMap<History, Partial<Record<RetryPolicy['again'], readonly Run[]>>>()

/** Every run of a history; where awaiting again runs again, each such await is one more. */
export function runs(h: History, { policy }: RetryContext): readonly Run[] {
  const found = known.get(h) ?? {}
  known.set(h, found)
  found[policy.again] ??= [...h.calls('run'), ...(policy.again === 'rerun' ? h.calls('await') : [])]
    .map((call, _, calls) => runOf(h, call, calls))
    .filter(({ call, attempts }) => call.op === 'run' || attempts.length > 0)
  return found[policy.again]!
}

function runOf(h: History, call: Span, calls: readonly Span[]): Run {
  const { start, end } = call
  const facts = start.detail ?? {}
  const next = calls.find(
    (other) => other.start.detail?.source === facts.source && other.start.seq > start.seq,
  )
  const abort = h.of('act').find(({ op }) => op === 'abort')
  return {
    call,
    end,
    attempts: h
      .flights(String(facts.source))
      .filter((each) => each.start.seq > start.seq && (!next || each.start.seq < next.start.seq)),
    asked: Number(facts.attempts),
    baseMs: Number(facts.baseMs),
    timeoutMs: typeof facts.timeoutMs === 'number' ? facts.timeoutMs : undefined,
    abort: abort && facts.signal === true && (!end || abort.seq < end.seq) ? abort : undefined,
    refused: typeof facts.refused === 'number' ? facts.refused : undefined,
    throwing: facts.throwing === true,
    waits: waitsOf(facts.schedule),
  }
}

/** `20..20 40..40`, as the call says it; widened to whole milliseconds, which is what timers know. */
const waitsOf = (schedule: unknown): Run['waits'] =>
  typeof schedule !== 'string'
    ? []
    : schedule.split(' ').map((wait) => {
        const [min = '0', max = 'Infinity'] = wait.split('..')
        return [Math.floor(Number(min)), Math.ceil(Number(max))] as const
      })

/** The runs that were asked for a number of attempts that makes sense. */
export const sound = (h: History, context: RetryContext): readonly Run[] =>
  runs(h, context).filter(({ asked }) => asked >= 1)

/** Sound runs that nothing but their own attempts decides: no abort, no time-out, no `shouldRetry` that throws. */
export const plain = (h: History, context: RetryContext): readonly Run[] =>
  sound(h, context).filter((run) => !run.abort && run.timeoutMs === undefined && !run.throwing)

export const failed = ({ end }: Span): boolean => settledAs(end) === 'rejected'
export const succeeded = ({ end }: Span): boolean => settledAs(end) === 'fulfilled'

/** Whether an attempt may have run out of its time before an event. One that ends just then may or may not have. */
export const mayBeOver = (run: Run, attempt: Span, { policy }: RetryContext, event = attempt.end): boolean =>
  policy.timeout === 'attempt' &&
  run.timeoutMs !== undefined &&
  (event?.timeMs ?? Number.POSITIVE_INFINITY) >= attempt.start.timeMs + run.timeoutMs

/** Whether no attempt may follow a failed one: the last that was asked for, one that is refused, or let through. */
export function isFinal(run: Run, attempt: Span, { policy }: RetryContext): boolean {
  const no = run.attempts.indexOf(attempt) + 1
  const letThrough = policy.syncThrow === 'throw' && attempt.end?.outcome === 'threw'
  return no >= run.asked || no === run.refused || letThrough
}

/** The attempt with which a run was decided before an event: it succeeded, or none may follow it. */
export const decisive = (run: Run, context: RetryContext, before = run.end): Span | undefined =>
  run.attempts.find(
    (each) =>
      each.end !== undefined &&
      (!before || each.end.seq < before.seq) &&
      (succeeded(each) || isFinal(run, each, context)),
  )

/** The last attempt before the end of a run, if it failed and more were to be had. */
export function gaveUpAfter(run: Run, context: RetryContext): Span | undefined {
  const last = run.attempts.at(-1)
  if (!last?.end || !run.end || last.end.seq > run.end.seq) return undefined
  return failed(last) && !isFinal(run, last, context) ? last : undefined
}

/** How many timers of the subject fire between two events: whatever it does in turns of its own lands a bit later. */
export const turnsBetween = (h: History, from: HistoryEvent, to: HistoryEvent): number =>
  h.of('timer').filter(({ seq }) => seq > from.seq && seq < to.seq).length

/** The attempts that were made before a run settled: what came after is a matter of its own. */
export const inTime = ({ attempts, end }: Run): readonly Span[] =>
  end ? attempts.filter(({ start }) => start.seq < end.seq) : attempts

/** Whether an event comes as soon after another as a subject can make it, each turn of its own being 1 ms. */
export const atOnce = (h: History, from: HistoryEvent, to: HistoryEvent, fromMs = from.timeMs): boolean =>
  to.timeMs - fromMs <= turnsBetween(h, from, to)

/** An attempt that was on its way when the signal aborted in the same turn: nobody could hold it back any more. */
export const committed = ({ abort }: Run, { start }: Span): boolean =>
  abort?.detail?.inject !== undefined && start.step === abort.step

/** Which attempt it is, as reports count. */
export const no = (run: Run, attempt: Span): number => run.attempts.indexOf(attempt) + 1
