import { answer } from '../history-builder.js'
import { fails, fulfils, judged, rejects, resolves, subscribes } from './judged.js'

const reason = new Error('reason')
const other = new Error('other')
const told = [subscribes('A'), resolves(1), fulfils('A', 1)]
const toldOff = [subscribes('A'), rejects(reason), fails('A', reason)]

judged('2.1.2-fulfilled-never-changes', {
  broken: {
    'a later subscriber is told a rejection': [told, [subscribes('B'), fails('B', reason)]],
    'a later subscriber is told another value': [told, [subscribes('B'), fulfils('B', 2)]],
  },
  kept: { 'both are told the same': [told, [subscribes('B'), fulfils('B', 1)]] },
  silent: {
    'only one is told': [told],
    'it is rejected': [toldOff, [subscribes('B'), fails('B', reason)]],
  },
})

judged('2.1.3-rejected-never-changes', {
  broken: {
    'a later subscriber is told a fulfilment': [toldOff, [subscribes('B'), fulfils('B', 1)]],
    'a later subscriber is told another reason': [toldOff, [subscribes('B'), fails('B', other)]],
  },
  kept: { 'both are told the same': [toldOff, [subscribes('B'), fails('B', reason)]] },
  silent: {
    'only one is told': [toldOff],
    'it is fulfilled': [told, [subscribes('B'), fulfils('B', 1)]],
  },
})

judged('2.2.1-handlers-are-optional', {
  broken: { '`then` throws at a missing handler': [[subscribes('A', []), answer('A', 'threw', reason)]] },
  kept: { '`then` takes one handler': [[subscribes('A', ['onFulfilled'])]] },
  silent: { 'both handlers are functions': [[subscribes('A')]] },
})

judged('2.2.2-on-fulfilled-is-called', {
  broken: {
    'a late subscriber hears nothing': [[resolves(1)], [subscribes('A')]],
    'one of two hears nothing': [[subscribes('A'), subscribes('B'), resolves(1), fulfils('A', 1)]],
  },
  kept: { 'each hears of it': [told, [subscribes('B'), fulfils('B', 1)]] },
  silent: {
    'the promise is rejected': [toldOff],
    'nobody listens for it': [[subscribes('A', ['onRejected']), resolves(1)]],
  },
})

judged('2.2.2.1-on-fulfilled-gets-the-value', {
  broken: {
    'it is given something falsy instead': [[subscribes('A'), resolves(0), fulfils('A', undefined)]],
  },
  kept: { 'it is given NaN as it is': [[subscribes('A'), resolves(Number.NaN), fulfils('A', Number.NaN)]] },
  silent: { 'the promise is pending': [[subscribes('A')]] },
})

judged('2.2.2.2-on-fulfilled-not-before', {
  broken: {
    'nothing has been settled': [[subscribes('A'), fulfils('A', 1)]],
    'the promise is rejected': [[subscribes('A'), rejects(reason), fulfils('A', reason)]],
  },
  kept: { 'it is called afterwards': [told], 'it is never called': [[subscribes('A')]] },
  silent: { 'nobody listens': [[subscribes('A', ['onRejected']), resolves(1)]] },
})

judged('2.2.2.3-on-fulfilled-at-most-once', {
  broken: { 'it runs again': [told, [fulfils('A', 1)]] },
  kept: { 'each runs once': [told, [subscribes('B'), fulfils('B', 1)]] },
  silent: { 'none runs': [[subscribes('A')]] },
})

judged('2.2.3-on-rejected-is-called', {
  broken: { 'a falsy reason is lost': [[subscribes('A'), rejects(undefined), fulfils('A', undefined)]] },
  kept: { 'it hears of it': [toldOff] },
  silent: {
    'the promise is fulfilled': [told],
    'nobody listens for it': [[subscribes('A', ['onFulfilled']), rejects(reason)]],
  },
})

judged('2.2.3.1-on-rejected-gets-the-reason', {
  broken: { 'the reason is wrapped': [[subscribes('A'), rejects('why'), fails('A', new Error('why'))]] },
  kept: { 'it is given the very reason': [toldOff] },
  silent: { 'the promise is pending': [[subscribes('A')]] },
})

