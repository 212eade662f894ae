import {
  type Blame,
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { PipePolicy } from './contract.js'
import {
  awaitedPipes,
  awaits,
  before,
  failed,
  fulfilled,
  inputs,
  type Pipe,
  pipeOf,
  pipes,
  runners,
  stageCalls,
} from './observations.js'

const no = (h: History, stage: string, flight: Span): string =>
  `${stage} #${h.flights(stage).indexOf(flight) + 1}`

/** How often a pipe is awaited. */
const times = (h: History, { id }: Pipe): number =>
  awaits(h).filter(({ start }) => start.detail?.pipe === id).length

/** The first stage that runs more often than there are pipes to run it for. */
const tooOften = (
  h: History,
  eager: boolean,
  matters: (users: readonly Pipe[]) => boolean,
): Blame | undefined => {
  const all = pipes(h)
  return firstBlame(
    all.flatMap(({ own }) => own),
    (stage) => {
      const users = runners(all, stage)
      const asked = users.filter((pipe) => times(h, pipe) > 0)
      const allowed = eager ? users.length : asked.length
      const flights = h.flights(stage)
      if (flights.length <= Math.max(allowed, 1) || !matters(asked)) return undefined
      return blame(
        `${stage} runs ${flights.length} times for ${allowed} pipes`,
        ...flights.map(({ start }) => start),
      )
    },
  )
}

/** When and how often stages run, and what they are given. */
export const lawsOfRunning: Laws<PipePolicy> = {
  'stages-run-in-order': {
    level: 'required',
    statement: 'A stage runs when the one before it is done.',
    source: { kind: 'kit', why: 'docs/pipe.md#stages-run-in-order' },
    hint: 'Await each stage before calling the next.',
    exercised: (h) => stageCalls(h).length > 1,
    violation: (h) =>
      firstBlame(stageCalls(h), ({ pipe, stage, flight }) => {
        const done = [...before(h, pipe, stage), ...before(h, pipe, stage, failed)]
        if (done.some(({ event }) => event.seq < flight.start.seq)) return undefined
        return blame(`${no(h, stage, flight)} runs before there is anything to give it`, flight.start)
      }),
  },
  'synchronous-and-asynchronous-stages-mix': {
    level: 'required',
    statement: 'A stage is given the very value of the one before it, whether that came at once or later.',
    source: { kind: 'kit', why: 'docs/pipe.md#synchronous-and-asynchronous-stages-mix' },
    hint: 'Await what a stage gives, whatever it is: never hand on a promise, and treat every thenable like one.',
    exercised: (h) => stageCalls(h).length > 0,
    violation: (h) =>
      firstBlame(stageCalls(h), ({ pipe, stage, flight }) => {
        const given = before(h, pipe, stage).filter(({ event }) => event.seq < flight.start.seq)
        if (given.length === 0 || given.some(({ value }) => same(value, flight.start.value))) return undefined
        const what = `${flight.start.value?.text} instead of ${given[0]?.value?.text}`
        return blame(`${no(h, stage, flight)} is given ${what}`, given[0]?.event, flight.start)
      }),
  },
  'an-error-skips-the-rest': {
    level: 'required',
    statement: 'Where a stage fails, or the input does, no stage behind it runs.',
    source: { kind: 'kit', why: 'docs/pipe.md#an-error-skips-the-rest' },
    hint: 'Let the failure of a stage leave the chain; do not hand `undefined` on in its place.',
    exercised: (h) =>
      pipes(h).some((pipe) => pipe.own.some((stage) => before(h, pipe, stage, failed).length > 0)),
    violation: (h) =>
      firstBlame(stageCalls(h), ({ pipe, stage, flight }) => {
        const failures = before(h, pipe, stage, failed).filter(({ event }) => event.seq < flight.start.seq)
        const values = before(h, pipe, stage).filter(({ event }) => event.seq < flight.start.seq)
        if (failures.length === 0 || values.length > 0) return undefined
        return blame(`${no(h, stage, flight)} runs behind a failure`, failures[0]?.event, flight.start)
      }),
  },
  'no-stage-is-left-out': {
    level: 'required',
    statement: 'A pipe that is fulfilled has run each of its stages.',
    source: { kind: 'kit', why: 'docs/pipe.md#no-stage-is-left-out' },
    hint: 'Run a stage for `undefined` and `null` too: whether there is anything to do is for the stage to say.',
    exercised: (h) =>
      awaits(h).some(
        (call) => settledAs(call.end) === 'fulfilled' && (pipeOf(pipes(h), call)?.stages.length ?? 0) > 0,
      ),
    violation: (h) =>
      firstBlame(awaits(h), (call) => {
        if (settledAs(call.end) !== 'fulfilled') return undefined
        const missing = pipeOf(pipes(h), call)?.stages.find((stage) => !h.flights(stage).some(fulfilled))
        return missing === undefined
          ? undefined
          : blame(
              `${call.actor} gets ${call.end?.value?.text}, and ${missing} never ran`,
              call.start,
              call.end,
            )
      }),
  },
  'a-stage-runs-once-per-awaited-pipe': {
    level: 'required',
    statement: 'A stage runs at most once for each awaited pipe that has it.',
    source: { kind: 'kit', why: 'docs/pipe.md#a-stage-runs-once-per-awaited-pipe' },
    hint: 'Run a pipe once and keep what comes of it; a branch may run the stages before it again, or share them.',
    exercised: (h) => stageCalls(h).length > 0,
    violation: (h, { policy }) =>
      tooOften(h, policy.start === 'eager', (users) => users.every((pipe) => times(h, pipe) < 2)),
  },
  'awaiting-twice-reruns-nothing': {
    level: 'required',
    statement: 'A pipe that is awaited again runs no stage again.',
    source: { kind: 'kit', why: 'docs/pipe.md#awaiting-twice-reruns-nothing' },
    hint: 'Keep the promise of the first await, a rejected one too, and hand it to all that follow.',
    exercised: (h) => awaitedPipes(h).some((pipe) => times(h, pipe) > 1 && pipe.stages.length > 0),
    violation: (h, { policy }) =>
      tooOften(h, policy.start === 'eager', (users) => users.some((pipe) => times(h, pipe) > 1)),
  },
  'nothing-runs-unasked': {
    level: 'required',
    statement: 'No stage of a lazy pipe runs before a pipe that has it is awaited.',
    source: { kind: 'kit', why: 'docs/pipe.md#nothing-runs-unasked' },
    hint: 'Let `map` note the stage down, and begin in `then`.',
    appliesWhen: ({ policy }) =>
      policy.start === 'lazy' || 'documented to start when it is built (`start: eager`)',
    exercised: (h) => pipes(h).some(({ own }) => own.length > 0),
    violation: (h) =>
      firstBlame(stageCalls(h), ({ stage, flight }) => {
        const users = runners(pipes(h), stage).map(({ id }) => id)
        const asked = awaits(h).some(
          ({ start }) => users.includes(Number(start.detail?.pipe)) && start.seq < flight.start.seq,
        )
        return asked
          ? undefined
          : blame(`${no(h, stage, flight)} runs although nobody has asked`, flight.start)
      }),
  },
  'an-unawaited-pipe-leaks-no-rejection': {
    level: 'required',
    statement: 'A lazy pipe that nobody awaits leaves no rejection unhandled.',
    source: { kind: 'kit', why: 'docs/pipe.md#an-unawaited-pipe-leaks-no-rejection' },
    hint: 'Derive no promise from the input before somebody asks: it would be rejected with nobody to handle it.',
    appliesWhen: ({ policy }) =>
      policy.start === 'lazy' || 'documented to start when it is built (`start: eager`)',
    exercised: (h) => {
      const asked = awaitedPipes(h).map(({ id }) => id)
      return pipes(h).some((pipe) => !asked.includes(pipe.id) && inputs(h, pipe, failed).length > 0)
    },
    violation: (h) =>
      awaitedPipes(h).length < pipes(h).length
        ? firstBlame(h.of('unhandled-rejection'), (event) =>
            blame(`${event.value?.text} is unhandled`, event),
          )
        : undefined,
  },
  'starts-when-it-is-built': {
    level: 'optional',
    statement:
      'An eager pipe begins by itself: where there is an input, the first stage runs before anybody awaits.',
    source: { kind: 'kit', why: 'docs/pipe.md#starts-when-it-is-built' },
    hint: 'The subject declares `start: eager`: subscribe to the input in `map`.',
    appliesWhen: ({ policy }) => policy.start === 'eager' || 'documented to start with the first await',
    exercised: (h) => awaits(h).length > 0 && firsts(h).length > 0,
    violation: (h) => {
      const [asked] = awaits(h)
      return firstBlame(asked ? firsts(h) : [], (stage) => {
        const [flight] = h.flights(stage)
        if (flight && flight.start.seq < asked!.start.seq) return undefined
        return blame(`${stage} has not run when ${asked?.actor} awaits`, asked?.start, flight?.start)
      })
    },
  },
}

/** Stages that have a plain value to begin with as soon as they are there. */
const firsts = (h: History): readonly string[] =>
  pipes(h).flatMap(({ parent, own }) => {
    const begins = parent?.stages.length === 0 && parent.made.start.detail?.input === undefined
    return begins ? own.slice(0, 1) : []
  })
