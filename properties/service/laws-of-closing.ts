import { blame, firstBlame, type History, type Laws, type Span } from '../../src/core/index.js'
import type { ServicePolicy } from './contract.js'
import {
  alike,
  askedFor,
  before,
  closings,
  disposes,
  finalClosers,
  isOf,
  lives,
  opened,
} from './observations.js'

/** That everything opened is closed, once, and nothing else. */
export const lawsOfClosing: Laws<ServicePolicy> = {
  'every-resource-is-closed': {
    level: 'required',
    statement: 'What was open or being opened when a dispose came is closed in the end.',
    source: { kind: 'kit', why: 'docs/service.md#every-resource-is-closed' },
    hint: 'A dispose that comes while the resource is opened must wait for it, or leave word that it be closed.',
    exercised: (h, context) => due(h, finalClosers(h, context)).length > 0,
    violation: (h, context) => {
      const all = due(h, finalClosers(h, context))
      return firstBlame(all, (opening, index) => {
        const owed = all.slice(0, index + 1).filter((other) => alike(other, opening)).length
        const done = closings(h).filter((closing) => isOf(closing, opening)).length
        if (done >= owed) return undefined
        const closer = finalClosers(h, context).find(({ start }) => before(opening.start, start))
        return blame(`${opening.end?.value?.text} is never closed`, opening.end, closer?.start)
      })
    },
  },
  'closes-once': {
    level: 'required',
    statement: 'No resource is closed twice.',
    source: { kind: 'kit', why: 'docs/service.md#closes-once' },
    hint: 'Forget the resource in the very turn in which you decide to close it, not after the closing.',
    exercised: (h) => closings(h).length > 0 && disposes(h).length > 1,
    violation: (h) =>
      firstBlame(closings(h), (closing, index) => {
        const given = opened(h).filter(
          (opening) => isOf(closing, opening) && before(opening.end, closing.start),
        )
        const earlier = closings(h)
          .slice(0, index)
          .filter((other) => given.some((opening) => isOf(other, opening)))
        return given.length > 0 && earlier.length >= given.length
          ? blame(`${resource(closing)} has been closed already`, earlier.at(-1)?.start, closing.start)
          : undefined
      }),
  },
  'closes-only-what-was-opened': {
    level: 'required',
    statement: 'A closing is handed what an opening gave, and only after it gave it.',
    source: { kind: 'kit', why: 'docs/service.md#closes-only-what-was-opened' },
    hint: 'Ask whether the resource is open, not whether somebody asked for it: an opening may have failed.',
    exercised: (h) => closings(h).length > 0,
    violation: (h) =>
      firstBlame(closings(h), (closing) =>
        opened(h).some((opening) => isOf(closing, opening) && before(opening.end, closing.start))
          ? undefined
          : blame('no opening gave this resource', closing.start),
      ),
  },
  'closes-nothing-unasked': {
    level: 'required',
    statement: 'A resource that nobody has disposed of is not closed.',
    source: { kind: 'kit', why: 'docs/service.md#closes-nothing-unasked' },
    hint: 'Take the resource along when the dispose comes; by the time you close it, the field may hold a newer one.',
    exercised: (h) => closings(h).length > 0,
    violation: (h) =>
      firstBlame(lives(h), ({ opening, closing }) => {
        const asked = askedFor(h, opening)
        if (!closing || !asked) return undefined
        const disposed = disposes(h).some(
          ({ start }) => before(asked.start, start) && before(start, closing.start),
        )
        return disposed ? undefined : blame('nobody has disposed of it', opening.end, closing.start)
      }),
  },
}

/** Openings whose resources must be closed in the end, given the disposes that see to it. */
const due = (h: History, closers: readonly Span[]): readonly Span[] =>
  opened(h).filter((opening) => closers.some(({ start }) => before(opening.start, start)))

const resource = ({ start }: Span): string => String(start.detail?.args ?? 'it')
