import { blame, firstBlame, type History, type Laws, openAt, settledAs } from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { deadline, overtaken, slackMs } from './deadline.js'
import { type Entry, entries, failed, fits, isTimed, over, ttlMs } from './entry.js'
import {
  after,
  before,
  type Late,
  late,
  mustHit,
  mustMiss,
  type Served,
  timely,
  timelyLate,
} from './judgement.js'

type Policy = TtlCachePolicy

const hasTime = (served: Served, policy: Policy): boolean => timely(served) && before(served, 'start', policy)

const falsy = ({ life }: Served): boolean => life.load.end?.value?.falsy === true

const livesUntil = ({ entry, life, until }: Served, { ttlFrom }: Policy): string =>
  `${life.load.end?.value?.text} lives until ${deadline(entry, life, ttlFrom, until).earliestMs} ms`

const livedUntil = ({ entry, get, lives }: Late, { ttlFrom }: Policy): string => {
  const { earliestMs } = deadline(entry, lives.at(-1)!, ttlFrom, get.start)
  return `${get.start.actor} is answered without a load, and the last value lived until ${earliestMs} ms`
}

const atDeadline = (one: Late, policy: Policy): boolean => {
  const { entry, get, lives } = one
  const latest = Math.max(...lives.map((life) => deadline(entry, life, policy.ttlFrom, get.start).latestMs))
  return slackMs(policy) === 0 && get.start.timeMs === latest
}

/** A timer that is due at this very instant may not have had its turn, where another one has. */
const timerDue = (h: History, { get }: Late): boolean =>
  h.of('timer').some(({ detail }) => detail?.dueMs === get.start.timeMs)

/** Until when a value lives, and from when on it does not. */
export const lawsOfDeadlines: Laws<Policy> = {
  'a-hit-before-the-deadline': {
    level: 'required',
    statement: 'Before the deadline of a value, a get is answered with it and nothing is loaded.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-hit-before-the-deadline' },
    hint: 'Compare in one unit (milliseconds) and by one clock; a delay beyond 2^31-1 ms makes a timer fire at once.',
    ...mustHit(
      (served, policy) =>
        hasTime(served, policy) && !falsy(served) && !overtaken(served.entry, served.life, served.until),
      livesUntil,
    ),
  },
  'a-falsy-value-is-kept': {
    level: 'required',
    statement: 'A falsy value lives as long as any other.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-falsy-value-is-kept' },
    hint: 'Ask whether there is an entry, never whether its value is truthy or defined.',
    ...mustHit((served, policy) => hasTime(served, policy) && falsy(served), livesUntil),
  },
  'an-old-deadline-ends-no-newer-life': {
    level: 'required',
    statement: 'When the time of a value is over that was replaced before, its successor goes on living.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#an-old-deadline-ends-no-newer-life' },
    hint: 'Clear the old timer, or let it look whether the entry it was set for is still there.',
    ...mustHit(
      (served, policy) => hasTime(served, policy) && overtaken(served.entry, served.life, served.until),
      livesUntil,
    ),
  },
  'a-miss-after-the-deadline': {
    level: 'required',
    statement: 'After the deadline of a value, a get is not answered with it: it loads.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-miss-after-the-deadline' },
    hint: 'Compare the age with the time to live at every get, in one unit and by one clock.',
    ...mustMiss((late, policy) => timelyLate(late) && after(late, 'access', policy), livedUntil),
  },
  'a-miss-at-the-deadline': {
    level: 'required',
    statement: 'At the very instant of its deadline a value is no longer given.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-miss-at-the-deadline' },
    hint: 'Let an entry be fresh while its age is less than the time to live, or declare `atTtl: hit`.',
    appliesWhen: ({ policy }) =>
      policy.atTtl === 'miss' || 'documented to give a value at its deadline too (`atTtl: hit`)',
    ...mustMiss(
      (late, policy, h) => timelyLate(late) && atDeadline(late, policy) && !timerDue(h, late),
      livedUntil,
    ),
  },
  'a-hit-at-the-deadline': {
    level: 'optional',
    statement: 'At the very instant of its deadline a value is still given.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-hit-at-the-deadline' },
    hint: 'The subject declares `atTtl: hit`: let an entry be fresh while its age is the time to live or less.',
    appliesWhen: ({ policy }) =>
      policy.atTtl === 'hit' || 'documented to give no value at its deadline (`atTtl: miss`)',
    ...mustHit(
      (served, policy) =>
        timely(served) &&
        slackMs(policy) === 0 &&
        served.until.timeMs === deadline(served.entry, served.life, policy.ttlFrom, served.until).earliestMs,
      livesUntil,
    ),
  },
}

