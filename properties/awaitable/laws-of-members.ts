import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import {
  type Ctx,
  chained,
  type Handled,
  handled,
  outcomeBefore,
  tellsTheTask,
  unanswered,
} from './observations.js'

const has =
  (member: 'catch' | 'finally') =>
  ({ traits }: Ctx): true | string =>
    traits[member] || `the subject has no \`${member}\``

const cleanUps = (h: History): readonly Handled[] => handled(h, ['finally'])

/** Calls of `finally` without a function. */
const bare = (h: History): readonly Span[] =>
  h.calls('finally').filter(({ start }) => start.detail?.given === 'neither')

/** What a clean-up failed with, by identity; undefined where it did not fail, or is not over. */
function failure({ event, adopted }: Handled): number | undefined {
  if (typeof event.detail?.throws === 'number') return event.detail.throws
  return adopted?.end && settledAs(adopted.end) === 'rejected' ? adopted.end.value?.id : undefined
}

const succeeded = ({ event, adopted }: Handled): boolean =>
  event.detail?.returns !== undefined || settledAs(adopted?.end) === 'fulfilled'

/** `catch` for a rejection, and for nothing else. */
const caught = (h: History): Blame | undefined =>
  firstBlame(h.calls('catch'), (call) => {
    const [event] = h.handlers(call)
    if (event && !tellsTheTask(h, event))
      return blame(
        `\`catch\` is told ${event.value?.text}, which is not why the task failed`,
        call.start,
        event,
      )
    const missed =
      !event &&
      call.start.detail?.given !== 'neither' &&
      call.end &&
      outcomeBefore(h, call.end) === 'rejected'
    return missed
      ? blame('the task has rejected, and `catch` did not call back', call.start, call.end)
      : undefined
  })

export const lawsOfMembers: Laws<AwaitablePolicy> = {
  'catch-is-told-of-a-rejection-alone': {
    level: 'required',
    statement: '`catch(f)` is `then(undefined, f)`: it is called for a rejection, with the reason.',
    source: { kind: 'ecma-262', clause: '27.2.5.1 Promise.prototype.catch' },
    hint: 'Write `catch` as `return this.then(undefined, onRejected)`.',
    appliesWhen: has('catch'),
    exercised: (h) => h.calls('catch').some(({ end }) => end !== undefined),
    violation: caught,
  },
  'finally-calls-back-whatever-happened': {
    level: 'required',
    statement: '`finally` calls back once, whether the task fulfils or rejects.',
    source: { kind: 'ecma-262', clause: '27.2.5.3 Promise.prototype.finally' },
    hint: 'Give the callback for both outcomes, in one call of `then`.',
    appliesWhen: has('finally'),
    exercised: (h) => cleanUps(h).length > 0,
    violation: (h) =>
      firstBlame(h.calls('finally'), (call) =>
        call.end && call.start.detail?.given === 'both' && h.handlers(call).length === 0
          ? blame('`finally` is over and has not called back', call.start, call.end)
          : undefined,
      ),
  },
  'finally-calls-back-without-argument': {
    level: 'required',
    statement: 'The callback of `finally` is told nothing.',
    source: { kind: 'ecma-262', clause: '27.2.5.3.1 thenFinally, 27.2.5.3.2 catchFinally' },
    hint: 'Call it with no argument: `finally(f)` is not `then(f, f)`.',
    appliesWhen: has('finally'),
    exercised: (h) => cleanUps(h).length > 0,
    violation: (h) =>
      firstBlame(cleanUps(h), ({ event }) =>
        event.value ? blame(`the callback of \`finally\` is given ${event.value.text}`, event) : undefined,
      ),
  },
  'finally-passes-the-outcome-through': {
    level: 'required',
    statement: 'Where its callback succeeds, `finally` goes as the task went, whatever the callback gave.',
    source: { kind: 'ecma-262', clause: '27.2.5.3.1 thenFinally, 27.2.5.3.2 catchFinally' },
    hint: 'After the callback, return the value or throw the reason that came in, not what the callback gave.',
    appliesWhen: has('finally'),
    exercised: (h) => cleanUps(h).some(succeeded),
    violation: (h) =>
      firstBlame(cleanUps(h), (cleanUp) => {
        const { event, call, adopted } = cleanUp
        if (!succeeded(cleanUp) || !call.end || tellsTheTask(h, call.end)) return undefined
        return blame(
          `the task did not go like that: \`finally\` is ${settledAs(call.end)} with ${call.end.value?.text}`,
          adopted?.end ?? event,
          call.end,
        )
      }),
  },
  'finally-waits-for-its-callback': {
    level: 'required',
    statement: 'Where its callback returns a thenable, `finally` waits until that one has settled.',
    source: { kind: 'ecma-262', clause: '27.2.5.3.1 thenFinally, 27.2.5.3.2 catchFinally' },
    hint: 'Go on from `Promise.resolve(callback())`; a callback may be an async clean-up.',
    appliesWhen: has('finally'),
    exercised: (h) => cleanUps(h).some(({ adopted }) => adopted !== undefined),
    violation: (h) =>
      firstBlame(cleanUps(h), ({ call, adopted }) => {
        const early = adopted && call.end && !(adopted.end && adopted.end.seq < call.end.seq)
        return early
          ? blame('`finally` is settled while its clean-up is under way', adopted.start, call.end)
          : undefined
      }),
  },
  'a-failing-clean-up-wins': {
    level: 'required',
    statement: 'Where its callback throws, or its thenable rejects, `finally` rejects with that.',
    source: { kind: 'ecma-262', clause: '27.2.5.3.1 thenFinally, 27.2.5.3.2 catchFinally' },
    hint: 'Do not swallow the failure of a clean-up: it takes the place of the outcome, a rejection too.',
    appliesWhen: has('finally'),
    exercised: (h) => cleanUps(h).some((cleanUp) => failure(cleanUp) !== undefined),
    violation: (h) =>
      firstBlame(cleanUps(h), (cleanUp) => {
        const reason = failure(cleanUp)
        const { call, event, adopted } = cleanUp
        const end = call.end ?? unanswered(h, call)
        if (reason === undefined || !end) return undefined
        if (settledAs(end) === 'rejected' && end.value?.id === reason) return undefined
        const got = end.value ? `is ${settledAs(end)} with ${end.value.text}` : 'never settles'
        return blame(`the clean-up failed, \`finally\` ${got}`, adopted?.end ?? event, end)
      }),
  },
  'finally-ignores-what-is-no-function': {
    level: 'recommended',
    statement: 'Where `finally` is given no function, it goes as the task went.',
    source: { kind: 'ecma-262', clause: '27.2.5.3 Promise.prototype.finally, step 5' },
    hint: 'Ask `typeof onFinally === "function"`: an optional clean-up is often `undefined`.',
    appliesWhen: has('finally'),
    exercised: (h) => bare(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(bare(h), ({ start, end }) =>
        end && chained({ end }) && !tellsTheTask(h, end)
          ? blame(
              `nothing was to be done, and \`finally\` is ${settledAs(end)} with ${end.value?.text}`,
              start,
              end,
            )
          : undefined,
      ),
  },
}
