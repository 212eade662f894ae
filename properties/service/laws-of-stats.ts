import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'
import {
  askedFor,
  before,
  closers,
  disposes,
  gets,
  opened,
  openings,
  type ServiceContext,
  succeeded,
  waits,
} from './observations.js'

const statsOnly = ({ traits }: ServiceContext): true | string => traits.stats || 'the subject has no `stats`'

/** That the figures which a service keeps of itself are true. */
export const lawsOfStats: Laws<ServicePolicy> = {
  'stats-say-whether-it-is-open': {
    level: 'required',
    statement: '`initialized` is true while the resource is open, and false where nothing is.',
    source: { kind: 'kit', why: 'docs/service.md#stats-say-whether-it-is-open' },
    hint: 'Set it when the opening has succeeded, and clear it with the dispose, not when the first get comes.',
    appliesWhen: statsOnly,
    exercised: (h, context) => reads(h, 'initialized').some((read) => isOpen(h, context, read) !== undefined),
    violation: (h, context) =>
      firstBlame(reads(h, 'initialized'), (read) => {
        const truth = isOpen(h, context, read)
        return truth === undefined || read.value?.text === String(truth)
          ? undefined
          : blame(`it is ${truth ? 'open' : 'not open'}`, read)
      }),
  },
  'stats-tell-how-long-opening-took': {
    level: 'required',
    statement: '`initTimeMs` is the time from the beginning of the opening to its end.',
    source: { kind: 'kit', why: 'docs/service.md#stats-tell-how-long-opening-took' },
    hint: 'Take the time right before `open` is called and right after what it gave has settled.',
    appliesWhen: statsOnly,
    exercised: (h, context) =>
      reads(h, 'initTimeMs').some((read) =>
        timed(h, context, read).some(({ start, end }) => end!.timeMs > start.timeMs),
      ),
    violation: (h, context) =>
      firstBlame(reads(h, 'initTimeMs'), (read) => {
        const candidates = timed(h, context, read)
        if (candidates.length === 0) return undefined
        const stated = Number(read.value?.text)
        const fits = candidates.some((opening) => {
          const [least, most] = duration(h, opening)
          return stated >= least - 1 && stated <= most + 1
        })
        const [{ end, start }] = candidates as [Span]
        return fits ? undefined : blame(`opening took ${end!.timeMs - start.timeMs} ms`, end, read)
      }),
  },
  'stats-count-the-gets': {
    level: 'required',
    statement: '`accessCount` is the number of gets.',
    source: { kind: 'kit', why: 'docs/service.md#stats-count-the-gets' },
    hint: 'Count every get, also one that finds the resource open or joins others who wait.',
    appliesWhen: statsOnly,
    exercised: (h) =>
      reads(h, 'accessCount').some((read) => gets(h).some(({ start }) => before(start, read))),
    violation: (h) =>
      firstBlame(reads(h, 'accessCount'), (read) => {
        const [least, most] = accesses(h, read)
        const stated = Number(read.value?.text)
        return stated >= least && stated <= most
          ? undefined
          : blame(`there were ${least === most ? most : `${least} to ${most}`} gets`, read)
      }),
  },
}

const reads = (h: History, op: string): readonly HistoryEvent[] =>
  h.of('read').filter((read) => read.op === op)

/** Whether the resource is open when somebody looks; undefined where nobody can be sure. */
function isOpen(h: History, context: ServiceContext, read: HistoryEvent): boolean | undefined {
  if (openings(h).some((opening) => waits(opening, read)) || gets(h).some((get) => waits(get, read)))
    return undefined
  const last = opened(h).findLast(({ end }) => before(end, read))
  if (!last) return false
  const asked = askedFor(h, last) ?? last
  const later = disposes(h).filter(({ start }) => before(asked.start, start) && before(start, read))
  // An opening that begins late may be meant by a dispose that came before it, or come after that.
  if (before(later[0]?.start, last.start)) return undefined
  if (later.length === 0) return true
  const revived = gets(h).some(({ start }) => before(later[0]!.start, start) && before(start, read))
  const closed = closers(h, context).some((dispose) => later.includes(dispose) && before(dispose.end, read))
  return closed && !revived ? false : undefined
}

/** Openings whose time may be told when somebody looks, while the resource is surely open. */
const timed = (h: History, context: ServiceContext, read: HistoryEvent): readonly Span[] =>
  isOpen(h, context, read) === true
    ? openings(h).filter((each) => succeeded(each) && before(each.end, read))
    : []

/** From the call of `open` to its end, and at most from the get that asked for it to the first that was served. */
function duration(h: History, opening: Span): readonly [number, number] {
  const asked = gets(h).find((get) => waits(get, opening.start))
  const served = gets(h).find(({ end }) => settledAs(end) === 'fulfilled' && before(opening.end, end))
  const began = (asked ?? opening).start.timeMs
  const ended = (served ?? opening).end!.timeMs
  return [opening.end!.timeMs - opening.start.timeMs, ended - began]
}

/** The least and the most that may have been counted: gets that failed or wait, and those before a dispose, may not be. */
function accesses(h: History, read: HistoryEvent): readonly [number, number] {
  const asked = gets(h).filter(({ start }) => before(start, read))
  const disposed = disposes(h).findLast(({ start }) => before(start, read))
  const certain = asked.filter(
    ({ start, end }) =>
      settledAs(end) === 'fulfilled' && before(end, read) && !(disposed && before(start, disposed.start)),
  )
  return [certain.length, asked.length]
}
