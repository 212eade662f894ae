import {
  cancels,
  inner,
  innerFulfils,
  judged,
  locks,
  reads,
  rejects,
  resolves,
  told,
  waits,
} from './judged.js'

const error = new Error('e')
const notYet = new Error('not yet')

judged('state-agrees-with-the-outcome', {
  broken: {
    'a late rejection changes it': [
      [resolves('A', 1)],
      [rejects('A', error)],
      [reads('B', 'state', 'rejected')],
    ],
    'it is pending although a subscriber was told': [
      [waits('B')],
      [resolves('A', 1), told('B', 'fulfilled', 1)],
      [reads('B', 'state', 'pending')],
    ],
    'it is settled before anything was': [[reads('B', 'state', 'fulfilled')]],
    'a cancel is called a rejection': [[cancels('A')], [reads('B', 'state', 'rejected')]],
    'it is no word of the contract': [[reads('B', 'state', undefined)]],
  },
  kept: {
    'it changes at once': [
      [reads('B', 'state', 'pending')],
      [resolves('A', 1), reads('A', 'state', 'fulfilled')],
    ],
    'it lags while nobody can know': [
      [waits('B')],
      [resolves('A', 1), reads('A', 'state', 'pending')],
      [told('B', 'fulfilled', 1), reads('B', 'state', 'fulfilled')],
    ],
    'it tells a cancel from a rejection': [[cancels('A')], [reads('B', 'state', 'cancelled')]],
  },
  silent: [[inner, locks('A', 'inner')], [reads('B', 'state', 'pending')]],
  excused: { without: 'state' },
})

judged('state-is-pending-while-locked-in', {
  broken: {
    'resolved is taken for fulfilled': [[inner, locks('A', 'inner'), reads('A', 'state', 'fulfilled')]],
    'a rejection that has no effect shows': [
      [inner, locks('A', 'inner')],
      [rejects('A', error), reads('A', 'state', 'rejected')],
    ],
  },
  kept: {
    'it waits with the future': [
      [inner, locks('A', 'inner'), reads('A', 'state', 'pending')],
      [innerFulfils(1), reads('A', 'state', 'fulfilled')],
    ],
  },
  silent: [[resolves('A', 1), reads('A', 'state', 'fulfilled')]],
  excused: { without: 'state', policy: { adopts: false } },
})

judged('result-throws-before-the-outcome', {
  broken: {
    'it returns nothing': [[reads('A', 'result', undefined)]],
    'it returns the thenable': [[inner, locks('A', 'inner')], [reads('A', 'result', 'inner')]],
  },
  kept: { 'it throws': [[reads('A', 'result', notYet, 'threw')]] },
  silent: [[resolves('A', 1)], [reads('A', 'result', 1)]],
  excused: { without: 'result' },
})

const knownToBe = (outcome: 'fulfilled' | 'rejected', value: unknown) => [
  [waits('B')],
  [outcome === 'fulfilled' ? resolves('A', value) : rejects('A', value), told('B', outcome, value)],
]

judged('result-gives-the-very-outcome', {
  broken: {
    'a falsy reason is returned over': [...knownToBe('rejected', 0), [reads('C', 'result', undefined)]],
    'the reason is wrapped': [...knownToBe('rejected', 'why'), [reads('C', 'result', error, 'threw')]],
    'it still throws when all is known': [
      ...knownToBe('fulfilled', 1),
      [reads('C', 'result', notYet, 'threw')],
    ],
    'it returns another value': [[resolves('A', 1)], [resolves('A', 2)], [reads('C', 'result', 2)]],
  },
  kept: {
    'the value comes': [...knownToBe('fulfilled', undefined), [reads('C', 'result', undefined)]],
    'the reason is thrown': [...knownToBe('rejected', 0), [reads('C', 'result', 0, 'threw')]],
    'it throws while nobody can know': [
      [waits('B')],
      [resolves('A', 1), reads('C', 'result', notYet, 'threw')],
      [told('B', 'fulfilled', 1), reads('C', 'result', 1)],
    ],
  },
  silent: [[reads('A', 'result', notYet, 'threw')]],
  excused: { without: 'result' },
})
