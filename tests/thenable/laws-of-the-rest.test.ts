import { answer, at, call, event } from '../history-builder.js'
import {
  asked,
  both,
  does,
  fails,
  fulfils,
  joinsRing,
  judged,
  locksIn,
  read,
  rejects,
  resolves,
  subscribes,
} from './judged.js'

const reason = new Error('reason')
const early = [subscribes('A'), resolves(1), fulfils('A', 1)]

judged('settling-throws-nothing', {
  broken: {
    '`resolve` throws': [
      [call('S', 'resolve', { value: 'T1', detail: { on: 'd', ref: 'T1' } }), answer('S', 'threw', reason)],
    ],
    'a callback of a thenable throws': [
      [locksIn('T1'), read('T1'), asked('T1'), does('T1', 'thrown at', reason)],
    ],
  },
  kept: { 'all return': [[resolves(1), rejects(reason)]] },
  silent: { 'nothing is settled': [[subscribes('A')]] },
})

judged('then-in-a-job-of-its-own', {
  policy: { thenJob: 'own' },
  broken: { 'it is called inside `resolve`': [[locksIn('T1'), read('T1'), asked('T1', { inline: true })]] },
  kept: { 'nothing is on the stack': [[locksIn('T1'), read('T1'), asked('T1')]] },
  silent: { 'nothing is adopted': [early] },
  excused: { thenJob: 'inline' },
})

const longAfter = both(at(100_000), subscribes('B'))

judged('a-late-subscriber-is-told-the-same', {
  broken: {
    'it is told something else': [early, [longAfter, fulfils('B', undefined)]],
    'it is told nothing': [early, [longAfter]],
    'it is the only one, and is told nothing': [[resolves(1)], [longAfter]],
  },
  kept: {
    'it is told the same': [early, [longAfter, fulfils('B', 1)]],
    'it is the only one': [[rejects(reason)], [longAfter, fails('B', reason)]],
  },
  silent: {
    'nobody comes late': [early, [subscribes('B'), fulfils('B', 1)]],
    'the promise is pending': [[subscribes('A')], [longAfter]],
    'it does not listen': [early, [at(100_000), subscribes('B', [])]],
  },
})

const ring = [joinsRing(0), joinsRing(1)]

judged('a-cycle-does-not-spin', {
  broken: {
    'it never gives control back': [[...ring, event('hang', 'world')]],
    'it floods the queue': [[...ring, event('bound', 'world')]],
    'the stack overflows': [
      [...ring, call('A', 'then', { detail: { on: 'ring0' } }), answer('A', 'threw', reason)],
    ],
  },
  kept: {
    'it stays pending': [ring],
    'it is rejected': [
      [...ring, call('A', 'then', { detail: { on: 'ring0' } }), answer('A', 'rejected', reason)],
    ],
  },
  silent: { 'there is no ring': [[...early, event('hang', 'world')]] },
})

// In a ring, that law alone has something to say.
judged('settling-throws-nothing', {
  broken: {},
  kept: {},
  silent: {
    'promises wait for one another': [
      [...ring, call('S', 'resolve', { detail: { on: 'ring1' } }), answer('S', 'threw', reason)],
    ],
  },
})
