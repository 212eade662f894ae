import { at, deadlock } from '../history-builder.js'
import {
  answer,
  awaits,
  chains,
  event,
  fulfils,
  handler,
  judged,
  rejects,
  settle,
  start,
  task,
  told,
} from './judged.js'

const value = { kept: true }
const reason = new Error('kept')

judged('fulfils-with-the-very-value', {
  broken: {
    'a handler gets a copy': [
      [chains('A'), task],
      [fulfils(value), told('A', 'fulfilled', { kept: true })],
    ],
    'an answer comes before the task has settled': [[awaits('A'), task, answer('A', 'fulfilled', undefined)]],
    'a success is told as a failure': [
      [awaits('A'), task],
      [fulfils(value), answer('A', 'rejected', value)],
    ],
  },
  kept: {
    'all get the very value': [
      [chains('A'), awaits('B'), task],
      [fulfils(value), told('A', 'fulfilled', value), answer('B', 'fulfilled', value)],
    ],
    'one of two runs gave it': [
      [awaits('A'), task],
      [rejects(reason), answer('A', 'rejected', reason)],
      [awaits('B'), start('task')],
      [fulfils(Number.NaN), answer('B', 'fulfilled', Number.NaN)],
    ],
  },
  silent: [
    [chains('A'), task],
    [rejects(reason), told('A', 'rejected', reason)],
  ],
})

judged('rejects-with-the-very-reason', {
  broken: {
    'the reason is wrapped': [
      [chains('A'), task],
      [rejects(0), told('A', 'rejected', new Error('0'))],
    ],
    'a failure is told as a success': [
      [awaits('A'), task],
      [rejects(0), answer('A', 'fulfilled', 0)],
    ],
    'it fails before the task has settled': [[awaits('A'), task, answer('A', 'rejected', undefined)]],
  },
  kept: {
    'all get the very reason': [
      [chains('A'), awaits('B', 'all'), task],
      [rejects(undefined), told('A', 'rejected', undefined), answer('B', 'rejected', undefined)],
    ],
    'the task throws synchronously': [
      [awaits('A'), task, settle('task', 'threw', reason)],
      [answer('A', 'rejected', reason)],
    ],
  },
  silent: [
    [chains('A'), task],
    [fulfils(1), told('A', 'fulfilled', 1)],
  ],
})

judged('one-handler-once', {
  broken: {
    'a handler runs twice': [
      [chains('A'), task],
      [fulfils(1), told('A', 'fulfilled', 1), told('A', 'fulfilled', 1)],
    ],
    'both handlers run': [
      [chains('A'), task],
      [fulfils(1), told('A', 'fulfilled', 1), told('A', 'rejected', 1)],
    ],
  },
  kept: {
    'each client is told once': [
      [chains('A'), chains('B'), task],
      [fulfils(1), told('A', 'fulfilled', 1), told('B', 'fulfilled', 1)],
    ],
  },
  silent: [
    [awaits('A'), task],
    [fulfils(1), answer('A', 'fulfilled', 1)],
  ],
})

const during = handler('A', 'onFulfilled', { outcome: 'fulfilled', value: 1, detail: { duringThen: true } })

judged('handlers-run-after-then-has-returned', {
  broken: {
    'a handler runs inside `then`': [
      [task, settle('task', 'returned', 1)],
      [chains('A'), during],
    ],
  },
  kept: {
    'it runs later in the same step': [
      [task, settle('task', 'returned', 1)],
      [chains('A'), told('A', 'fulfilled', 1)],
    ],
  },
  silent: [
    [awaits('A'), task],
    [fulfils(1), answer('A', 'fulfilled', 1)],
  ],
  excused: { handlers: 'sync' },
})

