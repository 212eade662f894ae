import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  settledAs,
} from '../../src/core/index.js'
import type { AwaitablePolicy } from './contract.js'
import { unanswered } from './observations.js'

const looks = (h: History): readonly HistoryEvent[] => h.of('read').filter(({ op }) => op === 'class')

export const lawsOfClasses: Laws<AwaitablePolicy> = {
  'a-claimed-promise-has-catch-and-finally': {
    level: 'required',
    statement:
      'What says by `instanceof` or `Symbol.toStringTag` that it is a `Promise` has `catch` and `finally`.',
    source: { kind: 'ecma-262', clause: '27.2.5 Properties of the Promise Prototype Object' },
    hint: 'Add the two, each is a few lines over `then`, or do not claim to be a `Promise`.',
    appliesWhen: ({ traits }) => traits.claims || 'the subject does not claim to be a `Promise`',
    exercised: (h) => looks(h).some(({ detail }) => detail?.claim !== null),
    violation: (h) =>
      firstBlame(looks(h), (event) => {
        const { claim, ...has } = event.detail ?? {}
        const missing = ['catch', 'finally'].filter((name) => has[name] === false)
        return claim && missing.length > 0
          ? blame(`a promise by ${claim}, without ${missing.join(' and ')}`, event)
          : undefined
      }),
  },
  'a-declared-species-is-what-then-makes': {
    level: 'optional',
    statement: 'Where a subclass of `Promise` declares `Symbol.species`, `then` returns one of that class.',
    source: { kind: 'ecma-262', clause: '27.2.5.4 Promise.prototype.then, step 3' },
    hint: 'Return `super.then(…)`, which asks for the species, or declare none.',
    appliesWhen: ({ traits }) => traits.species || 'the class declares no `Symbol.species`',
    exercised: (h) => looks(h).some(({ detail }) => detail?.bySpecies !== undefined),
    violation: (h) =>
      firstBlame(looks(h), (event) =>
        event.detail?.bySpecies === false ? blame('`then` returns something else', event) : undefined,
      ),
  },
  'inherited-statics-work': {
    level: 'recommended',
    statement:
      'The `resolve`, `reject`, `all` and `race` that a subclass of `Promise` inherits do what they say.',
    source: { kind: 'ecma-262', clause: '27.2.4 Properties of the Promise Constructor' },
    hint: 'They call the constructor with an executor: take one, or replace the statics that you do not support.',
    appliesWhen: ({ traits }) =>
      traits.statics || 'the subject is of no class that inherits statics of `Promise`',
    exercised: (h) => h.calls('static').length > 0,
    violation: (h) =>
      firstBlame(h.calls('static'), (call) => {
        const { start, end = unanswered(h, call) } = call
        if (!end) return undefined
        const { member } = start.detail ?? {}
        const as = member === 'reject' ? 'rejected' : 'fulfilled'
        if (settledAs(end) === as && end.value?.id === start.value?.id) return undefined
        const got = end.value ? `${end.outcome} ${end.value.text}` : 'never settled'
        return blame(`the inherited \`${member}\` ${got}`, start, end)
      }),
  },
}
