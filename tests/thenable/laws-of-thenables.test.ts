import { answer } from '../history-builder.js'
import {
  asked,
  does,
  fails,
  fulfils,
  judged,
  locksIn,
  read,
  readThrows,
  resolves,
  type Steps,
  subscribes,
} from './judged.js'

const reason = new Error('reason')
const other = new Error('other')
const hands = [subscribes('A'), locksIn('T1')]
const called = [...hands, read('T1'), asked('T1')]
const inert: Steps = [[subscribes('A'), resolves(1), fulfils('A', 1)]]

judged('2.3.3.1-then-is-read-once', {
  broken: {
    'it is read twice': [[...hands, read('T1'), read('T1'), asked('T1')]],
    'it is not read at all': [[...hands, fulfils('A', 'T1')]],
    'a reply is read twice': [
      [subscribes('A'), resolves(1), fulfils('A', 1, { reply: 'T1', ref: 'T1' }), read('T1'), read('T1')],
    ],
  },
  kept: { 'it is read once': [called] },
  silent: {
    'nothing is adopted': inert,
    'it turns out to be no thenable': [
      [...hands, read('T1', { callable: false }), read('T1'), fulfils('A', 'T1')],
    ],
  },
})

judged('2.3.3.2-a-throwing-getter-rejects', {
  broken: {
    'nothing is told': [[...hands, readThrows('T1', reason)]],
    'the thenable is told': [[...hands, readThrows('T1', reason), fulfils('A', 'T1')]],
  },
  kept: { 'the throw is told': [[...hands, readThrows('T1', reason), fails('A', reason)]] },
  silent: { 'the getter works': [called] },
})

judged('2.3.3.3-then-is-called-on-the-thenable', {
  broken: {
    'it has another `this`': [[...hands, read('T1'), asked('T1', { self: false })]],
    'it gets one function': [[...hands, read('T1'), asked('T1', { functions: false })]],
    'it is called twice': [[...called, asked('T1')]],
    'it is not called': [[...hands, read('T1')]],
  },
  kept: { 'it is called as it should be': [called] },
  silent: { 'there is nothing to call': [[...hands, read('T1', { callable: false }), fulfils('A', 'T1')]] },
})

const nested = [...called, does('T1', 'fulfil', 'T2', 'T2')]

judged('2.3.3.3.1-takes-what-the-thenable-fulfils-with', {
  broken: {
    'nothing is told': [[...called, does('T1', 'fulfil', 0)]],
    'a nested thenable is told as it is': [[...nested, fulfils('A', 'T2')]],
  },
  kept: {
    'the value is told': [[...called, does('T1', 'fulfil', 0), fulfils('A', 0)]],
    'a nested thenable is adopted': [
      [...nested, read('T2'), asked('T2'), does('T2', 'fulfil', 2), fulfils('A', 2)],
    ],
  },
  silent: {
    'it rejects': [[...called, does('T1', 'reject', reason), fails('A', reason)]],
    'it does more than that': [
      [...called, does('T1', 'fulfil', 1), does('T1', 'reject', reason), fulfils('A', 1)],
    ],
  },
})

// What goes wrong with the inner thenable is for the laws on what that one did.
judged('2.3.3.3.1-takes-what-the-thenable-fulfils-with', {
  broken: {},
  kept: {
    'the inner thenable throws and nothing is told': [
      [...nested, read('T2'), asked('T2'), does('T2', 'throw', reason)],
    ],
  },
  silent: {},
})

judged('2.3.3.3.2-takes-the-thenables-reason', {
  broken: {
    'the reason is wrapped': [[...called, does('T1', 'reject', reason), fails('A', other)]],
    'it fulfils': [[...called, does('T1', 'reject', reason), fulfils('A', reason)]],
  },
  kept: { 'the reason is told': [[...called, does('T1', 'reject', null), fails('A', null)]] },
  silent: { 'it fulfils': [[...called, does('T1', 'fulfil', 1), fulfils('A', 1)]] },
})

judged('2.3.3.3.3-only-the-first-callback-counts', {
  broken: {
    'the second is told': [[...called, does('T1', 'fulfil', 1), does('T1', 'fulfil', 2), fulfils('A', 2)]],
    'a later one is told': [
      [...called, does('T1', 'fulfil', 1)],
      [does('T1', 'reject', reason), fails('A', reason)],
    ],
  },
  kept: {
    'the first is told': [
      [...called, does('T1', 'reject', reason), does('T1', 'fulfil', 2), fails('A', reason)],
    ],
  },
  silent: {
    'there is one': [[...called, does('T1', 'fulfil', 1), fulfils('A', 1)]],
    'a throw comes first': [
      [...called, does('T1', 'throw', reason)],
      [does('T1', 'fulfil', 1), does('T1', 'fulfil', 2), fails('A', reason)],
    ],
  },
})

judged('2.3.3.3.4.1-a-throw-after-a-callback-is-ignored', {
  broken: {
    'the throw is told': [
      [...called, does('T1', 'fulfil', 1), does('T1', 'throw', reason), fails('A', reason)],
    ],
  },
  kept: {
    'the callback is told': [
      [...called, does('T1', 'fulfil', 1), does('T1', 'throw', reason), fulfils('A', 1)],
    ],
  },
  silent: { 'nothing is thrown': [[...called, does('T1', 'fulfil', 1), fulfils('A', 1)]] },
})

judged('2.3.3.3.4.2-a-throw-before-a-callback-rejects', {
  broken: {
    'nothing is told': [[...called, does('T1', 'throw', reason)]],
    'a callback after it is told': [
      [...called, does('T1', 'throw', 0)],
      [does('T1', 'fulfil', 1), fulfils('A', 1)],
    ],
  },
  kept: { 'the throw is told': [[...called, does('T1', 'throw', 0), fails('A', 0)]] },
  silent: {
    'a callback comes first': [[...called, does('T1', 'fulfil', 1), does('T1', 'throw', 0), fulfils('A', 1)]],
  },
})

judged('2.3.3.4-without-a-callable-then-it-is-a-value', {
  broken: {
    'it rejects': [[...hands, read('T1', { callable: false }), fails('A', reason)]],
    'a derived promise rejects': [
      [
        subscribes('A'),
        resolves(1),
        fulfils('A', 1, { reply: 'T1', ref: 'T1' }),
        read('T1', { callable: false }),
        answer('A', 'rejected', reason),
      ],
    ],
  },
  kept: { 'it is told as it is': [[...hands, read('T1', { callable: false }), fulfils('A', 'T1')]] },
  silent: { 'its `then` is callable': [called] },
})
