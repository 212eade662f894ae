import { blame, firstBlame, type HistoryEvent, type Laws, same } from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'
import { answerOf, awaited, came, contradicts, goesOn } from './observations.js'

const text = ({ value }: HistoryEvent): string => value?.text ?? 'nothing'

/** What an await of a body gives, whatever it is that is awaited. */
export const lawsOfAwaiting: Laws<CoroutinePolicy> = {
  'an-await-gives-the-value': {
    level: 'required',
    statement: 'What is awaited resumes the body with the very value that it fulfils with.',
    source: { kind: 'kit', why: 'docs/coroutine.md#an-await-gives-the-value' },
    hint: 'Pass the value to `next`, whatever it is, and pass on what `next` gives.',
    exercised: (h) => awaited(h).some((one) => came(one) === 'fulfil' && goesOn(one)),
    violation: (h) =>
      firstBlame(awaited(h), (one) => {
        const on = goesOn(one)
        if (came(one) !== 'fulfil' || !on || contradicts(one)) return undefined
        const [said] = one.said
        if (on.op === 'continuation' && same(on.value, said?.value)) return undefined
        const how = on.op === 'continuation' ? `goes on with ${text(on)}` : `is thrown ${text(on)}`
        return blame(`${on.actor} ${how}, where ${text(said!)} came`, said, on)
      }),
  },
  'an-await-throws-the-reason': {
    level: 'required',
    statement:
      'What is awaited and rejects is thrown in the body, where it is suspended, and with the very reason.',
    source: { kind: 'kit', why: 'docs/coroutine.md#an-await-throws-the-reason' },
    hint: 'Call `throw` of the generator: to reject the whole run leaves `catch` and `finally` of the body out.',
    exercised: (h) => awaited(h).some((one) => came(one) === 'reject' && goesOn(one)),
    violation: (h) =>
      firstBlame(awaited(h), (one) => {
        const [said] = one.said
        if (came(one) !== 'reject' || !said || contradicts(one)) return undefined
        const on = goesOn(one)
        if (on?.op === 'interruption' && same(on.value, said.value)) return undefined
        if (on)
          return blame(`${on.actor} goes on with ${text(on)}, where ${text(said)} was the reason`, said, on)
        const end = answerOf(h, one)
        return end && blame(`the run ends, and its body never hears of ${text(said)}`, said, end)
      }),
  },
  'a-body-is-resumed-once': {
    level: 'required',
    statement: 'A body goes on when what it awaits has called back, and once: no other callback resumes it.',
    source: { kind: 'promises-aplus', clause: '2.3.3.3.3' },
    hint: 'A callback belongs to one await: let it find the door closed once that await is over, or go through a promise.',
    exercised: (h) => awaited(h).some(({ said, resumptions }) => said.length > 1 && resumptions.length > 0),
    violation: (h) =>
      firstBlame(awaited(h), ({ suspension, said, resumptions }) => {
        const [first, second] = resumptions
        if (second) return blame(`${second.actor} goes on twice from one await`, first, second)
        const early = first && suspension.detail?.what !== 'value' && suspension.detail?.what !== 'hand'
        if (!early || said.some(({ seq }) => seq < first.seq)) return undefined
        return blame(`${first.actor} goes on before what it awaits has said anything`, suspension, first)
      }),
  },
  'a-throwing-then-is-thrown-in-the-body': {
    level: 'required',
    statement: 'Where `then` of what is awaited throws, that error is thrown in the body, like a rejection.',
    source: { kind: 'promises-aplus', clause: '2.3.3.3.4' },
    hint: 'Call `then` inside a `try`, or let a promise adopt the thenable: an error that leaves through the driver hangs the body.',
    exercised: (h) => awaited(h).some((one) => came(one) === 'throws'),
    violation: (h) =>
      firstBlame(awaited(h), (one) => {
        const [said] = one.said
        if (came(one) !== 'throws' || !said) return undefined
        const on = goesOn(one)
        if (on?.op === 'interruption' && same(on.value, said.value)) return undefined
        const what = on ? `goes on with ${text(on)}` : 'is never told'
        return blame(
          `\`then\` throws ${text(said)}, and ${one.suspension.actor} ${what}`,
          said,
          on ?? h.of('deadlock')[0],
        )
      }),
  },
  'the-first-callback-counts': {
    level: 'recommended',
    statement:
      'Where what is awaited calls back more than once, or throws after it has, the first callback counts.',
    source: { kind: 'promises-aplus', clause: '2.3.3.3.3, 2.3.3.3.4.1' },
    hint: 'Settle with the first that comes, and let all others find the door closed.',
    exercised: (h) => awaited(h).some((one) => contradicts(one) && goesOn(one)),
    violation: (h) =>
      firstBlame(awaited(h), (one) => {
        const [said, second] = one.said
        const on = goesOn(one)
        const how = came(one) === 'fulfil' ? 'continuation' : 'interruption'
        if (!contradicts(one) || !on || (on.op === how && same(on.value, said?.value))) return undefined
        return blame(`${text(said!)} came first, and ${on.actor} hears ${text(on)}`, said, second, on)
      }),
  },
  'no-awaitable-is-a-type-error': {
    level: 'required',
    statement: 'To await a value that cannot be awaited throws a TypeError in the body.',
    source: { kind: 'kit', why: 'docs/coroutine.md#no-awaitable-is-a-type-error' },
    hint: 'Look for a callable `then` before calling it, and throw into the generator where there is none.',
    appliesWhen: ({ policy }) =>
      policy.nonAwaitable === 'type-error' || 'documented to give the value itself (`nonAwaitable: value`)',
    exercised: (h) => awaited(h).some(({ suspension }) => suspension.detail?.what === 'value'),
    violation: (h) =>
      firstBlame(awaited(h), ({ suspension, resumptions: [on] }) => {
        if (suspension.detail?.what !== 'value' || on?.detail?.typeError === true) return undefined
        const what = on
          ? `${on.op === 'continuation' ? 'goes on with' : 'is thrown'} ${text(on)}`
          : 'is never told'
        return blame(`${suspension.actor} awaits what cannot be awaited, and ${what}`, suspension, on)
      }),
  },
  'no-awaitable-is-passed-through': {
    level: 'optional',
    statement: 'To await a value that cannot be awaited gives that value.',
    source: { kind: 'kit', why: 'docs/coroutine.md#no-awaitable-is-passed-through' },
    hint: 'The subject declares `nonAwaitable: value`: resume the body with the value, as the `await` of the language does.',
    appliesWhen: ({ policy }) => policy.nonAwaitable === 'value' || 'documented to be a TypeError',
    exercised: (h) => awaited(h).some(({ suspension }) => suspension.detail?.what === 'value'),
    violation: (h) =>
      firstBlame(awaited(h), ({ suspension, resumptions: [on] }) => {
        if (suspension.detail?.what !== 'value') return undefined
        if (on?.op === 'continuation' && on.value?.id === suspension.detail.awaits) return undefined
        return blame(`${suspension.actor} awaits a value and does not get it`, suspension, on)
      }),
  },
}
