import {
  answered,
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  same,
} from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'
import { inCall, openBlocks, resumes, standing, suspendedAt } from './observations.js'

const applies = ({ traits }: { readonly traits: Readonly<Record<string, boolean>> }): true | string =>
  traits.manual || 'nothing is driven by hand (`manual` is absent)'

/** Calls of one kind that come where the coroutine stands so. */
const calls = (h: History, op: string, at: string): readonly Span[] =>
  h.calls(op).filter((call) => standing(h, call.actor, call.start) === at)

/** What the body hears first in a call that resumes it: what was brought, or nothing of the kind. */
const heard = (h: History, call: Span) =>
  inCall(h, call).find(({ op }) => op === 'continuation' || op === 'interruption')

const brought = (h: History, op: 'send' | 'throw', how: 'continuation' | 'interruption') =>
  firstBlame(calls(h, op, 'suspended'), (call) => {
    const told = heard(h, call)
    // The body hears the first `send` as its beginning, and that one brings nothing.
    if (call.start.value === undefined || (told?.op === how && same(told.value, call.start.value)))
      return undefined
    const what = told ? `hears ${told.value?.text}` : 'hears nothing'
    return blame(
      `${call.start.value.text} is sent, and body ${call.actor} ${what}`,
      call.start,
      told,
      call.end,
    )
  })

