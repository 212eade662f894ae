import { blame, firstBlame, type History, type Laws, settledAs } from '../../src/core/index.js'
import type { RetryPolicy } from './contract.js'
import { type RetryContext, type Run, runs, succeeded } from './observations.js'

const askedForNone = (h: History, context: RetryContext): readonly Run[] =>
  runs(h, context).filter(({ asked }) => asked === 0)

const askedForSense = (h: History, context: RetryContext): readonly Run[] =>
  runs(h, context).filter(({ asked }) => asked >= 0)

const askedForNonsense = (h: History, context: RetryContext): readonly Run[] =>
  runs(h, context).filter(({ asked }) => !(asked >= 0))

/** Runs that rejected without an attempt, and not for an abort, whose reason may be anything. */
const unattempted = ({ abort, attempts, end }: Run): boolean =>
  !abort && attempts.length === 0 && settledAs(end) === 'rejected'

/** Whether such a run rejected with nothing that could be read. */
const saysNothing = (run: Run): boolean => unattempted(run) && run.end?.value?.falsy === true

const ended = ({ end }: Run): boolean => end !== undefined

/** What is wrong with a run if its number of attempts is taken for zero. */
function mistaken({ attempts, end }: Run, meaning: RetryPolicy['zeroAttempts']): string | undefined {
  const rejected = settledAs(end) === 'rejected'
  switch (meaning) {
    case 'throws':
      if (attempts.length > 0) return 'no attempt was to be made'
      return rejected ? undefined : 'it was to reject'
    case 'none':
      return attempts.length > 0 ? 'no attempt was to be made' : undefined
    case 'one':
      return attempts.length === 1 ? undefined : 'one attempt was to be made'
    case 'default':
      return attempts.length > 0 ? undefined : 'attempts were to be made'
    case 'unlimited':
      return attempts.some(succeeded) ? undefined : 'it was to go on until an attempt succeeds'
  }
}

/** Zero attempts, and numbers that make no sense. */
export const lawsOfNumbers: Laws<RetryPolicy> = {
  'zero-attempts-mean-what-is-declared': {
    level: 'required',
    statement: 'Zero attempts mean what the subject declares by `zeroAttempts`.',
    source: { kind: 'kit', why: 'docs/retry.md#zero-attempts-mean-what-is-declared' },
    hint: 'Decide before the loop: throw a `RangeError`, or document what zero means.',
    exercised: (h, context) => askedForNone(h, context).some(ended),
    violation: (h, context) =>
      firstBlame(askedForNone(h, context), (run) => {
        const wrong = ended(run) && mistaken(run, context.policy.zeroAttempts)
        return wrong ? blame(wrong, run.call.start, run.attempts.at(-1)?.start, run.end) : undefined
      }),
  },
  'a-run-without-an-attempt-says-why': {
    level: 'required',
    statement: 'A run that rejects without an attempt rejects with something.',
    source: { kind: 'kit', why: 'docs/retry.md#a-run-without-an-attempt-says-why' },
    hint: '`throw lastError` after a loop that never ran throws `undefined`: make an error of its own.',
    exercised: (h, context) => askedForSense(h, context).some(unattempted),
    violation: (h, context) =>
      firstBlame(
        askedForSense(h, context),
        (run) =>
          saysNothing(run) && blame(`it rejects with ${run.end?.value?.text}`, run.call.start, run.end),
      ),
  },
  'a-senseless-number-is-zero-or-refused': {
    level: 'recommended',
    statement: 'A negative number of attempts, or `NaN`, is refused with a reason or means what zero means.',
    source: { kind: 'kit', why: 'docs/retry.md#a-senseless-number-is-zero-or-refused' },
    hint: '`n < NaN` and `n >= NaN` are both false: ask `Number.isInteger(attempts) && attempts > 0`.',
    exercised: (h, context) => askedForNonsense(h, context).some(ended),
    violation: (h, context) =>
      firstBlame(askedForNonsense(h, context), (run) => {
        const { attempts, call, end } = run
        if (saysNothing(run)) return blame(`it rejects with ${end?.value?.text}`, call.start, end)
        if (!ended(run) || !mistaken(run, context.policy.zeroAttempts) || !mistaken(run, 'throws'))
          return undefined
        return blame(`it makes ${attempts.length} of them`, call.start, attempts.at(-1)?.start, end)
      }),
  },
}
