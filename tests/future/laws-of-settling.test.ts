import { answer, call, deadlock } from '../history-builder.js'
import {
  cancels,
  inner,
  innerFulfils,
  innerRejects,
  judged,
  locks,
  rejects,
  resolves,
  told,
  waits,
} from './judged.js'

const error = new Error('e')
const refused = (op: string) => [
  call('A', op, { value: 2, detail: { on: 'd' } }),
  answer('A', 'threw', new Error('settled already')),
]

judged('tells-the-very-outcome', {
  broken: {
    'a falsy reason fulfils': [[waits('A')], [rejects('B', null), told('A', 'fulfilled', undefined)]],
    'a value is copied': [[waits('A')], [resolves('B', { x: 1 }), told('A', 'fulfilled', { x: 1 })]],
    'a subscriber is told before anything is settled': [
      [waits('A'), told('A', 'fulfilled', 1)],
      [resolves('B', 1)],
    ],
    'a subscriber is told twice': [
      [waits('A')],
      [resolves('B', 1), told('A', 'fulfilled', 1), told('A', 'fulfilled', 1)],
    ],
    'a late subscriber waits for ever': [[resolves('B', 1)], [waits('A')], [deadlock('A')]],
  },
  kept: {
    'a falsy value arrives': [[waits('A')], [resolves('B', 0), told('A', 'fulfilled', 0)]],
    'a reason arrives late': [[rejects('B', error)], [waits('A')], [told('A', 'rejected', error)]],
  },
  silent: [[waits('A')]],
})

judged('takes-the-outcome-of-a-thenable', {
  broken: {
    'the thenable is taken for a value': [
      [waits('A'), inner],
      [locks('B', 'inner'), told('A', 'fulfilled', 'inner')],
    ],
    'its reason becomes a value': [
      [waits('A'), inner, locks('B', 'inner')],
      [innerRejects(error), told('A', 'fulfilled', error)],
    ],
    'nobody is told': [[waits('A'), inner, locks('B', 'inner')], [innerFulfils(1)], [deadlock('A')]],
  },
  kept: {
    'its value arrives': [
      [waits('A'), inner, locks('B', 'inner')],
      [innerFulfils(1), told('A', 'fulfilled', 1)],
    ],
    'it had settled before': [
      [inner, innerRejects(error)],
      [locks('B', 'inner'), waits('A')],
      [told('A', 'rejected', error)],
    ],
    'another future is followed': [
      [waits('A'), locks('B', 'other')],
      [call('B', 'reject', { value: error, detail: { on: 'other' } }), answer('B', 'returned', undefined)],
      [told('A', 'rejected', error)],
    ],
    'another future stays pending': [[waits('A'), locks('B', 'other')]],
  },
  silent: [[waits('A')], [resolves('B', 1)]],
  excused: { policy: { adopts: false } },
})

judged('a-thenable-is-a-value', {
  policy: { adopts: false },
  broken: {
    'it is adopted': [
      [waits('A'), inner, locks('B', 'inner')],
      [innerFulfils(1), told('A', 'fulfilled', 1)],
    ],
  },
  kept: {
    'it is handed out at once': [
      [waits('A'), inner],
      [locks('B', 'inner'), told('A', 'fulfilled', 'inner')],
    ],
  },
  silent: [[waits('A')], [resolves('B', 1)]],
  excused: { policy: { adopts: true } },
})

judged('first-settlement-wins', {
  broken: {
    'a late rejection replaces the value': [
      [resolves('B', 1)],
      [rejects('B', error)],
      [waits('A'), told('A', 'rejected', error)],
    ],
    'two subscribers are told different things': [
      [waits('A')],
      [resolves('B', 1), told('A', 'fulfilled', 1)],
      [resolves('B', 2)],
      [waits('C'), told('C', 'fulfilled', 2)],
    ],
  },
  kept: {
    'the first one counts': [
      [waits('A')],
      [rejects('B', error), resolves('B', 1), told('A', 'rejected', error)],
      [waits('C'), told('C', 'rejected', error)],
    ],
  },
  silent: [[waits('A')], [resolves('B', 1), told('A', 'fulfilled', 1)]],
})

judged('locked-in-is-final', {
  broken: {
    'a rejection overtakes the thenable': [
      [waits('A'), inner, locks('B', 'inner')],
      [rejects('B', error), told('A', 'rejected', error)],
      [innerFulfils(1)],
    ],
    'the last settling counts': [
      [waits('A'), inner, locks('B', 'inner')],
      [resolves('B', 2)],
      [innerFulfils(1), told('A', 'fulfilled', 2)],
    ],
  },
  kept: {
    'only the thenable decides': [
      [waits('A'), inner, locks('B', 'inner')],
      [rejects('B', error)],
      [innerFulfils(1), told('A', 'fulfilled', 1)],
    ],
  },
  silent: [
    [waits('A'), inner, locks('B', 'inner')],
    [innerFulfils(1), told('A', 'fulfilled', 1)],
    [rejects('B', error)],
  ],
  excused: { policy: { adopts: false } },
})

judged('the-first-settlement-is-accepted', {
  broken: { 'a reason is refused': [refused('reject')] },
  kept: {
    'any reason will do': [[rejects('A', undefined)]],
    'only the second is refused': [[resolves('A', 1)], refused('resolve')],
  },
  silent: [[waits('A')]],
})

judged('settling-again-is-ignored', {
  broken: {
    'it throws': [[resolves('A', 1)], refused('reject')],
    'it throws after a cancel': [[cancels('A')], refused('resolve')],
    'it throws while locked in': [[inner, locks('A', 'inner')], refused('resolve')],
  },
  kept: { 'nothing happens': [[resolves('A', 1)], [rejects('A', error)]] },
  silent: [[resolves('A', 1)]],
  excused: { policy: { settleAgain: 'throw' } },
})

judged('settling-again-throws', {
  policy: { settleAgain: 'throw' },
  broken: {
    'it is silent after a cancel': [[cancels('A')], [resolves('A', 1)]],
    'it is silent while locked in': [[inner, locks('A', 'inner')], [rejects('A', error)]],
  },
  kept: { 'it throws': [[resolves('A', 1)], refused('reject')] },
  silent: [[resolves('A', 1)]],
  excused: { policy: { settleAgain: 'ignore' } },
})
