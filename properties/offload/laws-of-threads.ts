import { blame, firstBlame, type Laws, openAt } from '../../src/core/index.js'
import type { OffloadPolicy } from './contract.js'
import {
  acts,
  destroys,
  echoes,
  figure,
  figures,
  givenUp,
  isAlone,
  isUndisturbed,
  poolOf,
  workOf,
  works,
} from './observations.js'

/** What a case says that found itself where it would block its caller. */
const AT_HOME = "'ran in the thread of its caller'"

/** Where work runs, and how much of it at once. */
export const lawsOfThreads: Laws<OffloadPolicy> = {
  'the-event-loop-stays-alive': {
    level: 'required',
    statement: "While work blocks its thread, the caller's event loop goes on.",
    source: { kind: 'kit', why: 'docs/offload.md#the-event-loop-stays-alive' },
    hint: 'Neither `await` nor `setImmediate` takes work off the thread: only a worker does. Never wait for it with `Atomics.wait`.',
    judgesCutShort: true,
    // The world itself opens the gate that the work waits for, and does so on the caller's event loop.
    exercised: (h) => works(h).some(({ end }) => acts(h, 'open').some(({ seq }) => end && end.seq > seq)),
    violation: (h) =>
      firstBlame(h.of('hang'), (hang) =>
        blame('the event loop stood still', h.calls().at(-1)?.start, hang),
      ) ??
      firstBlame(
        [...h.calls('spin'), ...h.calls('exit')],
        ({ start, end }) =>
          end?.value?.text === AT_HOME && blame('the work ran on the event loop', start, end),
      ),
  },
  'never-more-than-its-threads': {
    level: 'required',
    statement: 'There is never more work under way at once than the pool has threads.',
    source: { kind: 'kit', why: 'docs/offload.md#never-more-than-its-threads' },
    hint: 'Count a worker as busy from when it gets its work until it has answered, and as there from when it is made.',
    exercised: (h) =>
      figures(h, 'most at once').some(
        ({ detail }) =>
          h.calls('spin').filter((call) => poolOf(call) === detail?.pool).length > Number(detail?.threads),
      ),
    violation: (h) =>
      firstBlame(figures(h, 'most at once'), (most) => {
        const threads = Number(most.detail?.threads)
        if (figure(most) <= threads) return undefined
        const starts = works(h).slice(0, figure(most))
        return blame(
          `${figure(most)} were under way at once, with ${threads} threads`,
          ...starts.map(({ start }) => start),
          most,
        )
      }),
  },
  'uses-its-threads': {
    level: 'recommended',
    statement: 'Work does not wait while a thread has none.',
    source: { kind: 'kit', why: 'docs/offload.md#uses-its-threads' },
    hint: 'Make a worker whenever all are busy and there are fewer than allowed.',
    exercised: (h) =>
      figures(h, 'idle').length > 0 ||
      works(h).some(({ start }) => works(h).some((work) => openAt(work, start))),
    violation: (h) =>
      firstBlame(figures(h, 'idle'), (idle) => {
        const call = h.calls('spin').find(({ start }) => start.detail?.key === idle.detail?.work)
        const others = works(h).filter((work) => openAt(work, idle))
        return (
          others.length > 0 && call && blame(`${call.actor} waits beside a free thread`, call.start, idle)
        )
      }),
  },
  'instances-are-independent': {
    level: 'required',
    statement: 'A pool works on, whatever keeps another one busy or destroys it.',
    source: { kind: 'kit', why: 'docs/offload.md#instances-are-independent' },
    hint: 'Keep workers and queue in the instance: a static pool is shared by everyone who ever makes one.',
    exercised: (h) => !isAlone(h) && echoes(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      isAlone(h)
        ? undefined
        : firstBlame(echoes(h), (call) => {
            const { start, end } = call
            if (!isUndisturbed(h, call)) return undefined
            const others = [...h.calls('spin').map((one) => workOf(h, one)), ...destroys(h)]
              .map((span) => span?.start)
              .filter((other) => other && other.seq < start.seq)
            const waits = givenUp(h, call)
            if (waits) return blame(`${start.actor} waits for ever`, ...others, start, waits)
            if (!end || end.outcome === 'fulfilled') return undefined
            return blame(`${start.actor} gets ${end.value?.text}`, ...others, start, end)
          }),
  },
}
