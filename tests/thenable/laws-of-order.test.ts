import {
  asked,
  does,
  fails,
  fulfils,
  judged,
  locksIn,
  read,
  rejects,
  resolves,
  subscribes,
} from './judged.js'

const reason = new Error('reason')
const two = [subscribes('A'), subscribes('B')]

judged('2.2.6.1-on-fulfilled-in-order', {
  broken: {
    'the last comes first': [two, [resolves(1), fulfils('B', 1), fulfils('A', 1)]],
    'a late one comes before an early one': [
      [subscribes('A'), resolves(1), subscribes('B'), fulfils('B', 1), fulfils('A', 1)],
    ],
  },
  kept: {
    'they come in order': [two, [resolves(1), fulfils('A', 1), fulfils('B', 1)]],
    'the phases of being locked in are mixed': [
      [subscribes('A'), locksIn('other'), subscribes('B')],
      [resolves(1, { on: 'other' }), fulfils('B', 1), fulfils('A', 1)],
    ],
  },
  silent: { 'there is one': [[subscribes('A'), resolves(1), fulfils('A', 1)]] },
})

judged('2.2.6.2-on-rejected-in-order', {
  broken: { 'the last comes first': [two, [rejects(reason), fails('B', reason), fails('A', reason)]] },
  kept: { 'they come in order': [two, [rejects(reason), fails('A', reason), fails('B', reason)]] },
  silent: { 'they are told a value': [two, [resolves(1), fulfils('B', 1), fulfils('A', 1)]] },
})

const nested = [subscribes('B', ['onFulfilled', 'onRejected'], { inside: true }), fulfils('B', 1)]

judged('2.2.6.1-on-fulfilled-in-order', {
  policy: { handlers: 'sync' },
  broken: { 'the last comes first': [two, [resolves(1), fulfils('B', 1), fulfils('A', 1)]] },
  kept: {
    'one that is registered inside another runs at once': [
      [subscribes('A'), subscribes('C'), resolves(1), fulfils('A', 1), ...nested, fulfils('C', 1)],
    ],
  },
  silent: {},
})

const waits = [subscribes('A'), locksIn('other'), subscribes('B')]
const reports = resolves(1, { on: 'other' })

judged('order-survives-being-locked-in', {
  broken: {
    'who comes while it waits overtakes': [waits, [reports, fulfils('B', 1), fulfils('A', 1)]],
    'who comes in a later turn overtakes': [
      [locksIn('other'), subscribes('A')],
      [subscribes('B')],
      [reports, fulfils('B', 1), fulfils('A', 1)],
    ],
    'who comes after a thenable has answered overtakes': [
      [
        locksIn('T1'),
        subscribes('A'),
        read('T1'),
        asked('T1'),
        does('T1', 'reject', reason),
        subscribes('B'),
      ],
      [fails('B', reason), fails('A', reason)],
    ],
  },
  kept: {
    'they come in order': [waits, [reports, fulfils('A', 1), fulfils('B', 1)]],
  },
  silent: {
    'it never waits': [[subscribes('A'), resolves(1), subscribes('B'), fulfils('A', 1), fulfils('B', 1)]],
    'both come while it waits': [
      [locksIn('other'), ...two],
      [reports, fulfils('B', 1), fulfils('A', 1)],
    ],
  },
})
