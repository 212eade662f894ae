import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
} from '../../src/core/index.js'
import type { OffloadPolicy } from './contract.js'
import {
  alike,
  echoes,
  failures,
  givenUp,
  isAlone,
  isHitByAnExit,
  isUndisturbed,
  troubles,
  unclonable,
  workOf,
} from './observations.js'

/** Calls that nothing but their own work decides. */
const plain = (h: History, calls: readonly Span[]): readonly Span[] =>
  isAlone(h) ? calls.filter((call) => isUndisturbed(h, call) && troubles(h, call).length === 0) : []

const served = (h: History): readonly Span[] => [...echoes(h), ...h.calls('spin')]

/** Calls that others got into trouble around. */
const bystanders = (h: History): readonly Span[] =>
  isAlone(h) ? served(h).filter((call) => isUndisturbed(h, call) && troubles(h, call).length > 0) : []

const messageOf = (text: string): string => /'(.*)'\)$/s.exec(text)?.[1] ?? ''

const told = ({ end }: Span): string =>
  `${end?.actor} ${end?.outcome === 'threw' ? 'is thrown' : 'gets'} ${end?.value?.text}`

/** What became of a call that should have been rejected. */
function unlessRejected(
  h: History,
  call: Span,
  isRight: (end: HistoryEvent) => boolean,
): ReturnType<typeof blame> | undefined {
  const waits = givenUp(h, call)
  if (waits) return blame(`${call.start.actor} waits for ever`, call.start, waits)
  if (!call.end || (call.end.outcome === 'rejected' && isRight(call.end))) return undefined
  return blame(told(call), call.start, workOf(h, call)?.end, call.end)
}

/** What comes back from the other thread. */
export const lawsOfAnswers: Laws<OffloadPolicy> = {
  'values-cross-intact': {
    level: 'required',
    statement:
      'Work gets a clone of what the caller gave, and the caller gets a clone of what the work gave.',
    source: { kind: 'kit', why: 'docs/offload.md#values-cross-intact' },
    hint: 'Send values as they are, in an envelope of your own; neither JSON nor a test for truth keeps them.',
    exercised: (h) => plain(h, echoes(h)).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(plain(h, served(h)), (call) => {
        const waits = givenUp(h, call)
        if (waits) return blame(`${call.start.actor} waits for ever`, call.start, waits)
        const { start, end } = call
        if (!end || (end.outcome === 'fulfilled' && alike(end.value, start.value))) return undefined
        return blame(`${told(call)} for ${start.value?.text}`, start, end)
      }),
  },
  'reasons-cross-intact': {
    level: 'required',
    statement: 'A call whose work fails is rejected with a clone of the reason.',
    source: { kind: 'kit', why: 'docs/offload.md#reasons-cross-intact' },
    hint: 'Send reasons as you send values, with a mark that says which it is: `null` is a reason too.',
    appliesWhen: ({ policy }) =>
      policy.reasons === 'exact' || 'reasons are documented to cross in another form (`reasons: serialised`)',
    exercised: (h) => plain(h, failures(h)).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(plain(h, failures(h)), (call) =>
        unlessRejected(h, call, ({ value }) => alike(value, call.start.value)),
      ),
  },
  'serialised-reasons-keep-their-message': {
    level: 'required',
    statement:
      'A call whose work fails is rejected, and where the reason is an error, with one of its message.',
    source: { kind: 'kit', why: 'docs/offload.md#serialised-reasons-keep-their-message' },
    hint: 'The subject declares `reasons: serialised`: copy at least `name` and `message`, which JSON leaves out.',
    appliesWhen: ({ policy }) =>
      policy.reasons === 'serialised' || 'reasons are documented to cross as they are (`reasons: exact`)',
    exercised: (h) => plain(h, failures(h)).some(({ start }) => start.value?.error !== undefined),
    violation: (h) =>
      firstBlame(plain(h, failures(h)), (call) => {
        const { value } = call.start
        const message = value?.error === undefined ? '' : messageOf(value.text)
        return unlessRejected(h, call, (end) => end.value?.text.includes(message) === true)
      }),
  },
  'what-cannot-be-cloned-is-a-rejection': {
    level: 'required',
    statement:
      'A call that is given, gives or throws what cannot be sent to another thread is rejected with an error.',
    source: { kind: 'kit', why: 'docs/offload.md#what-cannot-be-cloned-is-a-rejection' },
    hint: '`postMessage` throws a DataCloneError: catch it on both sides, and send its message in place of the value.',
    exercised: (h) => unclonable(h).some((call) => isUndisturbed(h, call)),
    violation: (h) =>
      firstBlame(unclonable(h), (call) =>
        isUndisturbed(h, call)
          ? unlessRejected(h, call, ({ value }) => value?.error !== undefined)
          : undefined,
      ),
  },
  'an-exit-settles-its-call': {
    level: 'required',
    statement: 'A call whose worker exits is rejected.',
    source: { kind: 'kit', why: 'docs/offload.md#an-exit-settles-its-call' },
    hint: "Listen to the worker's `exit` beside `error`: `process.exit()` and a full memory raise no `error` of the work.",
    exercised: (h) => h.calls('exit').some((call) => workOf(h, call) !== undefined),
    violation: (h) => firstBlame(h.calls('exit'), (call) => unlessRejected(h, call, () => true)),
  },
  'harms-no-other-call': {
    level: 'required',
    statement:
      'What one call comes to, by an exit, an abort or a value that cannot be sent, is no matter of the others.',
    source: { kind: 'kit', why: 'docs/offload.md#harms-no-other-call' },
    hint: 'Replace a worker that is gone, give its place back, and hand the queue on.',
    exercised: (h) => bystanders(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(bystanders(h), (call) => {
        const { start, end } = call
        const waits = givenUp(h, call)
        if (waits) return blame(`${start.actor} waits for ever`, ...troubles(h, call), start, waits)
        if (!end || end.outcome === 'fulfilled' || isHitByAnExit(h, call)) return undefined
        return blame(told(call), ...troubles(h, call), start, end)
      }),
  },
}