judged('handlers-in-registration-order', {
  broken: {
    'the last of those who wait is told first': [
      [chains('A'), chains('B'), task],
      [fulfils(1), told('B', 'fulfilled', 1), told('A', 'fulfilled', 1)],
    ],
    'the last of those who come late is told first': [
      [chains('A'), task],
      [fulfils(1), told('A', 'fulfilled', 1)],
      [chains('B'), chains('C'), told('C', 'fulfilled', 1), told('B', 'fulfilled', 1)],
    ],
  },
  kept: {
    'who waits is told in order': [
      [chains('A'), chains('B'), task],
      [fulfils(1), told('A', 'fulfilled', 1), told('B', 'fulfilled', 1)],
    ],
    'who finds it settled overtakes who still waits': [
      [chains('A'), chains('B'), task],
      [fulfils(1), chains('C'), told('C', 'fulfilled', 1)],
      [told('A', 'fulfilled', 1), told('B', 'fulfilled', 1)],
    ],
    'who comes in a timer is told after who comes later': [
      [chains('A'), chains('B'), task],
      [fulfils(1), told('A', 'fulfilled', 1), told('B', 'fulfilled', 1)],
      [event('timer', 'clock'), chains('C')],
      [chains('D'), told('D', 'fulfilled', 1), told('C', 'fulfilled', 1)],
    ],
  },
  silent: [
    [chains('A'), task],
    [fulfils(1), told('A', 'fulfilled', 1)],
  ],
  excused: { again: 'rerun' },
})

judged('late-subscribers-get-the-same-outcome', {
  broken: {
    'a late one gets something else': [
      [chains('A'), task],
      [fulfils(1), told('A', 'fulfilled', 1)],
      [at(60_000), chains('B'), told('B', 'fulfilled', undefined)],
    ],
    'a late one is never told': [
      [chains('A'), task],
      [rejects(1), told('A', 'rejected', 1)],
      [at(60_000), awaits('B'), deadlock('B')],
    ],
  },
  kept: {
    'a late one gets the same': [
      [chains('A'), task],
      [rejects(1), told('A', 'rejected', 1)],
      [at(60_000), chains('B'), told('B', 'rejected', 1)],
    ],
  },
  silent: [
    [chains('A'), chains('B'), task],
    [fulfils(1), told('A', 'fulfilled', 1), told('B', 'fulfilled', 1)],
  ],
  excused: { again: 'reject' },
})

judged('late-subscribers-get-the-same-outcome', {
  policy: { failure: 'retry' },
  broken: {
    'a success is not shared': [
      [chains('A'), task],
      [fulfils(1), told('A', 'fulfilled', 1)],
      [chains('B'), start('task')],
      [fulfils(2), told('B', 'fulfilled', 2)],
    ],
  },
  kept: {
    'a success is shared after a failure was not': [
      [chains('A'), task],
      [rejects(0), told('A', 'rejected', 0)],
      [chains('B'), start('task')],
      [fulfils(2), told('B', 'fulfilled', 2)],
      [awaits('C'), answer('C', 'fulfilled', 2)],
    ],
  },
  silent: [
    [chains('A'), task],
    [rejects(0), told('A', 'rejected', 0)],
    [chains('B'), start('task')],
  ],
})

judged('all-ways-of-awaiting-agree', {
  broken: {
    '`await` sees another value than `then`': [
      [chains('A'), awaits('B'), task],
      [fulfils(1), told('A', 'fulfilled', 1), answer('B', 'fulfilled', value)],
    ],
    '`Promise.all` fails where `await` does not': [
      [awaits('A'), awaits('B', 'all'), task],
      [fulfils(1), answer('A', 'fulfilled', 1), answer('B', 'rejected', 1)],
    ],
  },
  kept: {
    'all five agree': [
      [chains('A'), awaits('B'), awaits('C', 'resolve'), awaits('D', 'all'), awaits('E', 'return'), task],
      [fulfils(0), told('A', 'fulfilled', 0), answer('B', 'fulfilled', 0), answer('C', 'fulfilled', 0)],
      [answer('D', 'fulfilled', 0), answer('E', 'fulfilled', 0)],
    ],
  },
  silent: [
    [awaits('A'), awaits('B'), task],
    [fulfils(1), answer('A', 'fulfilled', 1), answer('B', 'fulfilled', 1)],
  ],
  excused: { again: 'rerun' },
})
