import { answer } from '../history-builder.js'
import { fails, fulfils, judged, locksIn, rejects, resolves, subscribes } from './judged.js'

const reason = new Error('reason')
const selfish = new TypeError('waits for itself')

const repliesItself = [subscribes('A'), resolves(1), fulfils('A', 1, { reply: 'derived', ref: 'itself' })]

judged('2.3.1-self-resolution-is-a-type-error', {
  broken: {
    'it waits for itself': [repliesItself],
    'it is rejected with some other error': [[...repliesItself, answer('A', 'rejected', reason)]],
    'it is fulfilled with itself': [[...repliesItself, answer('A', 'fulfilled', 'derived')]],
  },
  kept: { 'it is rejected with a TypeError': [[...repliesItself, answer('A', 'rejected', selfish)]] },
  silent: {
    'the handler returns something else': [
      [subscribes('A'), resolves(1), fulfils('A', 1), answer('A', 'fulfilled', 'reply')],
    ],
  },
})

const resolvesItself = [subscribes('A'), resolves('d', { ref: 'itself' })]

judged('resolving-itself-is-a-type-error', {
  broken: {
    'it is pending for ever': [resolvesItself],
    'it is fulfilled with itself': [[...resolvesItself, fulfils('A', 'd')]],
    'it is rejected with some other error': [[...resolvesItself, fails('A', reason)]],
  },
  kept: { 'it is rejected with a TypeError': [[...resolvesItself, fails('A', selfish)]] },
  silent: {
    'it is resolved with something else': [[subscribes('A'), rejects(selfish), fails('A', selfish)]],
    'nobody listens for it': [[subscribes('A', ['onFulfilled']), resolves('d', { ref: 'itself' })]],
  },
})

const waits = [subscribes('A'), locksIn('other')]
const repliesOther = [subscribes('A'), resolves(1), fulfils('A', 1, { reply: 'other', ref: 'other' })]

judged('2.3.2.1-pending-while-the-other-is', {
  broken: {
    'it is fulfilled with the promise': [[...waits, fulfils('A', 'other')]],
    'a derived one is fulfilled with the promise': [[...repliesOther, answer('A', 'fulfilled', 'other')]],
  },
  kept: { 'it stays pending': [waits], 'a derived one stays pending': [repliesOther] },
  silent: {
    'the other is fulfilled': [[...waits, resolves(2, { on: 'other' }), fulfils('A', 2)]],
    'it never waits': [[subscribes('A'), resolves(1), fulfils('A', 1)]],
  },
})

const otherFulfils = resolves(2, { on: 'other' })

judged('2.3.2.2-takes-the-others-value', {
  broken: {
    'it hears nothing': [waits, [otherFulfils]],
    'it takes another value': [waits, [otherFulfils, fulfils('A', undefined)]],
    'it is rejected with it': [waits, [otherFulfils, fails('A', 2)]],
    'a derived one hears nothing': [repliesOther, [otherFulfils]],
  },
  kept: {
    'it takes the value': [waits, [otherFulfils, fulfils('A', 2)]],
    'a derived one takes the value': [repliesOther, [otherFulfils, answer('A', 'fulfilled', 2)]],
  },
  silent: {
    'the other is rejected': [waits, [rejects(reason, { on: 'other' }), fails('A', reason)]],
    'nobody waits for the other': [[subscribes('A'), resolves(1), otherFulfils, fulfils('A', 1)]],
  },
})

const otherFails = rejects(reason, { on: 'other' })

judged('2.3.2.3-takes-the-others-reason', {
  broken: {
    'it hears nothing': [waits, [otherFails]],
    'it is fulfilled with it': [waits, [otherFails, fulfils('A', reason)]],
  },
  kept: {
    'it takes the reason': [waits, [otherFails, fails('A', reason)]],
    'a derived one takes the reason': [repliesOther, [otherFails, answer('A', 'rejected', reason)]],
  },
  silent: { 'the other is fulfilled': [waits, [otherFulfils, fulfils('A', 2)]] },
})

judged('2.3.4-other-values-fulfil', {
  broken: {
    'a primitive is adopted by way of its prototype': [
      [subscribes('A'), resolves(5), fulfils('A', 'taken from the prototype')],
    ],
    'a value rejects': [[subscribes('A'), resolves(0), fails('A', 0)]],
  },
  kept: { 'it fulfils as it is': [[subscribes('A'), resolves(5), fulfils('A', 5)]] },
  silent: {
    'it is rejected': [[subscribes('A'), rejects(5), fails('A', 5)]],
    'it is resolved with a thenable': [[subscribes('A'), locksIn('T1')]],
    'nobody listens': [[resolves(5)]],
  },
})

const late = resolves(3)

judged('locked-in-is-final', {
  broken: {
    'a late fulfilment is told': [[...waits, late, fulfils('A', 3)]],
    'a late rejection is told': [[...waits, rejects(reason), fails('A', reason)]],
    'what it waits for comes second': [
      [...waits, late],
      [otherFulfils, fulfils('A', 3)],
    ],
    'the other is overruled itself': [
      [subscribes('A'), locksIn('T1', 'other'), locksIn('other')],
      [resolves(3, { on: 'other' }), fulfils('A', 3)],
    ],
  },
  kept: {
    'it stays pending': [[...waits, late]],
    'what it waits for decides': [
      [...waits, late],
      [otherFulfils, fulfils('A', 2)],
    ],
  },
  silent: {
    'nothing comes late': [waits, [otherFulfils, fulfils('A', 2)]],
    'a settled promise is settled again': [[subscribes('A'), resolves(1), late, fulfils('A', 1)]],
    'it is another promise that is overruled': [
      [subscribes('A'), resolves(1), locksIn('T1', 'other'), resolves(3, { on: 'other' }), fulfils('A', 1)],
    ],
  },
})

// Where a settling comes too late, that law alone has something to say.
judged('2.3.2.2-takes-the-others-value', {
  broken: {},
  kept: {},
  silent: {
    'a settling comes too late': [
      [...waits, late],
      [otherFulfils, fulfils('A', 3)],
    ],
  },
})
