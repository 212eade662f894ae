import { answered, blame, firstBlame, type History, type Laws, type Span } from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'
import { bodyEvents, openBlocks, runs } from './observations.js'

/** A row of awaits is played apart; its body writes nothing down. */
const long = ({ start }: Span): boolean => start.detail?.awaits !== undefined
const bodied = (h: History): readonly Span[] => runs(h).filter((run) => !long(run))

/** What comes of a whole body. */
export const lawsOfRuns: Laws<CoroutinePolicy> = {
  'the-body-runs-once': {
    level: 'required',
    statement: 'A run begins its body once.',
    source: { kind: 'kit', why: 'docs/coroutine.md#the-body-runs-once' },
    hint: 'Keep the generator: what the body has done cannot be done again, nor be skipped.',
    exercised: (h) => bodied(h).some(({ actor }) => bodyEvents(h, actor, 'beginning').length > 0),
    violation: (h) =>
      firstBlame(bodied(h), ({ actor }) => {
        const [first, again] = bodyEvents(h, actor, 'beginning')
        return again && blame(`body ${actor} begins again`, first, again)
      }),
  },
  'a-run-gives-what-its-body-returns': {
    level: 'required',
    statement: 'A run is fulfilled when its body returns, with the very value that it returns.',
    source: { kind: 'kit', why: 'docs/coroutine.md#a-run-gives-what-its-body-returns' },
    hint: 'The value of the last result, the one that says `done`, is the outcome.',
    exercised: (h) => bodied(h).some(({ actor, end }) => end && bodyEvents(h, actor, 'return').length > 0),
    violation: (h) =>
      firstBlame(bodied(h), ({ actor, end }) => {
        const [returned] = bodyEvents(h, actor, 'return')
        if (!end || (returned && answered(end, 'fulfilled', returned.value))) return undefined
        if (returned) return blame(`body ${actor} returned ${returned.value?.text}`, returned, end)
        return end.outcome === 'fulfilled'
          ? blame(`the run is fulfilled before body ${actor} has returned`, end)
          : undefined
      }),
  },
  'a-run-fails-with-what-its-body-throws': {
    level: 'required',
    statement: 'A run is rejected when its body throws, and then only, with the very error that it throws.',
    source: { kind: 'kit', why: 'docs/coroutine.md#a-run-fails-with-what-its-body-throws' },
    hint: 'Every turn of the generator may throw, the first one too: reject with that, and ask for nothing truthy.',
    exercised: (h) => bodied(h).some(({ actor, end }) => end && bodyEvents(h, actor, 'error').length > 0),
    violation: (h) =>
      firstBlame(bodied(h), ({ actor, end }) => {
        const [thrown] = bodyEvents(h, actor, 'error')
        if (!end || (thrown && answered(end, 'rejected', thrown.value))) return undefined
        if (thrown) return blame(`body ${actor} threw ${thrown.value?.text}`, thrown, end)
        const lost = end.outcome === 'fulfilled' || bodyEvents(h, actor, 'return').length > 0
        return lost ? undefined : blame(`the run fails before body ${actor} has thrown anything`, end)
      }),
  },
  'a-run-leaves-no-block-open': {
    level: 'required',
    statement: 'When a run ends, every `finally` block that its body was in has run, once.',
    source: { kind: 'kit', why: 'docs/coroutine.md#a-run-leaves-no-block-open' },
    hint: 'End the generator before you settle the run: by its own end, by `throw` or by `return`.',
    exercised: (h) =>
      bodied(h).some(
        ({ actor, end }) => end && bodyEvents(h, actor, 'suspension').some((at) => openBlocks(at).length > 0),
      ),
    violation: (h) =>
      firstBlame(bodied(h), ({ actor, end }) => {
        if (!end) return undefined
        return firstBlame(bodyEvents(h, actor, 'suspension'), (suspension) =>
          firstBlame(openBlocks(suspension), (block) => {
            const cleaned = bodyEvents(h, actor, 'finally').filter(({ detail }) => detail?.block === block)
            const inTime = cleaned.filter(({ seq }) => seq < end.seq)
            if (inTime.length === 1 && cleaned.length === 1) return undefined
            return blame(`a \`finally\` block ran ${inTime.length} times`, suspension, ...cleaned, end)
          }),
        )
      }),
  },
  'ten-thousand-awaits': {
    level: 'required',
    statement: 'A body may await ten thousand times in a row, thenables that call back at once too.',
    source: { kind: 'kit', why: 'docs/coroutine.md#ten-thousand-awaits' },
    hint: 'To resume the body from inside a callback nests: resume it in a turn of its own, or in a loop.',
    exercised: (h) => runs(h).some((run) => long(run) && run.end),
    violation: (h) =>
      firstBlame(runs(h).filter(long), ({ start, end }) => {
        const nests = h.of('touch').find(({ op }) => op === 'nests')
        if (answered(end, 'fulfilled', start.value)) return undefined
        // A driver that hops over a channel each time moves in turns that nobody sees, and may still be at it.
        if (!end && !nests) return undefined
        const ended = end ? `ends with ${end.value?.text}` : 'never ends'
        return blame(`the run ${ended}`, start, nests, end)
      }),
  },
  'long-runs-stay-linear': {
    level: 'untested',
    statement: 'The time of a run grows with the number of its awaits, and not with its square.',
    source: { kind: 'kit', why: 'docs/coroutine.md#long-runs-stay-linear' },
    reason: 'only a clock could tell, and no law asks one',
  },
}