/** Whether another key ended, or was cleared, in the time of a life. */
const neighbourEnds = ({ entry, life, until }: Served): boolean =>
  entries(entry.history).some(
    (other) =>
      other !== entry &&
      (other.cleared(life.load.end!, until) ||
        other.lives.some(
          (its) =>
            its.load.end!.seq < until.seq && deadline(other, its, 'start', until).earliestMs <= until.timeMs,
        )),
  )

/** Whether something of another key is still in its time. */
const neighbourLives = ({ entry, get }: Late): boolean =>
  entries(entry.history).some(
    (other) =>
      other !== entry &&
      other.lives.some(
        (its) =>
          over(its.load, get.start) && get.start.timeMs < deadline(other, its, 'access', get.start).latestMs,
      ),
  )

const keptAlone = mustHit(
  (served, policy) => timely(served) && before(served, policy.ttlFrom, policy) && neighbourEnds(served),
  livesUntil,
)
const endsAlone = mustMiss(
  (late, policy) => timelyLate(late) && after(late, policy.ttlFrom, policy) && neighbourLives(late),
  livedUntil,
)

/** What one key, or one load, is to another. */
export const lawsOfNeighbours: Laws<Policy> = {
  'keys-expire-independently': {
    level: 'required',
    statement: 'The deadline of one key is no deadline of another.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#keys-expire-independently' },
    hint: 'Keep a time stamp, or a timer, for each entry.',
    appliesWhen: ({ policy }) => policy.keyed || 'there is one entry (`keyed: false`)',
    exercised: (h, context) => keptAlone.exercised(h, context) || endsAlone.exercised(h, context),
    violation: (h, context) => keptAlone.violation(h, context) ?? endsAlone.violation(h, context),
  },
  'one-load-when-it-expires': {
    level: 'required',
    statement: 'When a value has expired, however many ask for it, one load replaces it.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#one-load-when-it-expires' },
    hint: 'Keep the promise of the reload where the next caller finds it, before the first await.',
    appliesWhen: ({ policy }) => policy.refresh === 'none' || 'loads begin by themselves (`refresh`)',
    exercised: (h) =>
      isTimed(h) &&
      entries(h).some((entry) =>
        reloads(entry).some((load) => entry.gets.some(({ start }) => openAt(load, start))),
      ),
    violation: (h, { policy }) =>
      isTimed(h) && fits(h, policy.capacity)
        ? firstBlame(entries(h), (entry) =>
            firstBlame(reloads(entry), (load) => {
              const again = entry.loads.find(
                (other) => openAt(load, other.start) && together(entry, load, other, policy),
              )
              return again && blame(`${entry.name(load)} is under way already`, load.start, again.start)
            }),
          )
        : undefined,
  },
  'a-failed-reload-is-told': {
    level: 'recommended',
    statement: 'When the reload of an expired value fails, nobody is given the expired value instead.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#a-failed-reload-is-told' },
    hint: 'Let the failure through; serving what is stale on an error is a feature to be asked for.',
    appliesWhen: ({ policy }) =>
      (policy.failure !== 'swallow' && policy.refresh === 'none') ||
      'failures are told to nobody (`failure: swallow`), or reloads happen apart from gets (`refresh`)',
    exercised: (h, context) => late(h, context).some((one) => isTimed(h) && failedFor(one)),
    violation: (h, context) =>
      firstBlame(late(h, context), (one) => {
        const reload = isTimed(h) && failedFor(one)
        return reload && settledAs(one.get.end) === 'fulfilled'
          ? blame(`${one.get.start.actor} is fulfilled although the load failed`, reload.end, one.get.end)
          : undefined
      }),
  },
}

/** Loads of a key that was loaded before, and in vain only where that failed. */
const reloads = (entry: Entry) =>
  entry.loads.filter((load) =>
    entry.loads.some((before) => before.start.seq < load.start.seq && !failed(before)),
  )

/** Whether two loads serve the same need: nothing came in between, and the first has not outlasted its own time. */
function together(
  entry: Entry,
  load: Entry['loads'][number],
  other: Entry['loads'][number],
  policy: Policy,
): boolean {
  const begun = entry.begun(load)
  const outlasts =
    policy.ttlFrom === 'start' && other.start.timeMs + slackMs(policy) >= begun.timeMs + ttlMs(entry.history)
  return !outlasts && !entry.cleared(begun, other.start)
}

/** The load that a get had to wait for, where it is the only one and fails. */
function failedFor({ entry, get }: Late) {
  const during = entry.loads.filter(({ start }) => openAt(get, start))
  return during.length === 1 ? during.find((load) => failed(load) && over(load, get.end!)) : undefined
}