judged('2.2.3.2-on-rejected-not-before', {
  broken: {
    'nothing has been settled': [[subscribes('A'), fails('A', reason)]],
    'the other handler has thrown': [
      [subscribes('A'), resolves(1), fulfils('A', 1, { replies: 'throw' }), fails('A', 'reply')],
    ],
  },
  kept: { 'it is called afterwards': [toldOff] },
  silent: { 'nobody listens': [[subscribes('A', ['onFulfilled']), rejects(reason)]] },
})

judged('2.2.3.3-on-rejected-at-most-once', {
  broken: { 'it hears of its own throw': [[...toldOff, fails('A', 'reply')]] },
  kept: { 'each runs once': [toldOff, [subscribes('B'), fails('B', reason)]] },
  silent: { 'none runs': [[subscribes('A')]] },
})

judged('2.2.4-handlers-run-on-a-clean-stack', {
  broken: { 'it runs inside `then`': [[resolves(1)], [subscribes('A'), fulfils('A', 1, { busy: true })]] },
  kept: { 'nothing is on the stack': [told] },
  silent: { 'no handler runs': [[subscribes('A')]] },
  excused: { handlers: 'sync' },
})

judged('2.2.5-handlers-are-called-as-functions', {
  broken: { 'it has a `this`': [[subscribes('A'), resolves(1), fulfils('A', 1, { bare: false })]] },
  kept: { 'it has none': [told] },
  silent: { 'no handler runs': [[subscribes('A')]] },
})

judged('2.2.7-then-returns-a-promise', {
  broken: { 'it returns nothing': [[subscribes('A'), answer('A', 'returned', undefined)]] },
  kept: { 'what it returns settles': [[...told, answer('A', 'fulfilled', 'reply')]] },
  silent: { 'nobody subscribes': [[resolves(1)]] },
})

judged('2.2.7.1-a-returned-value-resolves', {
  broken: {
    'the old value is kept': [
      [subscribes('A'), resolves(1), fulfils('A', 1, { reply: 0 }), answer('A', 'fulfilled', 1)],
    ],
    'the derived promise stays pending': [told],
    'a return rejects': [[...told, answer('A', 'rejected', 'reply')]],
  },
  kept: {
    'a fulfilment is mapped': [[...told, answer('A', 'fulfilled', 'reply')]],
    'a rejection is recovered from': [[...toldOff, answer('A', 'fulfilled', 'reply')]],
  },
  silent: {
    'the handler throws': [
      [subscribes('A'), resolves(1), fulfils('A', 1, { replies: 'throw' }), answer('A', 'rejected', 'reply')],
    ],
  },
})

judged('2.2.7.2-a-throw-rejects', {
  broken: {
    'a falsy throw is lost': [
      [
        subscribes('A'),
        resolves(1),
        fulfils('A', 1, { replies: 'throw', reply: undefined }),
        answer('A', 'fulfilled', undefined),
      ],
    ],
  },
  kept: {
    'it is rejected with it': [
      [
        subscribes('A'),
        resolves(1),
        fulfils('A', 1, { replies: 'throw', reply: null }),
        answer('A', 'rejected', null),
      ],
    ],
  },
  silent: { 'the handler returns': [[...told, answer('A', 'fulfilled', 'reply')]] },
})

judged('2.2.7.3-a-fulfilment-passes-through', {
  broken: {
    'the value is lost': [[subscribes('A', []), resolves(1), answer('A', 'fulfilled', undefined)]],
    'nothing comes': [[subscribes('A', ['onRejected']), resolves(1)]],
  },
  kept: { 'the value passes': [[subscribes('A', ['onRejected']), resolves(1), answer('A', 'fulfilled', 1)]] },
  silent: {
    'there is a handler': [[...told, answer('A', 'fulfilled', 'reply')]],
    'it is rejected': [[subscribes('A', []), rejects(reason), answer('A', 'rejected', reason)]],
  },
})

judged('2.2.7.4-a-rejection-passes-through', {
  broken: {
    'it turns into a value': [
      [subscribes('A', ['onFulfilled']), rejects(reason), answer('A', 'fulfilled', reason)],
    ],
  },
  kept: {
    'the reason passes': [
      [subscribes('A', ['onFulfilled']), rejects(reason), answer('A', 'rejected', reason)],
    ],
  },
  silent: {
    'there is a handler': [[...toldOff, answer('A', 'fulfilled', 'reply')]],
    'it is fulfilled': [[subscribes('A', []), resolves(1), answer('A', 'fulfilled', 1)]],
  },
})