/** A coroutine that is driven by hand. */
export const lawsOfDriving: Laws<CoroutinePolicy> = {
  'values-travel-the-chain': {
    level: 'required',
    statement: 'What is sent is what the innermost `yield` of the chain gives, whatever its value.',
    source: { kind: 'kit', why: 'docs/coroutine.md#values-travel-the-chain' },
    hint: 'Call `next` of the generator with the value: a `for…of` loop drops what is sent.',
    appliesWhen: applies,
    exercised: (h) => calls(h, 'send', 'suspended').some(({ start }) => start.value !== undefined),
    violation: (h) => brought(h, 'send', 'continuation'),
  },
  'errors-travel-the-chain': {
    level: 'required',
    statement:
      'What is thrown at a suspended coroutine is thrown by the innermost `yield` of the chain, whatever it is.',
    source: { kind: 'kit', why: 'docs/coroutine.md#errors-travel-the-chain' },
    hint: 'Call `throw` of the generator; to close it and to throw yourself passes its `catch` blocks by.',
    appliesWhen: applies,
    exercised: (h) => calls(h, 'throw', 'suspended').length > 0,
    violation: (h) => brought(h, 'throw', 'interruption'),
  },
  'an-uncaught-error-reaches-the-driver': {
    level: 'required',
    statement: 'An error that the body does not catch is thrown at whoever resumed it.',
    source: { kind: 'kit', why: 'docs/coroutine.md#an-uncaught-error-reaches-the-driver' },
    hint: 'Let it pass; keep the books in a `finally`.',
    appliesWhen: applies,
    exercised: (h) => resumes(h).some((call) => inCall(h, call).some(({ op }) => op === 'error')),
    violation: (h) =>
      firstBlame(resumes(h), (call) => {
        const thrown = inCall(h, call).find(({ op }) => op === 'error')
        if (!thrown || !call.end || answered(call.end, 'threw', thrown.value)) return undefined
        return blame(`${call.op} does not throw ${thrown.value?.text}`, thrown, call.end)
      }),
  },
  'close-travels-the-chain': {
    level: 'required',
    statement:
      'To close a suspended coroutine runs each `finally` block it is in, the innermost first, once.',
    source: { kind: 'kit', why: 'docs/coroutine.md#close-travels-the-chain' },
    hint: 'Call `return` of the generator; to drop it runs nothing.',
    appliesWhen: applies,
    exercised: (h) =>
      calls(h, 'close', 'suspended').some((call) => {
        const at = suspendedAt(h, call.actor, call.start)
        return at !== undefined && openBlocks(at).length > 0
      }),
    violation: (h) =>
      firstBlame(calls(h, 'close', 'suspended'), (call) => {
        const at = suspendedAt(h, call.actor, call.start)
        if (!at || !call.end) return undefined
        const open = openBlocks(at)
        // Blocks that run in another call run too late.
        const ran = inCall(h, call).filter(({ op }) => op === 'finally')
        if (ran.map(({ detail }) => detail?.block).join() === open.join()) return undefined
        const what =
          ran.length === open.length ? 'run in another order' : `${ran.length} of ${open.length} run`
        return blame(`\`finally\` blocks: ${what}`, at, call.start, ...ran, call.end)
      }),
  },
  'close-is-no-error': {
    level: 'recommended',
    statement: 'To close a coroutine throws nothing in its body: no `catch` block runs.',
    source: { kind: 'kit', why: 'docs/coroutine.md#close-is-no-error' },
    hint: 'A special error that stands for closing is caught by the first `catch` that takes everything: use `return`.',
    appliesWhen: applies,
    exercised: (h) => calls(h, 'close', 'suspended').length > 0,
    violation: (h) =>
      firstBlame(calls(h, 'close', 'suspended'), (call) => {
        const told = heard(h, call)
        return told && blame(`body ${call.actor} is thrown ${told.value?.text} by a close`, call.start, told)
      }),
  },
  'the-state-is-where-it-stands': {
    level: 'required',
    statement:
      'The state is created before the first turn, running inside the body, suspended between turns, and closed for good after the end.',
    source: { kind: 'kit', why: 'docs/coroutine.md#the-state-is-where-it-stands' },
    hint: 'Set it before and after every turn, on the way out of an error too.',
    appliesWhen: applies,
    exercised: (h) => h.calls('state').length > 0 || h.of('handler').some(({ op }) => op === 'state'),
    violation: (h) => {
      const wrong = (client: string, said: string | undefined, event: Span['start'], at = event) => {
        const is = standing(h, client, at)
        return said !== undefined && said !== `'${is}'` && blame(`the state is ${is}, not ${said}`, event)
      }
      return (
        firstBlame(
          h.calls('state'),
          ({ actor, start, end }) => end && wrong(actor, end.value?.text, end, start),
        ) ??
        firstBlame(h.of('handler'), (event) =>
          event.op === 'state'
            ? wrong(event.actor.slice('body '.length), event.value?.text, event)
            : undefined,
        )
      )
    },
  },
  'a-re-entrant-send-is-an-error': {
    level: 'required',
    statement: 'A body that resumes its own coroutine while it runs is thrown an error, and goes on.',
    source: { kind: 'ecma-262', clause: '27.5.3.2 GeneratorValidate' },
    hint: 'Refuse to resume what is running; there is nothing that such a call could wait for.',
    appliesWhen: applies,
    exercised: (h) => h.of('handler').some(({ op }) => op === 'reentry'),
    violation: (h) =>
      firstBlame(h.of('handler'), (event) =>
        event.op === 'admission'
          ? blame(`${event.actor} resumes itself, and nothing says no`, event)
          : undefined,
      ),
  },
  'a-finished-one-refuses': {
    level: 'required',
    statement: 'To send to a coroutine that has finished throws, and runs nothing of it.',
    source: { kind: 'kit', why: 'docs/coroutine.md#a-finished-one-refuses' },
    hint: 'Ask for the state first: a native generator that is driven again gives `undefined`, which looks like a value.',
    appliesWhen: (context) =>
      context.policy.again === 'throws'
        ? applies(context)
        : 'documented to replay its end (`again: replays`)',
    exercised: (h) => calls(h, 'send', 'closed').length > 0,
    violation: (h) =>
      firstBlame(calls(h, 'send', 'closed'), (call) => {
        const [again] = inCall(h, call)
        if (!call.end || (call.end.outcome === 'threw' && !again)) return undefined
        return blame('it has finished, and is driven again', call.start, again, call.end)
      }),
  },
  'a-finished-one-replays': {
    level: 'optional',
    statement:
      'To send to a coroutine that has finished runs nothing of it, and throws nothing but what it ended with.',
    source: { kind: 'kit', why: 'docs/coroutine.md#a-finished-one-replays' },
    hint: 'The subject declares `again: replays`: keep the outcome, and give it again.',
    appliesWhen: (context) =>
      context.policy.again === 'replays' ? applies(context) : 'documented to throw (`again: throws`)',
    exercised: (h) => calls(h, 'send', 'closed').length > 0,
    violation: (h) =>
      firstBlame(calls(h, 'send', 'closed'), (call) => {
        const [again] = inCall(h, call)
        if (again) return blame('it has finished, and runs again', call.start, again)
        const { start, end } = call
        const ended = (one: Span) => one.start.seq < start.seq && answered(one.end, 'threw', end?.value)
        return end?.outcome === 'threw' && !resumes(h).some(ended)
          ? blame(`it did not end with ${end.value?.text}`, start, end)
          : undefined
      }),
  },
  'closing-again-does-nothing': {
    level: 'recommended',
    statement: 'To close a coroutine that has finished does nothing.',
    source: { kind: 'kit', why: 'docs/coroutine.md#closing-again-does-nothing' },
    hint: 'Whoever cleans up does not know how far things got: let `close` be called at any time.',
    appliesWhen: applies,
    exercised: (h) => calls(h, 'close', 'closed').length > 0,
    violation: (h) =>
      firstBlame(calls(h, 'close', 'closed'), (call) => {
        const [again] = inCall(h, call)
        return call.end?.outcome === 'threw' || again
          ? blame('it has finished, and is closed again', call.start, again, call.end)
          : undefined
      }),
  },
}
