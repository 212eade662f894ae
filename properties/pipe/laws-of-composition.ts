import {
  agree,
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
import { awaits, branched, inputs, type Pipe, pipeOf, pipes, reasons, values } from './observations.js'

/** Awaits that are answered, with their pipes. */
const answers = (h: History): readonly Answer[] => {
  const all = pipes(h)
  return awaits(h).flatMap((call) => {
    const pipe = pipeOf(all, call)
    return pipe && call.end ? [{ pipe, call }] : []
  })
}

const says = ({ end }: Span): string => `${settledAs(end)} with ${end?.value?.text}`

/** Whether a pipe gives nothing but an outcome that its own stages, or its input, came to. */
function ownOutcome(
  h: History,
  { pipe, call }: { readonly pipe: Pipe; readonly call: Span },
): Blame | undefined {
  const { end } = call
  const of = settledAs(end) === 'fulfilled' ? values(h, pipe) : reasons(h, pipe)
  if (of.some(({ event, value }) => same(value, end?.value) && event.seq < end!.seq)) return undefined
  const last = [...values(h, pipe), ...reasons(h, pipe)].at(-1)?.event
  return blame(`pipe ${pipe.id} is ${says(call)}, which nothing in it came to`, last, end)
}

/** Pipes that are made of the same stages, put together in different ways. */
const alike = (h: History) => answers(h).filter(({ call }) => call.start.detail?.alike === true)

interface Answer {
  readonly pipe: Pipe
  readonly call: Span
}

/** Whether one await of a pipe comes after another one of it. */
const twice = (one: Answer, other: Answer): boolean =>
  one.pipe === other.pipe && one.call.start.seq < other.call.start.seq

const groups = ({ start }: Span): readonly string[] => String(start.detail?.groups).split('+')
const separate = (call: Span): boolean => groups(call).every((size) => size === '1')

const differing = (h: History, comparable: (one: Span, other: Span) => boolean) =>
  firstBlame(alike(h), ({ call }) =>
    firstBlame(alike(h), ({ call: other }) =>
      comparable(call, other) && !agree(call.end, other.end)
        ? blame(
            `${says(call)} as ${groups(call).join('+')}, ${says(other)} as ${groups(other).join('+')}`,
            call.end,
            other.end,
          )
        : undefined,
    ),
  )

const composed = (one: Span, other: Span): boolean => separate(one) && !separate(other)
const regrouped = (one: Span, other: Span): boolean =>
  !separate(one) && !separate(other) && groups(one).join() !== groups(other).join()
const exercises = (h: History, comparable: (one: Span, other: Span) => boolean): boolean =>
  alike(h).some(({ call }) => alike(h).some(({ call: other }) => comparable(call, other)))

/** What a pipe gives. */
export const lawsOfComposition: Laws<PipePolicy> = {
  'from-gives-its-input': {
    level: 'required',
    statement:
      'A pipe without stages gives what it began with: the very value, or the outcome of the thenable.',
    source: { kind: 'kit', why: 'docs/pipe.md#from-gives-its-input' },
    hint: 'Resolve with the input, whatever it is, and let that adopt a thenable.',
    exercised: (h) => answers(h).some(({ pipe }) => pipe.stages.length === 0),
    violation: (h) =>
      firstBlame(answers(h), (answer) =>
        answer.pipe.stages.length === 0 ? ownOutcome(h, answer) : undefined,
      ),
  },
  'an-identity-stage-changes-nothing': {
    level: 'required',
    statement: 'A pipe whose stages all give back what they got gives what it began with.',
    source: { kind: 'kit', why: 'docs/pipe.md#an-identity-stage-changes-nothing' },
    hint: 'Hand values on as they are: no copies, no defaults, nothing made of what is falsy.',
    exercised: (h) => answers(h).some(({ pipe }) => identity(pipe) && inputs(h, pipe).length > 0),
    violation: (h) =>
      firstBlame(answers(h), ({ pipe, call }) => {
        const [input] = identity(pipe) ? inputs(h, pipe) : []
        if (!input || (settledAs(call.end) === 'fulfilled' && same(call.end?.value, input.value)))
          return undefined
        return blame(`it began with ${input.value?.text} and is ${says(call)}`, input.event, call.end)
      }),
  },
  'a-pipe-gives-what-its-last-stage-gave': {
    level: 'required',
    statement:
      'A pipe is fulfilled with the very value of its last stage, or rejected with the very reason of the one that failed.',
    source: { kind: 'kit', why: 'docs/pipe.md#a-pipe-gives-what-its-last-stage-gave' },
    hint: 'Hand out the promise of the chain as it is; wrap neither value nor reason.',
    exercised: (h) => !branched(h) && answers(h).some(({ pipe }) => pipe.stages.length > 0),
    violation: (h) =>
      branched(h)
        ? undefined
        : firstBlame(answers(h), (answer) =>
            answer.pipe.stages.length > 0 ? ownOutcome(h, answer) : undefined,
          ),
  },
  'branches-are-independent': {
    level: 'required',
    statement: 'Of several pipes that go on from one, each gives what its own stages came to.',
    source: { kind: 'kit', why: 'docs/pipe.md#branches-are-independent' },
    hint: 'Let `map` make a new pipe, with a list of stages of its own, and leave the old one as it is.',
    exercised: (h) => branched(h) && answers(h).some(({ pipe }) => pipe.stages.length > 0),
    violation: (h) =>
      branched(h)
        ? firstBlame(answers(h), (answer) =>
            answer.pipe.stages.length > 0 ? ownOutcome(h, answer) : undefined,
          )
        : undefined,
  },
  'awaiting-twice-gives-the-same': {
    level: 'required',
    statement: 'Whoever awaits a pipe, and whenever, gets the same outcome.',
    source: { kind: 'kit', why: 'docs/pipe.md#awaiting-twice-gives-the-same' },
    hint: 'Keep what came of the first await; an iterator or a generator of stages is used up by it.',
    exercised: (h) => answers(h).some((one) => answers(h).some((other) => twice(one, other))),
    violation: (h) =>
      firstBlame(answers(h), (other) => {
        const one = answers(h).find((each) => twice(each, other))
        return one && !agree(one.call.end, other.call.end)
          ? blame(
              `${other.call.actor} finds it ${says(other.call)}, and it was ${says(one.call)}`,
              one.call.end,
              other.call.end,
            )
          : undefined
      }),
  },
  composition: {
    level: 'required',
    statement: 'One stage that does what two do in turn comes to the same as the two.',
    source: { kind: 'kit', why: 'docs/pipe.md#composition' },
    hint: 'Treat what goes from stage to stage as a function treats an argument: nothing is special between two stages.',
    exercised: (h) => exercises(h, composed),
    violation: (h) => differing(h, composed),
  },
  associativity: {
    level: 'required',
    statement: 'It does not matter how stages are put together, as long as their order stays.',
    source: { kind: 'kit', why: 'docs/pipe.md#associativity' },
    hint: 'Do not count stages, and let none know its place.',
    exercised: (h) => exercises(h, regrouped),
    violation: (h) => differing(h, regrouped),
  },
}

/** Whether nothing but identity lies between the input and what a pipe gives. */
const identity = ({ made, parent }: Pipe): boolean =>
  parent !== undefined &&
  made.start.detail?.identity === true &&
  (parent.stages.length === 0 || identity(parent))
