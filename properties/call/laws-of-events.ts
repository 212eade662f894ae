import {
  blame,
  type Context,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  type Span,
  same,
} from '../../src/core/index.js'
import type { CallPolicy } from './contract.js'
import { decided, emissions, endsSoon, errorDuring, first, isDuring, lastMs, waits } from './happenings.js'
import { failed, fulfilled, hidesReason } from './observations.js'
import { BYSTANDER, DONE } from './waiting.js'

const NO_EVENT = 'the subject does not wait for an event'
const timesOut = ({ traits, policy }: Context<CallPolicy>): true | string =>
  !traits.event ? NO_EVENT : policy.timeout === 'rejects' || 'the subject knows no time-out (`timeout`)'
const takesSignals = ({ traits, policy }: Context<CallPolicy>): true | string =>
  !traits.event
    ? NO_EVENT
    : policy.abort !== 'unsupported' || 'the subject takes no signal (`abort: unsupported`)'
const waitsForEvents = ({ traits }: Context<CallPolicy>): true | string => traits.event || NO_EVENT

/** How a wait for an event ends, and what is left of it. */
export const lawsOfEvents: Laws<CallPolicy> = {
  'misses-no-event': {
    level: 'required',
    statement: 'The next event answers whoever waits for it, however soon after the call it comes.',
    source: { kind: 'kit', why: 'docs/call.md#misses-no-event' },
    hint: 'Add the listener in the very turn of the call, before anything is awaited.',
    appliesWhen: waitsForEvents,
    exercised: (h, context) => waits(h).some((wait) => decided(h, context, wait, 'event')),
    violation: (h, context) =>
      firstBlame(waits(h), (wait) => {
        const event = decided(h, context, wait, 'event')
        return event && !endsSoon(h, wait, event, fulfilled)
          ? blame(`${wait.actor} does not get it`, wait.start, event, wait.end)
          : undefined
      }),
  },
  'gives-the-first-argument': {
    level: 'required',
    statement: 'The answer is the first argument of the event, as it was.',
    source: { kind: 'kit', why: 'docs/call.md#gives-the-first-argument' },
    hint: 'Resolve with the argument itself: falsy ones too, and not with a list of all.',
    appliesWhen: waitsForEvents,
    exercised: (h, context) => waits(h).some((wait) => decided(h, context, wait, 'event') && wait.end),
    violation: (h, context) =>
      firstBlame(waits(h), (wait) => {
        const event = decided(h, context, wait, 'event')
        return event && fulfilled(wait) && !same(event.value, wait.end?.value)
          ? blame(`${wait.actor} gets ${wait.end?.value?.text} instead`, event, wait.end)
          : undefined
      }),
  },
  'waits-for-its-own-event': {
    level: 'required',
    statement: 'Nobody is fulfilled before the event has come that is waited for, after the call.',
    source: { kind: 'kit', why: 'docs/call.md#waits-for-its-own-event' },
    hint: 'Listen for that one event, and remember none that came before.',
    appliesWhen: waitsForEvents,
    exercised: (h) => waits(h).some(fulfilled),
    violation: (h) =>
      firstBlame(waits(h), (wait) => {
        const come = emissions(h, DONE).some(({ seq }) => seq > wait.start.seq && seq < (wait.end?.seq ?? 0))
        return fulfilled(wait) && !come
          ? blame(`no such event has come for ${wait.actor}`, wait.start, wait.end)
          : undefined
      }),
  },
  'an-error-event-rejects': {
    level: 'required',
    statement: 'An `error` event rejects whoever waits for another one, with that very error.',
    source: {
      kind: 'node',
      clause: 'events.once(emitter, name): rejects if the emitter emits `error` while waiting',
    },
    hint: 'Listen for `error` as well; an emitter that failed may never send the other event.',
    appliesWhen: ({ traits, policy }) =>
      !traits.event ? NO_EVENT : policy.errorEvent === 'rejects' || 'documented to ignore it (`errorEvent`)',
    exercised: (h, context) => waits(h).some((wait) => decided(h, context, wait, 'error')),
    violation: (h, context) =>
      firstBlame(waits(h), (wait) => {
        const error = decided(h, context, wait, 'error')
        const told = error && endsSoon(h, wait, error, failed) && same(error.value, wait.end?.value)
        return error && !told
          ? blame(`${wait.actor} is told ${wait.end?.value?.text ?? 'nothing'}`, error, wait.end)
          : undefined
      }),
  },
  'an-error-event-is-ignored': {
    level: 'optional',
    statement: 'An `error` event changes nothing for whoever waits for another one.',
    source: { kind: 'kit', why: 'docs/call.md#an-error-event-is-ignored' },
    hint: 'The subject declares `errorEvent: ignored`: listen for the one event only.',
    appliesWhen: ({ traits, policy }) =>
      !traits.event ? NO_EVENT : policy.errorEvent === 'ignored' || 'documented to reject (`errorEvent`)',
    exercised: (h) => waits(h).some((wait) => errorDuring(h, wait)),
    violation: (h, context) =>
      firstBlame(waits(h), (wait) => {
        const error = errorDuring(h, wait)
        return error && failed(wait) && !first(h, context, wait, wait.end)
          ? blame(`${wait.actor} is rejected`, error, wait.end)
          : undefined
      }),
  },
  'an-abort-ends-the-wait': {
    level: 'required',
    statement:
      'Whoever waits when its signal aborts is rejected at once, with the reason that is documented.',
    source: { kind: 'kit', why: 'docs/call.md#an-abort-ends-the-wait' },
    hint: 'Listen for `abort` and reject with `signal.reason`.',
    appliesWhen: takesSignals,
    exercised: (h, context) => waits(h).some((wait) => isDuring(wait, decided(h, context, wait, 'abort'))),
    violation: (h, context) => unaborted(h, context, isDuring),
  },
  'an-aborted-signal-is-seen': {
    level: 'required',
    statement: 'Whoever comes with a signal that has aborted is rejected at once.',
    source: { kind: 'kit', why: 'docs/call.md#an-aborted-signal-is-seen' },
    hint: 'Ask for `signal.aborted` first: no `abort` event comes any more.',
    appliesWhen: takesSignals,
    exercised: (h, context) =>
      waits(h).some((wait) => {
        const abort = decided(h, context, wait, 'abort')
        return abort !== undefined && !isDuring(wait, abort)
      }),
    violation: (h, context) => unaborted(h, context, (wait, abort) => !isDuring(wait, abort)),
  },
  'the-wait-ends-in-time': {
    level: 'required',
    statement: 'Whoever waits for longer than it wants to is rejected: not earlier, and not much later.',
    source: { kind: 'kit', why: 'docs/call.md#the-wait-ends-in-time' },
    hint: 'Start a timer with the wait, and let it reject.',
    appliesWhen: timesOut,
    exercised: (h, context) => waits(h).some((wait) => decided(h, context, wait, 'time')),
    violation: (h, context) =>
      firstBlame(waits(h), (wait) => {
        const limitMs = Number(wait.start.detail?.timeoutMs ?? Number.NaN)
        const early = failed(wait) && !first(h, context, wait, wait.end)
        if (early && limitMs > 0 && lastMs(h, wait) < limitMs - 1)
          return blame(`${wait.actor} had ${limitMs} ms`, wait.start, wait.end)
        const over = decided(h, context, wait, 'time')
        return over && !endsSoon(h, wait, over, failed)
          ? blame(`the ${limitMs} ms of ${wait.actor} are over`, wait.start, wait.end ?? h.events.at(-1))
          : undefined
      }),
  },
  'no-listener-left-on-the-emitter': {
    level: 'required',
    statement: 'However a wait ends, none of its listeners is left on the emitter.',
    source: { kind: 'kit', why: 'docs/call.md#no-listener-left-on-the-emitter' },
    hint: 'Remove all listeners on every way out: event, error, abort and time-out.',
    appliesWhen: waitsForEvents,
    exercised: (h) => waits(h).length > 0 && waits(h).every(({ end }) => end),
    violation: (h) => {
      if (!waits(h).every(({ end }) => end)) return undefined
      return firstBlame([DONE, 'other', 'error'], (name) => {
        const left = h.of('touch').findLast(({ detail }) => detail?.event === name)
        return left && Number(left.detail?.count) > 0
          ? blame(`${left.detail?.count} are left for '${name}'`, left)
          : undefined
      })
    },
  },
  'the-others-keep-listening': {
    level: 'required',
    statement: 'Who else listens to the emitter goes on hearing every event.',
    source: { kind: 'kit', why: 'docs/call.md#the-others-keep-listening' },
    hint: "Take off the listeners that are one's own: `removeAllListeners` is not a way to tidy up.",
    appliesWhen: waitsForEvents,
    exercised: (h) => waits(h).some(({ end }) => emissions(h).some(({ seq }) => end && seq > end.seq)),
    violation: (h) =>
      firstBlame(emissions(h), (event) => {
        const heard = h
          .of('handler')
          .some(
            ({ actor, step, op, seq }) =>
              actor === BYSTANDER && step === event.step && seq > event.seq && event.op === `emit ${op}`,
          )
        return heard ? undefined : blame('the bystander does not hear it', event)
      }),
  },
}

function unaborted(
  h: History,
  context: Context<CallPolicy>,
  matters: (wait: Span, abort: HistoryEvent) => boolean,
) {
  return firstBlame(waits(h), (wait) => {
    const abort = decided(h, context, wait, 'abort')
    if (!abort || !matters(wait, abort)) return undefined
    if (!endsSoon(h, wait, abort, failed))
      return blame(`${wait.actor} should have been rejected`, abort, wait.end ?? h.events.at(-1))
    return hidesReason(context.policy, abort, wait.end)
      ? blame(`${wait.actor} hears ${wait.end?.value?.text} instead of the reason`, abort, wait.end)
      : undefined
  })
}
