import { blame, firstBlame, type Laws, settledAs } from '../../src/core/index.js'
import type { ProgressPolicy } from './contract.js'
import { count, doneBefore, failed, flights, percent, reports, runs, working } from './observations.js'

const SILENT = 'documented to report nothing (`zeroSteps: silent`)'
const REPORTS = 'documented to report 100 (`zeroSteps: reports-100`)'

/** What is told meanwhile. */
export const lawsOfReports: Laws<ProgressPolicy> = {
  'one-report-per-step': {
    level: 'required',
    statement: 'Each step that is done is reported once: after it is done, and before the run ends.',
    source: { kind: 'kit', why: 'docs/progress.md#one-report-per-step' },
    hint: 'Report behind the await of each step, the last one too, and nowhere else.',
    exercised: (h) => working(h).some(({ end }) => end && doneBefore(h).length > 0),
    violation: (h) => {
      const early = reports(h).find((report, index) => doneBefore(h, report).length < index + 1)
      if (early && working(h).length > 0)
        return blame(`${reports(h).indexOf(early) + 1} reports, and fewer steps are done`, early)
      return firstBlame(working(h), ({ end }) => {
        const told = end && reports(h).filter(({ seq }) => seq < end.seq).length
        const finished = doneBefore(h, end)
        return told === undefined || told === finished.length
          ? undefined
          : blame(`${told} reports of ${finished.length} steps`, finished[told]?.end, end)
      })
    },
  },
  'a-report-is-a-percentage': {
    level: 'required',
    statement: 'A report is a number from 0 to 100.',
    source: { kind: 'kit', why: 'docs/progress.md#a-report-is-a-percentage' },
    hint: 'Divide by the number of steps, which may be 0, and count what is done, not what is begun.',
    exercised: (h) => reports(h).length > 0,
    violation: (h) =>
      firstBlame(reports(h), (report) =>
        percent(report) >= 0 && percent(report) <= 100
          ? undefined
          : blame(`${report.value?.text} is reported`, report),
      ),
  },
  'reports-never-decrease': {
    level: 'required',
    statement: 'No report is less than the one before it.',
    source: { kind: 'kit', why: 'docs/progress.md#reports-never-decrease' },
    hint: 'Tell what is done of the whole, not of what is left, nor of the current step.',
    exercised: (h) => reports(h).length > 1,
    violation: (h) =>
      firstBlame(reports(h), (report, index) => {
        const before = reports(h)[index - 1]
        return before && percent(report) < percent(before)
          ? blame(`${report.value?.text} after ${before.value?.text}`, before, report)
          : undefined
      }),
  },
  'a-hundred-when-all-is-done': {
    level: 'required',
    statement: 'The report of the last step is exactly 100.',
    source: { kind: 'kit', why: 'docs/progress.md#a-hundred-when-all-is-done' },
    hint: 'Compute it from the count; shares that are added up come to 99.99999999999999.',
    exercised: (h) => working(h).some(({ end }) => settledAs(end) === 'fulfilled'),
    violation: (h) =>
      firstBlame(working(h), ({ end }) => {
        const last = reports(h).at(-1)
        return settledAs(end) === 'fulfilled' && !(last && percent(last) === 100)
          ? blame(`all steps are done, and the last report is ${last?.value?.text ?? 'missing'}`, last, end)
          : undefined
      }),
  },
  'no-hundred-before-the-last-step': {
    level: 'required',
    statement: 'No report says 100 as long as a step is left.',
    source: { kind: 'kit', why: 'docs/progress.md#no-hundred-before-the-last-step' },
    hint: 'Round down, not to the nearest: of 200 steps 199 are not all.',
    exercised: (h) => working(h).some((run) => count(run) > 1) && reports(h).length > 0,
    violation: (h) =>
      firstBlame(working(h), (run) => {
        const early = reports(h).find(
          (report) => percent(report) >= 100 && doneBefore(h, report).length < count(run),
        )
        if (!early || flights(h).some((flight) => failed(flight) && flight.end!.seq < early.seq))
          return undefined
        return blame(`${doneBefore(h, early).length} of ${count(run)} steps are done`, early)
      }),
  },
  'no-hundred-on-failure': {
    level: 'required',
    statement: 'A run that fails does not report 100.',
    source: { kind: 'kit', why: 'docs/progress.md#no-hundred-on-failure' },
    hint: 'Report the end where the results are returned, not in a `finally`.',
    exercised: (h) => flights(h).some(failed),
    violation: (h) => {
      const broken = flights(h).find(failed)
      const full =
        broken && reports(h).find((report) => report.seq > broken.end!.seq && percent(report) >= 100)
      return full && blame('a step has failed, and 100 is reported', broken.end, full)
    },
  },
  'nothing-after-the-end': {
    level: 'required',
    statement: 'Once a run has ended, nothing is reported and no step begins.',
    source: { kind: 'kit', why: 'docs/progress.md#nothing-after-the-end' },
    hint: 'Report before the promise settles: who awaits has put the bar away by then.',
    exercised: (h) => runs(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(runs(h), ({ end }) => {
        const later = [...reports(h), ...flights(h).map(({ start }) => start)].find(
          ({ seq }) => end && seq > end.seq,
        )
        return later && blame('the run has ended', end, later)
      }),
  },
  'no-steps-no-report': {
    level: 'required',
    statement: 'A run of no steps reports nothing.',
    source: { kind: 'kit', why: 'docs/progress.md#no-steps-no-report' },
    hint: 'There is nothing to divide by: 0 of 0 is not a number.',
    appliesWhen: ({ policy }) => policy.zeroSteps === 'silent' || REPORTS,
    exercised: (h) => runs(h).some((run) => count(run) === 0),
    violation: (h) =>
      firstBlame(runs(h), (run) => {
        const [report] = count(run) === 0 ? reports(h) : []
        return report && blame(`${report.value?.text} is reported of no steps`, report)
      }),
  },
  'no-steps-one-report': {
    level: 'optional',
    statement: 'A run of no steps reports 100, once.',
    source: { kind: 'kit', why: 'docs/progress.md#no-steps-one-report' },
    hint: 'The subject declares `zeroSteps: reports-100`: a bar that waits for 100 must get it.',
    appliesWhen: ({ policy }) => policy.zeroSteps === 'reports-100' || SILENT,
    exercised: (h) => runs(h).some((run) => count(run) === 0 && run.end),
    violation: (h) =>
      firstBlame(runs(h), (run) => {
        if (count(run) > 0 || !run.end) return undefined
        const told = reports(h)
        return told.length === 1 && percent(told[0]!) === 100
          ? undefined
          : blame(`${told.length} reports of no steps`, ...told, run.end)
      }),
  },
}
