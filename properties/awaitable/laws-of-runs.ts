import {
  agree,
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  settledAs,
} from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import { awaits, kept, runs, shares, tellings, unanswered } from './observations.js'

const creation = (h: History): HistoryEvent | undefined => h.of('act').find(({ op }) => op === 'create')

/** The first call, where it came some time after creation. */
const firstAfterAWhile = (h: History): HistoryEvent | undefined => {
  const [first] = h.of('call')
  return first && first.timeMs > (creation(h)?.timeMs ?? first.timeMs) ? first : undefined
}

/** Whether all calls are subscriptions, each of them served: then runs can be counted against them. */
const awaitedOnly = (h: History): boolean =>
  awaits(h).length === h.calls().length && h.of('deadlock').length === 0

export const lawsOfRuns: Laws<AwaitablePolicy> = {
  'starts-at-creation': {
    level: 'required',
    statement: 'The task starts without any `then`, by the time that creation has come to rest.',
    source: { kind: 'kit', why: 'docs/awaitable.md#starts-at-creation' },
    hint: 'Start the task when the awaitable is made, or declare `start: lazy`.',
    appliesWhen: ({ policy }) =>
      policy.start === 'eager' || 'documented to start with the first `then` (`start: lazy`)',
    exercised: (h) => firstAfterAWhile(h) !== undefined,
    violation: (h) => {
      const first = firstAfterAWhile(h)
      return first && !runs(h).some(({ start }) => start.seq < first.seq)
        ? blame('declares `start: eager`, behaves like `lazy`: nothing has started when A comes', first)
        : undefined
    },
  },
  'starts-with-the-first-then': {
    level: 'required',
    statement: 'The task does not start before anybody awaits.',
    source: { kind: 'kit', why: 'docs/awaitable.md#starts-with-the-first-then' },
    hint: 'Call the task in `then`, not in the constructor, or declare `start: eager`.',
    appliesWhen: ({ policy }) =>
      policy.start === 'lazy' || 'documented to start at creation (`start: eager`)',
    exercised: (h) => runs(h).length > 0,
    violation: (h) => {
      const [run] = runs(h)
      const [first] = h.of('call')
      return run && (!first || run.start.seq < first.seq)
        ? blame('declares `start: lazy`, behaves like `eager`: nobody has awaited', run.start)
        : undefined
    },
  },
  'one-run-for-all': {
    level: 'required',
    statement: 'All who await share one run of the task.',
    source: { kind: 'kit', why: 'docs/awaitable.md#one-run-for-all' },
    hint: 'Keep the promise of the first run, or declare `again: rerun`.',
    appliesWhen: shares,
    exercised: (h) => h.calls().length > 1 && runs(h).length > 0,
    violation: (h, context) =>
      firstBlame(runs(h), (later) => {
        const earlier = runs(h).find(
          (run) =>
            openAt(run, later.start) ||
            (run.end && run.end.seq < later.start.seq && kept(h, run.end, context)),
        )
        return (
          earlier &&
          blame(
            'declares `again: share`, behaves like `rerun`: the task runs again',
            earlier.start,
            later.start,
          )
        )
      }),
  },
  'a-run-of-its-own-for-each': {
    level: 'required',
    statement: 'Each who awaits gets a run of the task of its own, and the outcome of that run.',
    source: { kind: 'kit', why: 'docs/awaitable.md#a-run-of-its-own-for-each' },
    hint: 'Run the task in each `then`, once, or declare `again: share`.',
    appliesWhen: ({ policy }) =>
      policy.again === 'rerun' || `not documented to run again (\`again: ${policy.again}\`)`,
    exercised: (h) => awaitedOnly(h) && awaits(h).length > 1,
    violation: (h, { policy }) => {
      if (!awaitedOnly(h)) return undefined
      const [least, most] = [awaits(h).length, awaits(h).length + (policy.start === 'eager' ? 1 : 0)]
      const found = runs(h).length
      if (found < least || found > most)
        return blame(
          `${least} subscribers, and runs of the task: ${found}`,
          awaits(h).at(-1)?.start,
          runs(h).at(-1)?.start,
        )
      return firstBlame(tellings(h), ({ event }) => {
        const told = tellings(h).filter((other) => agree(other.event, event))
        const gave = runs(h).filter(({ end }) => agree(end, event))
        return told.length > gave.length
          ? blame(
              `${told.length} are told ${event.value?.text}, which ${gave.length} runs gave`,
              told.at(-1)?.event,
            )
          : undefined
      })
    },
  },
  'refuses-a-second': {
    level: 'required',
    statement: 'A second subscriber is rejected, and the task does not run again.',
    source: { kind: 'kit', why: 'docs/awaitable.md#refuses-a-second' },
    hint: 'Remember that it was awaited, and reject from then on, or declare `again: share`.',
    appliesWhen: ({ policy }) =>
      policy.again === 'reject' || `not documented to refuse a second (\`again: ${policy.again}\`)`,
    exercised: (h) => h.calls('again').length > 0,
    violation: (h) => {
      const [first, second] = runs(h)
      if (second) return blame('declares `again: reject`, behaves like `rerun`', first?.start, second.start)
      return firstBlame(h.calls('again'), ({ start, end }) =>
        settledAs(end) === 'fulfilled'
          ? blame('declares `again: reject`, behaves like `share`', start, end)
          : undefined,
      )
    },
  },
  'serves-a-crowd': {
    level: 'required',
    statement: 'A thousand subscribers and more are all told, once each and all the same.',
    source: { kind: 'kit', why: 'docs/awaitable.md#serves-a-crowd' },
    hint: 'Look for a queue of bounded size, for recursion over the subscribers, and for a list that is cut while read.',
    appliesWhen: shares,
    exercised: (h) => h.calls('crowd').length > 0,
    violation: (h) =>
      firstBlame(h.calls('crowd'), (call) => {
        const tally = h.of('read').find(({ op }) => op === 'tally')
        const { told, subscribers, otherwise } = tally?.detail ?? {}
        const wrong = otherwise !== 0 || call.end?.outcome === 'threw' || Number(told) > Number(subscribers)
        const end = call.end ?? unanswered(h, call)
        if (!wrong && (call.end || !end)) return undefined
        return blame(
          `of ${subscribers} subscribers ${told} are told, ${otherwise} of them otherwise`,
          tally,
          end,
        )
      }),
  },
}
