import {
  answered,
  blame,
  firstBlame,
  firstOverlap,
  type Laws,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { ProgressPolicy } from './contract.js'
import { count, failed, flights, runs, thrower } from './observations.js'

/** How steps are done, and what comes of them. */
export const lawsOfSteps: Laws<ProgressPolicy> = {
  'steps-in-order': {
    level: 'required',
    statement: 'Steps are done in order from 0, each once, and none beyond the last.',
    source: { kind: 'kit', why: 'docs/progress.md#steps-in-order' },
    hint: 'Count from 0 to less than `steps`, and pass the count on.',
    exercised: (h) => flights(h).length > 0,
    violation: (h) =>
      firstBlame(flights(h), ({ start }, index) => {
        if (start.detail?.index !== index)
          return blame(`the step after ${index} others is ${start.value?.text}`, start)
        return runs(h).some((run) => index >= count(run))
          ? blame(`there is no step ${index}`, start)
          : undefined
      }),
  },
  'one-step-at-a-time': {
    level: 'required',
    statement: 'A step begins when the one before it has ended.',
    source: { kind: 'kit', why: 'docs/progress.md#one-step-at-a-time' },
    hint: 'Await each step inside the loop; `Promise.all` starts them together.',
    exercised: (h) => flights(h).length > 1,
    violation: (h) => {
      const overlap = firstOverlap(flights(h))
      return overlap && blame('a step is still under way', overlap[0].start, overlap[1].start)
    },
  },
  'results-in-order': {
    level: 'required',
    statement: 'A run gives the list of what its steps gave, the very values, in the order of the steps.',
    source: { kind: 'kit', why: 'docs/progress.md#results-in-order' },
    hint: 'Keep each result at the place of its step, whatever it is: `undefined` and `0` are results too.',
    exercised: (h) => runs(h).some(({ end }) => settledAs(end) === 'fulfilled'),
    violation: (h) =>
      firstBlame(runs(h), (run) => {
        if (settledAs(run.end) !== 'fulfilled') return undefined
        const length = h.of('read').find(({ op }) => op === 'length')
        if (length?.detail?.length !== count(run))
          return blame(
            `a list of ${length?.detail?.length ?? 'nothing'}, from ${count(run)} steps`,
            run.end,
            length,
          )
        return firstBlame(
          h.of('read').filter((event) => event !== length),
          (read) => {
            const flight = flights(h).find(({ start }) => start.detail?.index === read.detail?.index)
            if (!flight || same(flight.end?.value, read.value)) return undefined
            return blame(
              `${read.op} is ${read.value?.text}, not ${flight.end?.value?.text}`,
              flight.end,
              read,
            )
          },
        )
      }),
  },
  'a-failed-step-ends-the-run': {
    level: 'required',
    statement: 'Where a step fails, the run is rejected with the very reason, and no further step begins.',
    source: { kind: 'kit', why: 'docs/progress.md#a-failed-step-ends-the-run' },
    hint: 'Let the rejection leave the loop.',
    exercised: (h) => flights(h).some(failed),
    violation: (h) => {
      const broken = flights(h).find(failed)
      if (!broken) return undefined
      const next = flights(h).find(({ start }) => start.seq > broken.end!.seq)
      if (next) return blame(`step ${next.start.value?.text} begins after a failure`, broken.end, next.start)
      return firstBlame(runs(h), ({ end }) =>
        end && !thrower(h) && !(settledAs(end) === 'rejected' && same(end.value, broken.end?.value))
          ? blame(`the run is ${settledAs(end)} with ${end.value?.text}`, broken.end, end)
          : undefined,
      )
    },
  },
  'a-throwing-report-is-ignored': {
    level: 'required',
    statement: 'A report that throws changes nothing: the steps go on, and their results are the outcome.',
    source: { kind: 'kit', why: 'docs/progress.md#a-throwing-report-is-ignored' },
    hint: 'Call `onProgress` in a `try` of its own; what watches the work must not be able to undo it.',
    appliesWhen: ({ policy }) =>
      policy.callbackThrow === 'ignored' || 'documented to reject the run (`callbackThrow: rejects`)',
    exercised: (h) => thrower(h) !== undefined,
    violation: (h) => {
      const thrown = thrower(h)
      if (!thrown || flights(h).some(failed)) return undefined
      return firstBlame(runs(h), ({ end }) =>
        settledAs(end) === 'fulfilled'
          ? undefined
          : blame(
              end ? `the results are lost: ${end.outcome} ${end.value?.text}` : 'the run never ends',
              thrown,
              end,
            ),
      )
    },
  },
  'a-throwing-report-ends-the-run': {
    level: 'optional',
    statement:
      'A report that throws ends the run: it is rejected with what was thrown, and no further step begins.',
    source: { kind: 'kit', why: 'docs/progress.md#a-throwing-report-ends-the-run' },
    hint: 'The subject declares `callbackThrow: rejects`: let the error leave the loop, whatever it is.',
    appliesWhen: ({ policy }) => policy.callbackThrow === 'rejects' || 'documented to be ignored',
    exercised: (h) => thrower(h) !== undefined,
    violation: (h) => {
      const thrown = thrower(h)
      if (!thrown) return undefined
      const next = flights(h).find(({ start }) => start.seq > thrown.seq)
      if (next) return blame(`step ${next.start.value?.text} begins all the same`, thrown, next.start)
      return firstBlame(runs(h), ({ end }) =>
        end && !(answered(end, 'rejected', end.value) && end.value?.id === thrown.detail?.throws)
          ? blame(`the run is ${end.outcome} ${end.value?.text}`, thrown, end)
          : undefined,
      )
    },
  },
}
