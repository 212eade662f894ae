import { blame, firstBlame, type History, type Laws } from '../../src/core/index.js'
import type { FuturePolicy } from './contract.js'
import { attempts } from './model.js'
import { course, type FutureContext, lockedAt, mistold, standingAt, tellings, thens } from './observed.js'

const kit = (claim: string) => ({ kind: 'kit' as const, why: `docs/future.md#${claim}` })
const clause = (number: string) => ({ kind: 'ecma-262' as const, clause: number })

/** A law on what subscribers are told in runs that settle the future in a certain way. */
const tells = (concerns: (h: History, context: FutureContext) => boolean) => ({
  level: 'required' as const,
  exercised: (h: History, context: FutureContext) => thens(h).length > 0 && concerns(h, context),
  violation: (h: History, context: FutureContext) => (concerns(h, context) ? mistold(h, context) : undefined),
})

/** Settled by one attempt, with nothing after it. */
const once = (h: History, context: FutureContext): boolean => {
  const { first, again, cancels } = course(h, context)
  return first !== undefined && again.length + cancels.length === 0
}

export const lawsOfSettling: Laws<FuturePolicy> = {
  'tells-the-very-outcome': {
    ...tells((h, context) => {
      const { first, adopting } = course(h, context)
      return once(h, context) && first?.op !== 'cancel' && !adopting && first?.detail?.ref === undefined
    }),
    statement: 'Once resolved with a value or rejected, it tells every subscriber that very value or reason.',
    source: clause('27.2.1.4 FulfillPromise, 27.2.1.7 RejectPromise'),
    hint: 'Pass values and reasons on as they are, and ask whether there is one, never whether it is truthy.',
  },
  'takes-the-outcome-of-a-thenable': {
    ...tells((h, context) => once(h, context) && course(h, context).adopting),
    appliesWhen: ({ policy }) =>
      policy.adopts || 'thenables are documented to be values like any other (`adopts: false`)',
    statement: 'Resolved with a thenable or with another future, it takes the outcome of that.',
    source: clause('27.2.1.3.2 Promise Resolve Functions'),
    hint: 'Subscribe to the thenable, and settle with what it calls back with.',
  },
  'a-thenable-is-a-value': {
    ...tells((h, context) => once(h, context) && course(h, context).first?.detail?.ref !== undefined),
    level: 'optional',
    appliesWhen: ({ policy }) => !policy.adopts || 'thenables are documented to be adopted (`adopts: true`)',
    statement: 'Resolved with a thenable, it is fulfilled with the thenable itself, at once.',
    source: kit('a-thenable-is-a-value'),
    hint: 'The subject declares `adopts: false`: a native promise inside would adopt, so box the value.',
  },
  'first-settlement-wins': {
    ...tells((h, context) => {
      const { first, again, cancels } = course(h, context)
      if (!first || first.op === 'cancel' || again.length === 0 || cancels.length > 0) return false
      return !again.some((event) => lockedAt(h, context, event))
    }),
    statement: 'The first settlement counts; no later one changes what anybody is told.',
    source: clause('27.2.1.3 CreateResolvingFunctions, [[AlreadyResolved]]'),
    hint: 'Close the door in the first call, before doing anything else; callbacks may settle again.',
  },
  'locked-in-is-final': {
    ...tells((h, context) => {
      const { again, cancels } = course(h, context)
      return cancels.length === 0 && again.some((event) => lockedAt(h, context, event))
    }),
    appliesWhen: ({ policy }) =>
      policy.adopts || 'thenables are documented to be values like any other (`adopts: false`)',
    statement: 'Once resolved with a thenable, no settling has an effect but that of the thenable.',
    source: clause('27.2.1.3 CreateResolvingFunctions, [[AlreadyResolved]]'),
    hint: 'Close the door when resolving, not when the outcome is known.',
  },
  'the-first-settlement-is-accepted': {
    level: 'required',
    statement: 'The first call that settles or cancels does not throw, whatever it is given.',
    source: kit('the-first-settlement-is-accepted'),
    hint: 'Any value may be a value and any value a reason: check nothing.',
    exercised: (h) => attempts(h.events).length > 0,
    violation: (h) => {
      const [first] = attempts(h.events)
      const end = h.calls().find(({ id }) => id === first?.id)?.end
      return end?.outcome === 'threw' && !tellings(h).some(({ detail }) => detail?.throws === end.value?.id)
        ? blame(`it throws ${end.value?.text}`, first, end)
        : undefined
    },
  },
  'settling-again-is-ignored': {
    level: 'required',
    statement: 'Settling what is settled, locked in or cancelled does not throw.',
    source: clause('27.2.1.3.2 Promise Resolve Functions, step 5'),
    hint: 'Return early; who settles often cannot know who was first.',
    appliesWhen: ({ policy }) =>
      policy.settleAgain === 'ignore' || 'documented to throw (`settleAgain: throw`)',
    exercised: (h, context) => course(h, context).again.length > 0,
    violation: (h, context) =>
      firstBlame(course(h, context).again, ({ id }) => {
        const end = h.calls().find((call) => call.id === id)?.end
        return end?.outcome === 'threw' && blame(`settling again throws ${end.value?.text}`, end)
      }),
  },
  'settling-again-throws': {
    level: 'optional',
    statement: 'Settling what is settled, locked in or cancelled throws.',
    source: kit('settling-again-throws'),
    hint: 'The subject declares `settleAgain: throw`: throw in every such case, after a cancel too.',
    appliesWhen: ({ policy }) =>
      policy.settleAgain === 'throw' || 'documented to ignore it (`settleAgain: ignore`)',
    exercised: (h, context) => course(h, context).again.length > 0,
    violation: (h, context) =>
      firstBlame(course(h, context).again, (again) => {
        const end = h.calls().find(({ id }) => id === again.id)?.end
        if (!end || end.outcome === 'threw') return undefined
        return blame('settling again does not throw', standingAt(h, context, again).by, again, end)
      }),
  },
}
