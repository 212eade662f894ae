import {
  agree,
  blame,
  firstBlame,
  type History,
  type Laws,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import {
  awaits,
  chained,
  chains,
  handled,
  handles,
  letThrough,
  outcomeBefore,
  tellings,
  tellsTheTask,
  unanswered,
} from './observations.js'

const CHAINING = ['then', 'catch']
const handling = (h: History): readonly Span[] => CHAINING.flatMap((op) => h.calls(op))

export const lawsOfHandlers: Laws<AwaitablePolicy> = {
  'then-returns-a-thenable': {
    level: 'required',
    statement: '`then`, `catch` and `finally` return a thenable, whatever they are given, and do not throw.',
    source: { kind: 'promises-aplus', clause: '2.2.7' },
    hint: 'Return a new promise from `then`; a callback API with the name `then` cannot be chained.',
    exercised: (h) => chains(h).some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame(chains(h), ({ start, end }) => {
        if (end?.outcome === 'returned')
          return blame(`\`${start.op}\` returned ${end.value?.text}, which is no thenable`, start, end)
        return end?.outcome === 'threw' && !letThrough(h, end)
          ? blame(`\`${start.op}\` threw ${end.value?.text}`, start, end)
          : undefined
      }),
  },
  'gives-what-the-handler-returned': {
    level: 'required',
    statement: 'The thenable that `then` returns is fulfilled with the value that the handler returned.',
    source: { kind: 'promises-aplus', clause: '2.2.7.1' },
    hint: 'Resolve the derived promise with what the handler returned, also when that is falsy, and after onRejected.',
    exercised: (h) => handled(h, CHAINING).some(({ event }) => event.detail?.returns !== undefined),
    violation: (h) =>
      firstBlame(handled(h, CHAINING), ({ call: { end }, event }) => {
        const { returns, text } = event.detail ?? {}
        if (returns === undefined || !end) return undefined
        if (settledAs(end) === 'fulfilled' && end.value?.id === returns) return undefined
        return blame(
          `the handler returned ${text}, it is ${settledAs(end)} with ${end.value?.text}`,
          event,
          end,
        )
      }),
  },
  'adopts-a-thenable-the-handler-returned': {
    level: 'required',
    statement: 'Where the handler returned a thenable, the derived one goes as that one goes.',
    source: { kind: 'promises-aplus', clause: '2.3.2, 2.3.3' },
    hint: 'Resolve the derived promise with the thenable, do not fulfil it: and ask for `then`, not for `instanceof`.',
    exercised: (h) => handled(h, CHAINING).some(({ adopted }) => adopted !== undefined),
    violation: (h) =>
      firstBlame(handled(h, CHAINING), ({ call, adopted }) => {
        if (!adopted) return undefined
        const { end = unanswered(h, call) } = call
        const followed = adopted.end && end && agree(adopted.end, end) && adopted.end.seq < end.seq
        if (!end || followed) return undefined
        const went = adopted.end ? `${adopted.end.outcome} with ${adopted.end.value?.text}` : 'pending'
        const got = end.value ? `is ${settledAs(end)} with ${end.value.text}` : 'never settles'
        return blame(`the handler's thenable is ${went}, the derived one ${got}`, adopted.end, end)
      }),
  },
  'a-handler-that-throws-rejects': {
    level: 'required',
    statement: 'Where a handler throws, the derived thenable is rejected with what it threw.',
    source: { kind: 'promises-aplus', clause: '2.2.7.2' },
    hint: 'Call the handler in a `try` and reject with what it throws, falsy or not.',
    exercised: (h) => handled(h, CHAINING).some(({ event }) => event.detail?.throws !== undefined),
    violation: (h) =>
      firstBlame(handled(h, CHAINING), ({ call, event }) => {
        const { throws, text } = event.detail ?? {}
        const { end = unanswered(h, call) } = call
        if (throws === undefined || !end) return undefined
        if (settledAs(end) === 'rejected' && end.value?.id === throws) return undefined
        const got = end.value ? `it is ${settledAs(end)} with ${end.value.text}` : 'it never settles'
        return blame(`the handler threw ${text}, ${got}`, event, end)
      }),
  },
  'passes-through-without-a-handler': {
    level: 'required',
    statement: 'Where there is no function for an outcome, the derived thenable takes that outcome over.',
    source: { kind: 'promises-aplus', clause: '2.2.7.3, 2.2.7.4' },
    hint: 'Ask `typeof handler === "function"`; anything else is ignored, and the outcome is passed on.',
    exercised: (h) =>
      handling(h).some((call) => {
        const outcome = call.end && outcomeBefore(h, call.end)
        return outcome !== undefined && !handles(call, outcome)
      }),
    violation: (h) =>
      firstBlame(handling(h), (call) => {
        const { start, end } = call
        const outcome = end && outcomeBefore(h, end)
        if (!outcome || !chained(call) || handles(call, outcome) || tellsTheTask(h, end)) return undefined
        return blame(
          `nothing handles that the task ${outcome}, \`${start.op}\` is ${settledAs(end)} with ${end.value?.text}`,
          start,
          end,
        )
      }),
  },
  'a-throwing-handler-harms-nobody': {
    level: 'required',
    statement: 'A handler that throws changes nothing for other subscribers.',
    source: { kind: 'promises-aplus', clause: '2.2.7.2, 2.1.2, 2.1.3' },
    hint: 'What a handler throws rejects the derived promise alone: it must not leave the loop over the subscribers.',
    exercised: (h) =>
      handled(h, CHAINING).some(({ event }) => event.detail?.throws !== undefined) && h.calls().length > 1,
    violation: (h) =>
      firstBlame(handled(h, CHAINING), ({ call, event }) => {
        if (event.detail?.throws === undefined) return undefined
        // What it threw shows up where it does not belong, or those who waited with it are forgotten.
        const { throws } = event.detail
        const told = tellings(h).find(
          ({ call: other, event: later }) =>
            other !== call && later.seq > event.seq && later.value?.id === throws && !tellsTheTask(h, later),
        )
        if (told) return blame(`${told.event.actor} is told ${told.event.value?.text}`, event, told.event)
        const silent = awaits(h).find(
          (other) =>
            other.start.seq < event.seq &&
            h.handlers(other).length === 0 &&
            unanswered(h, other) !== undefined,
        )
        return silent && blame(`${silent.actor} is never told`, event, silent.start, unanswered(h, silent))
      }),
  },
}
