import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'
import { entries } from './entries.js'
import { type Entry, failed, over, succeeded, tells } from './entry.js'

/** The gets of a history, each with the entry that it asks. */
const eachGet = (h: History, judge: (entry: Entry, get: Span) => ReturnType<typeof blame> | undefined) =>
  firstBlame(entries(h), (entry) => firstBlame(entry.gets, (get) => judge(entry, get)))

const someGet = (h: History, is: (entry: Entry, get: Span) => unknown): boolean =>
  entries(h).some((entry) => entry.gets.some((get) => is(entry, get)))

/** A failure that is to be kept. What a loader throws at the caller at once is no result that could be. */
function keptFailure(entry: Entry, event: HistoryEvent, { syncThrow }: MemoPolicy): Span | undefined {
  const failure = entry.knownFailure(event)
  return failure?.end?.outcome === 'threw' && syncThrow === 'throw' ? undefined : failure
}

/** What becomes of a load that fails, and of those who wait for it or come later. */
export const lawsOfFailure: Laws<MemoPolicy> = {
  'a-failure-is-not-a-value': {
    level: 'required',
    statement: 'A failed load fulfils nobody: whoever is fulfilled gets what a load brought.',
    source: { kind: 'kit', why: 'docs/memo.md#a-failure-is-not-a-value' },
    hint: 'A failed load leaves nothing behind that looks like an entry.',
    appliesWhen: ({ policy }) =>
      policy.failure !== 'swallow' || 'failures are documented to be told to nobody (`failure: swallow`)',
    exercised: (h) => entries(h).some(({ loads }) => loads.some(failed)),
    violation: (h) =>
      eachGet(h, (entry, get) => {
        if (settledAs(get.end) !== 'fulfilled' || entry.strayed(get)) return undefined
        const last = entry.lastBefore(get.end!)
        return last && failed(last) && !entry.brought(get)
          ? blame(`no load brought ${get.end?.value?.text}`, last.end, get.end)
          : undefined
      }),
  },
  'waiters-get-the-reason': {
    level: 'required',
    statement: 'Everyone who waits for a load that fails is rejected with its very reason.',
    source: { kind: 'kit', why: 'docs/memo.md#waiters-get-the-reason' },
    hint: 'Let waiters share the rejected promise; drop it for those who come later.',
    appliesWhen: ({ policy }) =>
      (policy.waiters === 'same-reason' && policy.failure !== 'swallow') ||
      'waiters are documented not to be told (`waiters: reload`, or `failure: swallow`)',
    exercised: (h) => someGet(h, (entry, get) => entry.joinedFailure(get)),
    violation: (h, { policy }) =>
      eachGet(h, (entry, get) => {
        const load = entry.joinedFailure(get)
        if (!load || !get.end) return undefined
        const told = [load, ...entry.unknownFailures(get.start)].some((each) => tells(each, get.end))
        return told || entry.strayed(get) || entry.rejectedByClear(get, policy)
          ? undefined
          : blame(`${get.actor} waited for it and got ${get.end.value?.text}`, load.end, get.end)
      }),
  },
  'waiters-go-on-to-the-next-load': {
    level: 'optional',
    statement: "Whoever waits for another client's load, and that fails, gets a further one.",
    source: { kind: 'kit', why: 'docs/memo.md#waiters-go-on-to-the-next-load' },
    hint: 'The subject declares `waiters: reload`: after a failure let the next waiter load.',
    appliesWhen: ({ policy }) =>
      (policy.waiters === 'reload' && policy.failure === 'retry') ||
      'waiters are documented to share the failure (`waiters: same-reason`, or failures are kept)',
    exercised: (h) =>
      someGet(h, ({ loads }, { start }) => loads.some((load) => failed(load) && openAt(load, start))),
    violation: (h) =>
      eachGet(h, (entry, { start, end }) => {
        const asked = entry.epoch(start)
        const load = entry.loads.find(
          (each) =>
            failed(each) &&
            openAt(each, start) &&
            entry.epochOf(each) === asked &&
            entry.epoch(each.end!) === asked,
        )
        return !load || asked === undefined || !end || entry.startsBetween(load.end!, end)
          ? undefined
          : blame(`${start.actor} is answered without a further load`, load.end, end)
      }),
  },
  'retries-after-a-failure': {
    level: 'required',
    statement: 'After a failure has become known, the next get loads again.',
    source: { kind: 'kit', why: 'docs/memo.md#retries-after-a-failure' },
    hint: 'Drop the rejected promise when it rejects, or every later caller gets the old error.',
    appliesWhen: ({ policy }) =>
      policy.failure === 'retry' ||
      'failures are documented to be kept (`failure: cache`, `failure: swallow`)',
    exercised: (h) => someGet(h, (entry, { start }) => entry.plainFailure(start)),
    violation: (h, { policy }) =>
      eachGet(h, (entry, get) => {
        const { start, end } = get
        const failure = entry.plainFailure(start)
        if (!failure || !end || entry.rejectedByClear(get, policy)) return undefined
        return entry.startsBetween(failure.end!, end)
          ? undefined
          : blame(`${start.actor} is answered without a new load`, failure.end, start, end)
      }),
  },
  'keeps-a-failure': {
    level: 'optional',
    statement: 'A failure is kept: until it is cleared, gets hear the same reason and nothing is loaded.',
    source: { kind: 'kit', why: 'docs/memo.md#keeps-a-failure' },
    hint: 'The subject declares `failure: cache`: keep the rejected promise.',
    appliesWhen: ({ policy }) =>
      policy.failure === 'cache' || 'failures are documented not to be kept, or to be told to nobody',
    exercised: (h, { policy }) =>
      someGet(h, (entry, { start }) => entry.fits(policy.capacity) && keptFailure(entry, start, policy)),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) => {
        if (!entry.fits(policy.capacity)) return undefined
        const kept = (event: HistoryEvent) => keptFailure(entry, event, policy)
        const started = firstBlame(entry.loads, (again) => {
          const failure = kept(again.start)
          return failure && entry.together(failure, again)
            ? blame(`${entry.name(failure)} has failed, and that is to be kept`, failure.end, again.start)
            : undefined
        })
        const told = firstBlame(entry.gets, ({ start, end }) => {
          const failure = kept(start)
          const asked = entry.epoch(start)
          if (!failure || !end || asked === undefined || entry.epochOf(failure) !== asked) return undefined
          if (entry.epoch(end) !== asked || tells(failure, end)) return undefined
          return blame(`${end.actor} gets ${end.value?.text} instead`, failure.end, end)
        })
        return started ?? told
      }),
  },
  'swallows-a-failure': {
    level: 'optional',
    statement: 'A failure is told to nobody, and kept: until it is cleared, nothing is loaded.',
    source: { kind: 'kit', why: 'docs/memo.md#swallows-a-failure' },
    hint: 'The subject declares `failure: swallow`: fulfil those who wait, and keep that.',
    appliesWhen: ({ policy }) =>
      policy.failure === 'swallow' ||
      'failures are documented to be told (`failure: retry`, `failure: cache`)',
    exercised: (h) =>
      someGet(h, ({ loads }, { end }) => end && loads.some((load) => failed(load) && over(load, end))),
    violation: (h, { policy }) => {
      const told = eachGet(h, ({ loads }, { start, end }) => {
        const load = loads.find((each) => failed(each) && tells(each, end))
        return load && blame(`${start.actor} is told of it`, load.end, end)
      })
      const started = firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, (again) => {
          const failure = entry.loads.find(
            (each) => failed(each) && entry.together(each, again) && over(each, again.start),
          )
          const answered = entry.gets.some(
            ({ end }) => failure && end && end.seq > failure.end!.seq && end.step < again.start.step,
          )
          return failure && answered && entry.fits(policy.capacity)
            ? blame(`${entry.name(failure)} has failed, and that is to be kept`, failure.end, again.start)
            : undefined
        }),
      )
      return told ?? started
    },
  },
  'a-waiter-after-a-failure-is-served': {
    level: 'required',
    statement: 'A client that comes after a load has failed, however soon, is answered too.',
    source: { kind: 'kit', why: 'docs/memo.md#a-waiter-after-a-failure-is-served' },
    hint: 'Between the failure and the clearing of the state there are microtasks in which clients come.',
    exercised: (h) => someGet(h, (entry, get) => entry.failedBefore(get)),
    violation: (h) =>
      firstBlame(h.of('deadlock'), (event) =>
        eachGet(h, (entry, get) => {
          const failure = get.id === event.id ? entry.failedBefore(get) : undefined
          // Had a load begun for it, the fault would lie there.
          const tried = entry.loads.some(({ start }) => start.seq > get.start.seq)
          return failure && !tried
            ? blame(`${event.actor} came after ${entry.name(failure)} failed`, failure.end, get.start, event)
            : undefined
        }),
      ),
  },
  'rejects-only-with-what-a-load-failed-with': {
    level: 'required',
    statement: 'Where no load of a key has failed, no get of it is rejected.',
    source: { kind: 'kit', why: 'docs/memo.md#rejects-only-with-what-a-load-failed-with' },
    hint: 'Some keys cannot be written as JSON, made a text, or held weakly: do not ask that of them.',
    exercised: (h) =>
      someGet(h, ({ loads }, { end }) => end && loads.every((load) => succeeded(load) || !load.end)),
    violation: (h, { policy }) =>
      eachGet(h, (entry, get) => {
        if (settledAs(get.end) !== 'rejected' || entry.rejectedByClear(get, policy) || entry.strayed(get))
          return undefined
        return entry.loads.some((load) => failed(load) && over(load, get.end!))
          ? undefined
          : blame(
              `${get.actor} is rejected with ${get.end?.value?.text} though no load has failed`,
              get.start,
              get.end,
            )
      }),
  },
}
